import type { Entry, Filter, SearchOptions } from "ldapts";
import { TargetRefused } from "../../../ports/target.ts";
import { resultCode, resultCodes } from "./ldap-errors.ts";
import type { LdapSession } from "./ldap-session.ts";

export interface LdapQuestion {
  readonly base: string;
  /** The base alone, or everything below it too; the latter when left out. */
  readonly scope?: "base" | "sub";
  readonly filter: Filter;
  readonly attributes: readonly string[];
  /** `names`: which attributes there are, without what is in them. */
  readonly show?: "values" | "names";
}

/**
 * Finds entries, all of them or none: an answer that is cut off, or that leaves a part of the tree to another server, is an
 * error. Values go into the filter as they are, never as text that would have to be escaped (RFC 4515).
 */
export async function searchAll(
  session: LdapSession,
  question: LdapQuestion,
): Promise<readonly Entry[]> {
  const { searchEntries, searchReferences } = await searchOrPage(session, question);
  if (searchReferences.length === 0) return searchEntries;
  throw new TargetRefused(
    `Below ${question.base} a part is kept by another server, and cannot be seen: choose PEOPLE_BASE and GROUPS_BASE so ` +
      "that the server of the URL holds all of it.",
  );
}

/**
 * Asks in pages only where the server's limit makes it necessary: the client takes an empty page for the last one, while a
 * server may send one in the middle. An answer in one piece is known to be complete.
 */
async function searchOrPage({ client, access }: LdapSession, question: LdapQuestion) {
  const options: SearchOptions = {
    scope: question.scope ?? "sub",
    filter: question.filter,
    attributes: [...question.attributes],
    returnAttributeValues: question.show !== "names",
    timeLimit: Math.ceil(access.timeoutSeconds),
  };
  try {
    return await client.search(question.base, options);
  } catch (error) {
    if (resultCode(error) !== resultCodes.sizeLimitExceeded) throw error;
    return client.search(question.base, { ...options, paged: { pageSize: 100 } });
  }
}

/** Reads the values of an attribute, whatever the case of its name in the answer. None when it is absent or unreadable. */
export function valuesOf(entry: Entry, attribute: string): readonly string[] {
  const found = attributeOf(entry, attribute) ?? [];
  return [found].flat().map((value) => value.toString());
}

/** Tells whether the answer has the attribute at all. */
export function hasAttribute(entry: Entry, attribute: string): boolean {
  return attributeOf(entry, attribute) !== undefined;
}

function attributeOf(entry: Entry, attribute: string): Entry[string] | undefined {
  const wanted = attribute.toLowerCase();
  return Object.entries(entry).find(([name]) => name.toLowerCase() === wanted)?.[1];
}
