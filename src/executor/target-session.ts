import { TargetRefused, TargetUnreachable } from "../ports/target.ts";
import type { Target } from "../ports/target.ts";
import { failureText } from "./failure-text.ts";

/** What a target answered, or why not. `unreachable` means that its state is unknown. */
export type Answer<T> =
  | { readonly answer: "yes"; readonly value: T }
  | { readonly answer: "refused" | "unreachable" | "not-asked"; readonly detail: string };

/** One target for one plan: opened when first asked, closed with its credential afterwards. */
export interface TargetSession {
  /** Asks the target; never throws. Once it was unreachable it is not asked again in this session. */
  ask<T>(question: (target: Target) => Promise<T>): Promise<Answer<T>>;
  /** How many questions at a time the target takes; 1 when it does not say, or cannot be opened. */
  concurrency(): Promise<number>;
  close(): Promise<void>;
}

/** Makes a session that opens the target by `open`. Does no I/O by itself. */
export function newTargetSession(open: () => Promise<Target>): TargetSession {
  let opened: Promise<Target> | null = null;
  let down: string | null = null;
  return {
    async ask(question) {
      if (down !== null) return { answer: "not-asked", detail: down };
      let target: Target;
      try {
        target = await (opened ??= open());
      } catch (error) {
        down = failureText(error);
        return { answer: "unreachable", detail: down };
      }
      try {
        return { answer: "yes", value: await question(target) };
      } catch (error) {
        if (error instanceof TargetRefused) {
          return { answer: "refused", detail: failureText(error) };
        }
        if (error instanceof TargetUnreachable) down = failureText(error);
        return { answer: "unreachable", detail: failureText(error) };
      }
    },
    async concurrency() {
      const target = await (opened ??= open()).catch(() => null);
      return Math.max(1, target?.capabilities.concurrency ?? 1);
    },
    async close() {
      const target = await opened?.catch(() => null);
      await target?.close().catch(() => undefined);
    },
  };
}
