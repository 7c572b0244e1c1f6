/** Tells the time. Everything that decides takes the instant as an argument; only loops hold a clock. */
export interface Clock {
  /** The present instant in UTC. */
  now(): Date;
  /** Resolves after `milliseconds`, or at once when `signal` aborts; never rejects. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}
