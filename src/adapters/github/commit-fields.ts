/** The fields of a commit that `CommitAnswer` names, for every query that asks who wrote it. */
export const commitFields = `
  oid
  authors(first: 50) { totalCount nodes { name email user { databaseId login } } }
  committer { name email user { databaseId login } }
  signature { isValid wasSignedByGitHub }
`;
