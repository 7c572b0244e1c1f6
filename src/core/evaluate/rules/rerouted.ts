import type { Finding } from "../../model/finding.ts";
import type { RerouteRecord } from "../../model/snapshot.ts";
import { epochMs } from "../../parse/epoch-ms.ts";
import type { Case } from "../case.ts";

/** Reports every reroute of this request, in force or not (I7): it never blocks and never approves by itself. */
export function rerouted({ snapshot, now }: Case): readonly Finding[] {
  const own = snapshot.ledger.reroutes.filter(
    ({ reroute }) => reroute.pull === snapshot.pull.number,
  );
  if (own.length === 0) return [];
  return [
    {
      rule: "rerouted",
      code: "SOD-REROUTED",
      outcome: "satisfied",
      reason: own.map((record) => inWords(record, now)).join(" "),
      facts: own.map(({ reroute }) => `comment:${reroute.comment}`),
    },
  ];
}

function inWords({ reroute, confirmed }: RerouteRecord, now: Date): string {
  const { role, from, to, by, until, reason, ticket, basis, confirmation, comment } = reroute;
  const what = `${to.person} stands in for ${from.person} as ${role} until ${until}`;
  const who = `by ${by.person} (${reason}, ${ticket}, policy ${basis})`;
  const agreed = confirmed === null ? "" : `, confirmed by ${confirmed.by.person}`;
  if (!(now.getTime() < epochMs(until))) return `It is over that ${what}, ${who}${agreed}.`;
  if (confirmation === "not-needed" || confirmed !== null) return `${what}, ${who}${agreed}.`;
  return `A second person of the role rescue has to write \`/access confirm ${comment}\` before ${what}, ${who}.`;
}
