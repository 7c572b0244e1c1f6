/**
 * Tampers with a real repository in every way of the list and prints what `audit verify` finds: `npm run tamper`. Exits 1
 * unless each is given away by exactly its own code, and the clean ones by none.
 */
import { recordedLife } from "../support/tamper/recorded-life.ts";
import { tamperRows } from "../support/tamper/tamper-rows.ts";
import { isAsExpected, tryRow } from "../support/tamper/try-row.ts";

const life = await recordedLife();
const width = Math.max(...tamperRows.map(({ name }) => name.length));
const line = (...[name = "", code = "", ...rest]: readonly string[]): void =>
  void process.stdout.write(`${name.padEnd(width)}  ${code.padEnd(32)}  ${rest.join("  ")}\n`);

line("row", "expected", "ok ", "found (and what follows from it)");
let failed = 0;
let pending = 0;
for (const row of tamperRows) {
  const tried = await tryRow(row, life);
  const isOk = isAsExpected(row, tried);
  const isPending = !isOk && row.pending !== undefined;
  if (isPending) pending += 1;
  else if (!isOk) failed += 1;
  const follows = tried.consequences.length === 0 ? "" : ` (${tried.consequences.join(", ")})`;
  const found = `${tried.codes.join(", ") || "none"}${follows}`;
  line(row.name, row.code ?? "none", isOk ? "yes" : isPending ? "-  " : "NO ", found);
}
const count = tamperRows.length;
process.stdout.write(
  `\n${count - failed - pending} of ${count} rows as expected, ${pending} pending\n`,
);
process.exitCode = failed === 0 ? 0 : 1;
