import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseCommand, usages } from "../../../../src/core/parse/parse-command.ts";

const reroute =
  "/access reroute approver from @bob to @oscar reason=no-answer ticket=OPS-7 basis=privileged for=PT4H";

describe("parseCommand", () => {
  it.each([
    ["/access withdraw", { name: "withdraw" }],
    ["/access withdraw\n", { name: "withdraw" }],
    ["/access withdraw  ", { name: "withdraw" }],
    ["/access revoke reason=done", { name: "revoke", reason: "done" }],
    [
      "/access cancel ticket=OPS-7 reason=duplicate",
      { name: "cancel", reason: "duplicate", ticket: "OPS-7" },
    ],
    ["/access confirm 4711", { name: "confirm", reroute: 4711 }],
    ["/access review outcome=unjustified", { name: "review", outcome: "unjustified" }],
    [
      "/access clear 12 reason=known ticket=SEC-9",
      { name: "clear", violation: 12, reason: "known", ticket: "SEC-9" },
    ],
    [
      reroute,
      {
        ...{ name: "reroute", role: "approver", from: "bob", to: "oscar", reason: "no-answer" },
        ...{ ticket: "OPS-7", basis: "privileged", forSeconds: 14_400 },
      },
    ],
  ])("reads %j", (text, command) => {
    expect(parseCommand(text)).toEqual({ kind: "command", command });
  });

  it.each([
    ["other text", "please withdraw this"],
    ["a quoted command", "> /access withdraw"],
    ["a fenced command", "```\n/access withdraw\n```"],
    ["an indented command", "    /access withdraw"],
    ["a hidden command", "<!-- /access withdraw -->"],
    ["a command after other text", "Sorry.\n/access withdraw"],
    ["a command of another tool", "/accessories withdraw"],
    ["an empty comment", ""],
  ])("takes %s for no command", (_, text) => {
    expect(parseCommand(text)).toEqual({ kind: "none" });
  });

  it.each([
    ["a second line", "/access withdraw\nThanks!"],
    ["two commands", "/access withdraw\n/access withdraw"],
    ["an invisible character", "/access withdraw\u200b"],
    ["a letter of another alphabet", "/access withdr\u0430w"],
    ["a tab", "/access\twithdraw"],
    ["an unknown command", "/access approve"],
    ["no command", "/access"],
    ["a word too many", "/access withdraw now"],
    ["a reason that is no code", "/access revoke reason=Not needed"],
    ["a missing setting", "/access cancel reason=duplicate"],
    ["a setting twice", "/access cancel reason=a reason=b"],
    ["an unknown setting", "/access cancel reason=a ticket=b by=c"],
    ["a review without an outcome", "/access review"],
    ["an outcome that is none", "/access review outcome=fine"],
    ["a violation that is no number", "/access clear all reason=known ticket=SEC-9"],
    ["a violation without a ticket", "/access clear 12 reason=known"],
    ["a violation without a number", "/access clear"],
    ["a setting without a value", "/access revoke reason="],
    ["a setting without its key", "/access revoke =done"],
    ["a word that is no setting", "/access cancel reason=a ticket"],
    ["a cancellation without a reason", "/access cancel"],
    ["a reason beyond its length", `/access revoke reason=${"a".repeat(41)}`],
    ["a confirmation without a number", "/access confirm"],
    ["a confirmation of two", "/access confirm 1 2"],
    ["a confirmation of nothing", "/access confirm 0"],
    ["a confirmation beyond exact numbers", "/access confirm 9999999999999999"],
    ["a role that is not rerouted", reroute.replace("approver", "break-glass")],
    ["a reroute of nobody", "/access reroute approver from"],
    ["a reroute to nobody", "/access reroute approver from @bob to"],
    ["a reroute in the wrong words", reroute.replace(" to ", " for ")],
    ["a reroute that lasts for no time", reroute.replace(" for=PT4H", "")],
    ["a reroute without a reason", reroute.replace("reason=no-answer", "by=dave")],
    ["a reroute with more than it needs", `${reroute} by=dave`],
    ["a ticket of another form", reroute.replace("OPS-7", "-7")],
    ["a policy of another form", reroute.replace("basis=privileged", "basis=Privileged")],
    ["a login without @", reroute.replace("@oscar", "oscar")],
    ["a length of time nobody can read", reroute.replace("PT4H", "4h")],
    ["more than a command needs", `/access revoke reason=${"a".repeat(1_000)}`],
  ])("says how to write it instead of %s", (_, text) => {
    const parsed = parseCommand(text);
    expect(parsed.kind).toBe("malformed");
    if (parsed.kind === "malformed") expect(parsed.usage).toMatch(/^Write .+\.$/u);
  });

  it("names every command to who writes an unknown one", () => {
    const parsed = parseCommand("/access help");
    const usage = parsed.kind === "malformed" ? parsed.usage : "";
    for (const form of usages.values()) expect(usage).toContain(form);
  });

  it("takes nothing for a command that is not one line beginning with it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (before, after) => {
        const parsed = parseCommand(`${before}/access withdraw${after}`);
        if (parsed.kind === "command") {
          expect([before, after.replace(/[ \r\n]+$/u, "")]).toEqual(["", ""]);
        }
      }),
    );
  });
});
