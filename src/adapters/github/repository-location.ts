/** Says which repository is meant, by the names that GitHub's paths use, and which branch governs it. */
export interface RepositoryLocation {
  readonly owner: string;
  readonly repository: string;
  readonly governedBranch: string;
}
