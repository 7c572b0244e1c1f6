/**
 * The attacks of sections A to D and F to K that have to be shown to fail, by their ids. `npm run attacks` fails when one of
 * them has no test. Tests may have other ids besides: `§4.7` is an attack that follows from rule 7 of docs/design.md §4.
 */
export const requiredAttacks = [
  ...["A1", "A2", "A3", "A5", "A7", "A8", "A9", "A10", "A11", "A13", "A14"],
  ...["B1", "B2", "B4", "B5", "B6", "B8", "B9", "B10", "B11", "B12", "B15"],
  ...["C1", "C3", "C4", "C5", "C6", "C8", "C9", "C10", "C13"],
  ...["D1", "D2", "D4", "D5", "D6", "D7", "D8", "D10"],
  ...["F1", "F2", "F3", "F8"],
  ...["G1", "G4", "G6", "G7"],
  ...["H1", "H2", "H4", "H5", "H7", "H8"],
  ...["I1", "I3", "I5", "I6", "I7", "I8", "I9", "I10", "I12"],
  ...["J1", "J2", "J4", "J5", "J6", "J7", "J10"],
  ...["K13", "K14"],
] as const;
