import * as fc from "fast-check";

import type { Json } from "../../../src/core/model/json.ts";

/** Any value that has a canonical form. */
export const jsonValue: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<Json>(null, true, false),
    fc.maxSafeInteger().map((integer) => (integer === 0 ? 0 : integer)),
    fc.string({ unit: "binary" }),
    fc.array(tie("value"), { maxLength: 5 }),
    fc
      .array(fc.tuple(fc.string({ unit: "binary" }), tie("value")), { maxLength: 5 })
      .map((members) => Object.fromEntries(members.filter(([key]) => key !== "__proto__"))),
  ),
})).value;
