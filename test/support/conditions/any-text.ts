import fc from "fast-check";

/** Any text, half of a character and control characters included; much faster than `fc.string` at it. */
export function anyText(maxLength: number): fc.Arbitrary<string> {
  const ordinary = fc.string({ maxLength });
  const units = fc.array(fc.nat(0xffff), { maxLength });
  return fc.oneof(
    ordinary,
    units.map((codes) => String.fromCharCode(...codes)),
  );
}
