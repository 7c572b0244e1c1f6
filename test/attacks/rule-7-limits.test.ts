import { describe } from "vitest";
import type { Edit } from "../support/snapshot/build-snapshot.ts";
import type { GivenLinked } from "../support/snapshot/given-ledger.ts";
import { attack } from "./attack.ts";
import { refusedBy } from "./refused-by.ts";
import { deciding } from "./tries.ts";

describe("splitting and repeating buys nothing", () => {
  const day = 24 * 3600;
  const granted = (seconds: number, given: GivenLinked = {}) =>
    deciding({
      linked: [{ state: "merged", grants: "yes", durationSeconds: seconds, ...given }],
    });
  attack(
    "§4.7",
    "split what would be too long into two requests",
    refusedBy("SOD-LIMITS", {
      attempt: granted(2 * day - 4 * 3600 + 1),
      honest: granted(2 * day - 4 * 3600),
    }),
  );
  attack(
    "§4.7",
    "split it into many",
    refusedBy("SOD-LIMITS", { attempt: manyOf(12), honest: manyOf(11) }),
  );
  attack(
    "§4.7",
    "wait until just before the window ends",
    refusedBy("SOD-LIMITS", {
      attempt: granted(2 * day, { at: "2026-11-07T12:00:00Z" }),
      honest: granted(2 * day, { at: "2026-11-07T11:59:59Z" }),
    }),
  );
  attack(
    "§4.7",
    "have what never began counted, to shut somebody out",
    refusedBy("SOD-LIMITS", {
      attempt: granted(2 * day),
      honest: granted(2 * day, { grants: "no" }),
    }),
  );
  const atOnce = (requests: readonly string[], as: "grant" | "approved" | "asked" = "grant") =>
    deciding({
      holdings: requests.map((request) => ({ ...{ request, as }, entitlement: "readonly" })),
    });
  attack(
    "§3",
    "hold more at the same time than the policy allows",
    refusedBy("SOD-LIMITS", { attempt: atOnce(["a", "b", "c"]), honest: atOnce(["a", "b"]) }),
  );
  attack(
    "§3",
    "have more approved than may be held at the same time",
    refusedBy("SOD-LIMITS", {
      attempt: atOnce(["a", "b", "c"], "approved"),
      honest: atOnce(["a", "b", "c"], "asked"),
    }),
  );
  attack(
    "§3",
    "hold them with machines of one's own",
    refusedBy("SOD-LIMITS", {
      attempt: machines("alice"),
      honest: machines("ivan"),
    }),
  );

  const second: Edit = {
    path: "governance/policy/standard.yaml",
    from: "tiers: [standard]",
    to: "tiers: [standard, privileged]",
  };
  attack(
    "§3",
    "have a second policy with larger limits replace the first",
    refusedBy("SOD-REQUEST", {
      attempt: deciding({ edit: [second], spec: { duration: "PT9H" } }),
      honest: deciding({ edit: [second], spec: { duration: "PT8H" } }),
    }),
  );
  attack(
    "§3",
    "have a second policy with smaller limits not count",
    refusedBy("SOD-REQUEST", {
      attempt: deciding({ edit: [second, shorter], spec: { duration: "PT2H" } }),
      honest: deciding({ edit: [second, shorter], spec: { duration: "PT1H" } }),
    }),
  );
});

const shorter: Edit = {
  path: "governance/policy/standard.yaml",
  from: "maxDuration: P1D",
  to: "maxDuration: PT1H",
};

function manyOf(count: number) {
  return deciding({
    linked: Array.from({ length: count }, (_, index) => ({
      ...{ pull: 10 + index, state: "merged" as const },
      ...{ grants: "yes" as const, durationSeconds: 4 * 3600 },
    })),
  });
}

function machines(person: string) {
  return deciding({
    holdings: ["a", "b", "c"].map((request) => ({
      ...{ request, person, holder: `${request}-bot` },
      entitlement: "readonly",
    })),
  });
}
