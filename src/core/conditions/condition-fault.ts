/** What is wrong with the text of a condition, said so that its author can mend it. */
export interface ConditionFault {
  readonly message: string;
  /** What to write instead, as an imperative sentence. */
  readonly fix: string;
  /** Where in the text, in UTF-16 code units from 0. */
  readonly offset: number;
}
