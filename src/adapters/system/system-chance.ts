import type { Chance } from "../../ports/chance.ts";

/** The lots of the machine. They can be guessed, which is good enough for pauses and for nothing else. */
export const systemChance: Chance = { draw: () => Math.random() };
