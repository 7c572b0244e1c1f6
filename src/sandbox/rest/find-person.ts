import { notFound } from "../http/refusal.ts";
import { param } from "../http/reply.ts";
import { personOf } from "../world/person-of.ts";
import type { Call } from "../http/reply.ts";
import type { Person } from "../world/account.ts";

/** Finds the person that the path names by `username`. */
export function findPerson(call: Call): Person {
  const person = personOf(call.world, param(call, "username"));
  if (person === null) throw notFound();
  return person;
}
