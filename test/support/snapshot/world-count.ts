import { decide } from "../../../src/core/decide/decide.ts";
import type { Verdict } from "../../../src/core/model/decision.ts";
import type { GovernanceFile } from "../../../src/core/model/snapshot.ts";
import { smallSnapshot } from "./small-world.ts";
import type { SmallRequest } from "./small-world.ts";

const noon = new Date("2026-11-21T12:00:00Z");

/** Every world is decided and held against what design.md says about it; the rules are not asked. */
export class WorldCount {
  worlds = 0;
  honest = 0;
  readonly verdicts: Record<Verdict, number> = { approved: 0, pending: 0, denied: 0 };
  readonly wrong: string[] = [];

  decide(files: readonly GovernanceFile[], request: SmallRequest, honest: boolean): void {
    const { verdict, findings } = decide(smallSnapshot(files, request), noon);
    this.worlds += 1;
    this.honest += honest ? 1 : 0;
    this.verdicts[verdict] += 1;
    if ((verdict === "approved") === honest || this.wrong.length >= 3) return;
    const against = findings.filter(({ outcome }) => outcome !== "satisfied");
    const why = against.map(({ reason }) => reason).join(" ");
    this.wrong.push(`${JSON.stringify(request)} should ${honest ? "" : "not "}be approved: ${why}`);
  }

  tell(name: string): void {
    const { approved, pending, denied } = this.verdicts;
    console.info(
      `${name}: ${this.worlds} worlds, ${this.honest} honest; ${approved} approved, ${pending} pending, ${denied} denied`,
    );
  }
}
