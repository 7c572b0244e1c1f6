import { describe, expect, it } from "vitest";
import { readDocument } from "../../../../src/core/evaluate/document-reading.ts";
import { parseRequest } from "../../../../src/core/parse/parse-request.ts";
import type { RequestDocument } from "../../../../src/core/parse/parse-request.ts";
import { exampleGovernance } from "../../../support/snapshot/cast.ts";
import { ordinaryPath, ordinaryText } from "../../../support/snapshot/request-text.ts";

const text = ordinaryText((ordinaryPath.split("/").at(-1) ?? "").replace(/\.yaml$/u, ""));

function parsed(bytes: string): RequestDocument {
  const request = parseRequest(ordinaryPath, bytes);
  if (!request.ok) throw new Error(request.problems[0]?.message);
  return request.value;
}

describe("readDocument", () => {
  const file = { document: parsed(text), path: ordinaryPath, text };

  it("finds what is offered and to whom, and remembers it", () => {
    const reading = readDocument(exampleGovernance, file);
    expect(reading).toMatchObject({ problems: [], fingerprint: { person: "alice" } });
    expect(reading.offered?.target.metadata.name).toBe("payments-db");
    expect(readDocument(exampleGovernance, file)).toBe(reading);
  });

  it("reads the same file anew under another governance", () => {
    const empty = { ...exampleGovernance, targets: [] };
    const reading = readDocument(empty, file);
    expect(reading).toMatchObject({ fingerprint: null, offered: null });
    expect(reading.problems.map(({ code }) => code)).toContain("unknown-name");
    expect(readDocument(exampleGovernance, file).problems).toEqual([]);
  });
});
