import type { Chance } from "../../../src/ports/chance.ts";

/** Draws the middle every time, so that every pause is known beforehand. */
export const evenChance: Chance = { draw: () => 0.5 };
