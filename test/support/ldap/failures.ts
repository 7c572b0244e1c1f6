import { expect } from "vitest";
import { TargetRefused, TargetUnreachable } from "../../../src/ports/target.ts";
import type { Target } from "../../../src/ports/target.ts";
import { password } from "./ldap-world.ts";

/** What an attempt was rejected with; `null` when it was not. */
export async function failure(attempt: Promise<unknown>): Promise<unknown> {
  const [settled] = await Promise.allSettled([attempt]);
  return settled.status === "rejected" ? settled.reason : null;
}

/** Expects a refusal that says these words, and never the password. */
export async function expectRefusal(attempt: Promise<unknown>, ...words: string[]): Promise<void> {
  const error = await failure(attempt);
  expect(error).toBeInstanceOf(TargetRefused);
  for (const word of words) expect(String(error)).toContain(word);
  expect(String(error)).not.toContain(password);
}

/** Expects that every verb leaves the state unknown, for a reason that says these words. */
export async function expectUnreachable(target: Target, words: string): Promise<void> {
  const attempts = [
    target.observe("anna"),
    target.provision("anna", "payments-readwrite", new Date("2026-12-01T00:00:00Z")),
    target.revoke("anna", "payments-readwrite"),
  ];
  for (const error of await Promise.all(attempts.map(failure))) {
    expect(error).toBeInstanceOf(TargetUnreachable);
    expect(String(error)).toContain(words);
  }
}

/** Lists what somebody holds. */
export async function held(target: Target, identity: string): Promise<readonly string[]> {
  return (await target.observe(identity)).permissions;
}
