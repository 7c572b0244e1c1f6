// The layers of docs/design.md. Each rule carries its reason: a wall nobody can explain gets torn down.
const between = (name, comment, from, notTo) => ({
  name,
  comment,
  severity: "error",
  from: { path: from },
  to: { path: "^src/", pathNot: notTo },
});

export default {
  forbidden: [
    {
      name: "no-cycle",
      comment: "A cycle means that two files are one idea: merge them or find the third.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    between(
      "core-is-pure",
      "An auditor replays `decide` years later: core sees its arguments and nothing else.",
      "^src/core/",
      ["^src/core/", "^src/generated/"],
    ),
    {
      name: "core-has-no-io",
      comment:
        "Core may use the `yaml` and `ajv` libraries. Of node it may use `node:crypto`, and that only in the three files " +
        "whose hash and signature checks are pure functions of their arguments: the third checks what the forge signed.",
      severity: "error",
      from: {
        path: "^src/core/",
        pathNot: ["^src/core/attest/(digest|verify-signature|openpgp/openpgp-key)\\.ts$"],
      },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "core-libraries",
      comment:
        "Every library in core is read by auditors: the list is short on purpose. Conditions are CEL, because authors " +
        "know it and a language of our own would be read by nobody; RE2JS is there because the library's own `matches` " +
        "is a RegExp, which 27 hostile characters keep busy for 14 seconds.",
      severity: "error",
      from: { path: "^src/core/" },
      to: {
        path: "node_modules",
        pathNot: ["node_modules/(yaml|ajv|ajv-formats|@marcbachmann/cel-js|re2js)/"],
      },
    },
    {
      name: "conditions-are-bounded",
      comment:
        "Neither library is safe by itself: whoever wants CEL or a pattern goes through the bounds of core/conditions.",
      severity: "error",
      from: { path: "^src/", pathNot: ["^src/core/conditions/"] },
      to: { path: "node_modules/(@marcbachmann/cel-js|re2js)/" },
    },
    between(
      "ports-know-only-the-model",
      "A port is a promise in terms of the model; it may not know who keeps it.",
      "^src/ports/",
      ["^src/ports/", "^src/core/model/"],
    ),
    between(
      "adapters-know-ports-and-the-model",
      "An adapter translates one technology. What is decided, bound or recorded is not its business.",
      "^src/adapters/",
      ["^src/adapters/", "^src/ports/", "^src/core/model/"],
    ),
    between(
      "facts-read-through-ports",
      "The policy information point reads; it neither enforces nor knows a technology.",
      "^src/facts/",
      ["^src/facts/", "^src/core/", "^src/ports/"],
    ),
    between(
      "record-only-records",
      "Chaining, signing and appending is one small part that both writers share, each with a key of its own.",
      "^src/record/",
      ["^src/record/", "^src/core/", "^src/ports/", "^src/generated/"],
    ),
    between(
      "gate-holds-no-target",
      "P11: the policy layer issues the decision and does not execute it.",
      "^src/gate/",
      ["^src/gate/", "^src/facts/", "^src/record/", "^src/core/", "^src/ports/", "^src/generated/"],
    ),
    {
      name: "gate-never-sees-a-target",
      comment:
        "P12: approval and execution are isolated; a stolen gate must not be able to reach a target.",
      severity: "error",
      from: { path: "^src/gate/" },
      to: { path: "^src/(ports/target|adapters/targets|executor)" },
    },
    between(
      "executor-cannot-decide",
      "P1, P12: the executor enforces what it verifies; it can neither publish nor merge.",
      "^src/executor/",
      [
        "^src/executor/",
        "^src/facts/",
        "^src/record/",
        "^src/core/",
        "^src/ports/",
        "^src/generated/",
      ],
    ),
    {
      name: "executor-cannot-publish",
      comment: "P1: whoever carries out must not be able to approve, not even by mistake.",
      severity: "error",
      from: { path: "^src/executor/" },
      to: { path: "^src/(ports/forge-writer|gate)" },
    },
    between(
      "audit-works-offline",
      "An auditor has a clone and nothing else: audit reads through the mirror, never a forge.",
      "^src/audit/",
      ["^src/audit/", "^src/record/", "^src/core/", "^src/ports/", "^src/generated/"],
    ),
    {
      name: "audit-never-asks-a-forge-or-target",
      comment: "P13: the record must be checkable by a stranger without an account.",
      severity: "error",
      from: { path: "^src/audit/" },
      to: { path: "^src/ports/(forge|target)" },
    },
    between(
      "sandbox-stands-alone",
      "A fake that shares code with the thing it tests proves nothing.",
      "^src/sandbox/",
      ["^src/sandbox/"],
    ),
    {
      name: "no-dev-dependency-in-src",
      comment: "What ships must install with production dependencies.",
      severity: "error",
      from: { path: "^src/" },
      to: { dependencyTypes: ["npm-dev"], pathNot: ["node_modules/@types/"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
    },
  },
};
