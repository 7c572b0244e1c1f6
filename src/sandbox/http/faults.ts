/** What goes wrong on purpose. Everything is off at the start. */
export interface Faults {
  /** Milliseconds to wait before answering a request whose path begins with the prefix. */
  delay(prefix: string, milliseconds: number): void;
  /** Answers the next `times` requests whose path begins with the prefix with this status. */
  fail(prefix: string, status: number, times: number): void;
  /** Answers the next `times` requests with GitHub's secondary rate limit: 403 and Retry-After. */
  limitRate(prefix: string, retryAfterSeconds: number, times: number): void;
  /** Loses the next `times` deliveries of an event (`*` for any): they are never sent. */
  loseDeliveries(event: string, times: number): void;
  /** Sends the next `times` deliveries of an event twice, with the same delivery id. */
  doubleDeliveries(event: string, times: number): void;
  /** Ends every installation token now. */
  expireTokens(): void;
  /** Switches everything off. */
  clear(): void;
}

/** One fault that waits for its request or its delivery. */
export type Fault =
  | { readonly kind: "delay"; readonly match: string; readonly milliseconds: number; left: number }
  | { readonly kind: "fail"; readonly match: string; readonly status: number; left: number }
  | {
      readonly kind: "rate";
      readonly match: string;
      readonly retryAfterSeconds: number;
      left: number;
    }
  | { readonly kind: "lose"; readonly match: string; left: number }
  | { readonly kind: "double"; readonly match: string; left: number };

/** The faults that are armed. */
export interface FaultState {
  armed: Fault[];
}

/** Arms faults on a state; `expire` ends the tokens. */
export function armFaults(state: FaultState, expire: () => void): Faults {
  const add = (fault: Fault): void => void state.armed.push(fault);
  return {
    delay: (match, milliseconds) => add({ kind: "delay", match, milliseconds, left: Infinity }),
    fail: (match, status, left) => add({ kind: "fail", match, status, left }),
    limitRate: (match, retryAfterSeconds, left) =>
      add({ kind: "rate", match, retryAfterSeconds, left }),
    loseDeliveries: (match, left) => add({ kind: "lose", match, left }),
    doubleDeliveries: (match, left) => add({ kind: "double", match, left }),
    expireTokens: expire,
    clear: () => void (state.armed = []),
  };
}

/** Takes the first fault of these kinds that fits, and counts it down. */
export function takeFault<K extends Fault["kind"]>(
  state: FaultState,
  kinds: readonly K[],
  fits: (match: string) => boolean,
): Extract<Fault, { kind: K }> | null {
  const wanted: readonly string[] = kinds;
  const found = state.armed.find((fault) => wanted.includes(fault.kind) && fits(fault.match));
  if (found === undefined) return null;
  found.left -= 1;
  if (found.left <= 0) state.armed = state.armed.filter((fault) => fault !== found);
  return found as Extract<Fault, { kind: K }>;
}
