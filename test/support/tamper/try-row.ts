import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { auditVerify } from "../../../src/bin/commands/audit-verify.ts";
import { layDown } from "./lay-down.ts";
import type { RecordedLife } from "./recorded-life.ts";
import type { TamperRow } from "./tamper-rows.ts";

/** What `audit verify` said about a repository that was tampered with. */
export interface Tried {
  readonly exitCode: number;
  /** Codes of the findings, or why it could not be verified; each as often as it was found. */
  readonly codes: readonly string[];
  readonly consequences: readonly string[];
}

interface Coded {
  readonly code: string;
  readonly consequences?: readonly Coded[];
}

/** Lays a life down in a real repository, tampers with it, and runs the command on it. */
export async function tryRow(row: TamperRow, life: RecordedLife): Promise<Tried> {
  const parent = await mkdtemp(join(tmpdir(), "countersign-tamper-"));
  try {
    const folder = join(parent, "evidence.git");
    const laid = await layDown(folder, row.life?.(life) ?? life);
    const repo = (await row.repository?.(folder, laid)) ?? folder;
    const { root, now } = life;
    const options = row.options?.(life) ?? [];
    let output = "";
    const exitCode = await auditVerify(
      ["--repo", repo, "--root", root, "--now", now, "--json", ...options],
      { stdout: (text) => void (output += text), stderr: () => undefined },
    );
    const report = JSON.parse(output) as {
      readonly findings?: readonly Coded[];
      readonly defects?: readonly Coded[];
    };
    const findings = report.findings ?? [];
    return {
      exitCode,
      codes: [...findings, ...(report.defects ?? [])].map(({ code }) => code),
      consequences: findings.flatMap((one) => one.consequences ?? []).map(({ code }) => code),
    };
  } finally {
    await rm(parent, { recursive: true, force: true });
  }
}

/** Says whether exactly the code of the row was found, once, with the exit code that belongs to it. */
export function isAsExpected({ code, repository }: TamperRow, { exitCode, codes }: Tried): boolean {
  if (code === null) return exitCode === 0 && codes.length === 0;
  return codes.length === 1 && codes[0] === code && exitCode === (repository === undefined ? 1 : 2);
}
