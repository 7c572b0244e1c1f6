import { expect, test } from "vitest";
import { coAuthors } from "../../../src/sandbox/git/read-commit.ts";

test("reads co-authors from trailers, whatever their case, and nothing from ordinary text", () => {
  const message = [
    "Ask for access",
    "",
    "As Co-authored-by: somebody <not@a.trailer> said",
    "Co-authored-by: Bob Builder <bob@acme.example>",
    "CO-AUTHORED-BY: <1009+ivan@users.noreply.github.com>",
    "Co-authored-by: nobody",
  ].join("\n");
  expect(coAuthors(message)).toEqual([
    { name: "Bob Builder", email: "bob@acme.example" },
    { name: "", email: "1009+ivan@users.noreply.github.com" },
  ]);
});
