/** What `accountOf` needs of an actor; every query with `...WhoActed` ends with it. */
export const actorFragment = `
fragment WhoActed on Actor {
  __typename
  login
  ... on User { databaseId }
  ... on Bot { databaseId }
  ... on Mannequin { databaseId }
  ... on Organization { databaseId }
  ... on EnterpriseUserAccount { user { databaseId } }
}
`;
