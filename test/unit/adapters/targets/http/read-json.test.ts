import { describe, expect, it } from "vitest";
import { OddAnswer } from "../../../../../src/adapters/targets/http/http-problems.ts";
import { readJson } from "../../../../../src/adapters/targets/http/read-json.ts";

const read = (body: Buffer<ArrayBuffer>, type: string | null, left = 100) =>
  readJson(new Response(body, { headers: type === null ? {} : { "content-type": type } }), {
    left,
  });

describe("a body", () => {
  it.each([
    "application/json",
    "application/json; charset=utf-8",
    "application/json ;charset=utf-8",
    "application/scim+json",
    "Application/JSON",
  ])("is read as JSON when it is called %s", async (type) => {
    expect(await read(Buffer.from('{"a":"ü"}'), type)).toEqual({ a: "ü" });
  });

  it.each([
    null,
    "text/html",
    "text/json",
    "application/jsonp",
    "application/notjson",
    "application/json-patch",
    "text/plain; application/json",
  ])("is no answer when it is called %s, whatever is in it", async (type) => {
    await expect(read(Buffer.from("[]"), type)).rejects.toThrow(OddAnswer);
  });

  it.each([
    ["nothing", Buffer.from("")],
    ["half a document", Buffer.from('{"a":')],
    ["two documents", Buffer.from("[][]")],
    ["bytes that are not UTF-8", Buffer.from([0x22, 0xff, 0x22])],
  ])("is no answer with %s", async (_, body) => {
    await expect(read(body, "application/json")).rejects.toThrow(OddAnswer);
  });

  it("counts against what the question may still take in, over all of its answers", async () => {
    const budget = { left: 10 };
    const answer = () => new Response("[1,2]", { headers: { "content-type": "application/json" } });
    await readJson(answer(), budget);
    await readJson(answer(), budget);
    await expect(readJson(answer(), budget)).rejects.toThrow("more than this program");
  });
});
