import { describe, expect, it } from "vitest";
import { nextPage } from "../../../../../src/adapters/targets/http/next-page.ts";

describe("the next page", () => {
  it.each([
    [null, null],
    ["", null],
    ['<https://a.example/x>; rel="self"', null],
    ['<https://a.example/x>; rel="next"', "https://a.example/x"],
    ["<https://a.example/x>;rel=next", "https://a.example/x"],
    ['<https://a.example/1>; rel="self", <https://a.example/2>; rel="next"', "https://a.example/2"],
    ['<https://a.example/2>; rel="next", <https://a.example/1>; rel="self"', "https://a.example/2"],
    ['<https://a.example/?q=a,b>; title="t"; rel="next"', "https://a.example/?q=a,b"],
    ['<https://a.example/x>; rel="nextish"', null],
    ['<https://a.example/x>; title="rel=next"', null],
  ])("of %j is %j", (link, next) => {
    expect(nextPage(link)).toBe(next);
  });
});
