/** Reads an id of the forge, a number or decimal text, as an exact number; `null` when it cannot be one. */
export function safeId(id: number | bigint | string | null | undefined): number | null {
  if (id === null || id === undefined || id === "") return null;
  const number = typeof id === "string" && !/^\d{1,16}$/.test(id) ? Number.NaN : Number(id);
  if (Number.isSafeInteger(number) && number > 0) return number;
  return null;
}
