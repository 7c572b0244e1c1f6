/** Where a command writes: results on stdout, messages on stderr. */
export interface CommandOutput {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** Writes over the present line of a terminal; left out where nobody watches. */
  readonly progress?: (text: string) => void;
  /** Width of the terminal that shows stdout; left out where it is none, or does not say. */
  readonly columns?: number;
}

/** Runs one command and returns its exit code: 0 yes, 1 no, 2 could not tell, 3 misuse. */
export type Command = (args: readonly string[], io: CommandOutput) => Promise<number>;
