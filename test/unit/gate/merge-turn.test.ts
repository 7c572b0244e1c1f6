import { describe, expect, it } from "vitest";
import { PullKeepsChanging } from "../../../src/gate/look.ts";
import { exampleFiles } from "../../support/snapshot/example-files.ts";
import { gateScene } from "./gate-scene.ts";

const path = "governance/ROLES";
const roles = exampleFiles.find((file) => file.path === path)?.text ?? "";

describe("merges of one gate", () => {
  it("go one after the other: the second of two changes of one file is looked at again, not merged", async () => {
    const scene = await gateScene();
    scene.open({ number: 7, author: "dave", files: { [path]: `# one\n${roles}` } });
    scene.open({ number: 8, author: "dave", files: { [path]: `${roles}# two\n` } });
    const approvals = (pull: number) => [scene.review(pull, "erin"), scene.review(pull, "carol")];
    const looks = await Promise.allSettled([
      scene.look(7, approvals(7)),
      scene.look(8, approvals(8)),
    ]);
    expect(looks.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
    expect(looks[1]).toMatchObject({ reason: expect.any(PullKeepsChanging) as unknown });
    expect(scene.entries("merge").map(({ inputs }) => inputs.pull)).toEqual([7]);

    await scene.look(8);
    expect(scene.published.at(-1)?.conclusion).toBe("failure");
    expect(scene.entries("violation")).toEqual([]);
  });
});
