import { describe, expect, it } from "vitest";
import { anchorTrailers, readAnchorTrailers } from "../../../../src/core/attest/anchor-trailers.ts";
import { digestOf } from "../../../support/ledger/drafts.ts";

const trailers = { decision: digestOf("a"), head: { seq: 12, digest: digestOf("b") } };
const [decision, head] = anchorTrailers(trailers).split("\n");

describe("the trailers of a merge", () => {
  it("are read as they were written, whatever stands before and beside them", () => {
    for (const message of [
      `Grant x (#7)\n\nDecided.\n\n${anchorTrailers(trailers)}`,
      `${anchorTrailers(trailers)}\n`,
      `Grant x\r\n\r\n${decision}\r\n${head}\r\n`,
      `Grant x\n\n${head}\nCo-authored-by: x <y>\n${decision}\n\n`,
    ]) {
      expect(readAnchorTrailers(message)).toEqual(trailers);
    }
  });

  it.each([
    ["", "nothing"],
    [`Grant x\n\n${decision}`, "one alone"],
    [`Grant x\n\n${head}`, "the other alone"],
    [`Grant x\n\n${decision}\n${head}\n${head}`, "one twice"],
    [`${decision}\n${head}\n\nThat is what I was told.`, "not in the last paragraph"],
    [`${decision}\n${head}\n${" ".repeat(200)}\nSo they say.`, "before a wide empty line"],
    [`Grant x\n\n${decision}\nLedger-Head: 012:${digestOf("b")}`, "a number spelled otherwise"],
    [`Grant x\n\n${decision}\nLedger-Head: ${"9".repeat(16)}:${digestOf("b")}`, "a huge number"],
    [`Grant x\n\nAccess-Decision: sha256:abc\n${head}`, "no digest"],
    [`Grant x\n\n ${decision}\n${head}`, "an indented line"],
  ])("are none when there is %j: %s", (message) => {
    expect(readAnchorTrailers(message)).toBeNull();
  });
});
