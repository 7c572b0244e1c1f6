import { describe, expect, it } from "vitest";

import { parseRequest } from "../../../../src/core/parse/parse-request.ts";
import { requestYaml } from "../../../../src/core/parse/request-yaml.ts";
import { maxRequestBytes, parseStrictYaml } from "../../../../src/core/parse/strict-yaml.ts";
import { ordinaryPath, ordinaryText } from "../../../support/snapshot/request-text.ts";

const text = ordinaryText("2026-11-21-alice-settlement");
const elsewhere = ordinaryPath.replace("alice", "bob");

describe("requestYaml", () => {
  it("reads what parseStrictYaml reads, the first time and the second, as text and as bytes", () => {
    const read = parseStrictYaml(ordinaryPath, text, maxRequestBytes);
    expect(requestYaml(ordinaryPath, text)).toEqual(read);
    expect(requestYaml(ordinaryPath, text)).toBe(requestYaml(ordinaryPath, text));
    expect(requestYaml(ordinaryPath, Buffer.from(text))).toEqual(read);
  });

  it("refuses again what it refused, and what is too long", () => {
    const broken = `${text}spec: {}\n`;
    const refused = parseStrictYaml(ordinaryPath, broken, maxRequestBytes);
    expect(refused.ok).toBe(false);
    expect(requestYaml(ordinaryPath, broken)).toEqual(refused);
    expect(requestYaml(ordinaryPath, broken)).toEqual(refused);
    const long = `${text}#${"x".repeat(maxRequestBytes)}`;
    expect(requestYaml(ordinaryPath, long)).toMatchObject({ problems: [{ code: "too-large" }] });
    expect(requestYaml(ordinaryPath, long)).not.toBe(requestYaml(ordinaryPath, long));
  });

  it("does not take the same text at another path for the same file", () => {
    expect(parseRequest(ordinaryPath, text).ok).toBe(true);
    expect(parseRequest(elsewhere, text)).toMatchObject({
      problems: [{ path: elsewhere, code: "wrong-file-name" }],
    });
    expect(parseRequest(ordinaryPath, text).ok).toBe(true);
  });

  it("hands out nothing that a reader could change for the next one", () => {
    const parsed = parseRequest(ordinaryPath, text);
    if (!parsed.ok) throw new Error("the ordinary request is readable");
    const { spec } = parsed.value as { spec: { beneficiary: { name: string } } };
    expect(() => (spec.beneficiary.name = "mallory")).toThrow(TypeError);
    expect(() => ((spec as { duration?: string }).duration = "P99D")).toThrow(TypeError);
    expect(parseRequest(ordinaryPath, text)).toEqual(parsed);
  });

  it("forgets the oldest: nobody can fill the memory with requests", () => {
    const first = requestYaml(ordinaryPath, `${text}# first\n`);
    for (let other = 0; other < 63; other += 1) requestYaml(ordinaryPath, `${text}# ${other}\n`);
    expect(requestYaml(ordinaryPath, `${text}# first\n`)).toBe(first);
    requestYaml(ordinaryPath, `${text}# one more\n`);
    const again = requestYaml(ordinaryPath, `${text}# first\n`);
    expect(again).not.toBe(first);
    expect(again).toEqual(first);
  });
});
