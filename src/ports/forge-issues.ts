/** Asks people for what they have to do afterwards, by issues of the access repository. The gate alone holds one. */
export interface ForgeIssues {
  /**
   * Opens an issue, or finds the one of ours whose text begins with the mark, open or closed: a crash after opening it opens
   * no second one. Throws ForgeUnavailable, ForgeRefused.
   */
  open(issue: NewIssue): Promise<{ readonly number: number }>;
  /** Closes an issue; closing it again changes nothing. Throws ForgeUnavailable, ForgeRefused. */
  close(number: number): Promise<void>;
}

export interface NewIssue {
  /** First line of the text, hidden when it is rendered. */
  readonly mark: string;
  readonly title: string;
  readonly body: string;
}
