import type { Account } from "../../core/model/account.ts";
import type { Machine, Person } from "../../core/model/governance.ts";
import { nearest } from "../../core/parse/nearest.ts";
import type { TableReader } from "./table-reader.ts";

/**
 * Finds the account that a table means by a login or by a name in people.yaml, which stands for the first account of its
 * holder. Reports an unknown name, one without an account, and a login that is somebody else's name; returns `null` then.
 */
export function accountNamed(reader: TableReader, name: string, pointer: string): Account | null {
  const { people, machines } = reader.governance;
  const all = [...people, ...machines].map(holderOf);
  const named = all.find((holder) => holder.name === name);
  const owner = all.find(({ accounts }) => accounts.some(({ login }) => login === name));
  const fault = faultOf(name, { named, owner, all });
  if (fault !== null) {
    reader.report(pointer, "value", fault);
    return null;
  }
  return owner?.accounts.find(({ login }) => login === name) ?? named?.accounts[0] ?? null;
}

interface Holder {
  readonly name: string;
  readonly accounts: readonly Account[];
}

function holderOf({ name, accounts }: Person | Machine): Holder {
  const typed = accounts.map(({ id, login }): Account => {
    return { id, login, type: login.endsWith("[bot]") ? "Bot" : "User" };
  });
  return { name, accounts: typed };
}

interface Meant {
  readonly named: Holder | undefined;
  readonly owner: Holder | undefined;
  readonly all: readonly Holder[];
}

function faultOf(name: string, { named, owner, all }: Meant) {
  if (named === undefined && owner === undefined) {
    const near = nearest(
      name,
      all.flatMap((holder) => [holder.name, ...holder.accounts.map(({ login }) => login)]),
    );
    return {
      code: "unknown-name",
      message: `people.yaml names no ${name}.`,
      fix:
        near === null ? "Write a name in people.yaml, or a login." : `Write \`${near}\` instead.`,
    };
  }
  if (named !== undefined && owner !== undefined && named !== owner) {
    return {
      code: "ambiguous-name",
      message: `${name} is the name of one and the login of another, ${owner.name}.`,
      fix: `Write another login of ${named.name}, or the name ${owner.name}.`,
    };
  }
  if (owner === undefined && named?.accounts.length === 0) {
    return {
      code: "no-account",
      message: `${name} has no account, so it opens and reviews nothing.`,
      fix: "Name somebody who has one in people.yaml.",
    };
  }
  return null;
}
