import { readFile, writeFile } from "node:fs/promises";
import type { TrustRoot, TrustRootSignature } from "../../core/model/governance.ts";
import { trustRootPayloadType } from "../../core/attest/trust-root-signatures.ts";
import { loadDocument } from "../../core/parse/load-document.ts";
import type { Loaded } from "../../core/parse/load-document.ts";
import type { DocumentKind } from "../../core/parse/validate.ts";

/** Reads a trust root from a file. Throws an Error that says what to mend. */
export async function readTrustRoot(path: string): Promise<TrustRoot> {
  return (await readJson(path, "TrustRoot")).value;
}

/** Names the file with the signatures over a trust root: `next.json` has them in `next.signatures.json`. */
export function signaturesPath(path: string): string {
  return `${path.replace(/\.json$/u, "")}.signatures.json`;
}

/** Reads who signed a trust root so far: nobody, where there is no file yet. Throws an Error that says what to mend. */
export async function readSignatures(path: string): Promise<readonly TrustRootSignature[]> {
  try {
    return (await readJson(signaturesPath(path), "TrustRootSignatures")).value.signatures;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

/** Writes who signed a trust root, in the place of who had so far. */
export async function writeSignatures(
  path: string,
  signatures: readonly TrustRootSignature[],
): Promise<void> {
  const document = {
    apiVersion: "countersign/v1",
    kind: "TrustRootSignatures",
    payloadType: trustRootPayloadType,
    signatures,
  };
  await writeFile(signaturesPath(path), jsonText(document));
}

/** Writes a document as people read it; what is signed is its canonical form, whatever its spelling. */
export function jsonText(document: unknown): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

async function readJson<Kind extends DocumentKind>(
  path: string,
  kind: Kind,
): Promise<Loaded<Kind>> {
  const text = await readFile(path, "utf8");
  const loaded = loadDocument({ path, mode: "100644", text }, kind);
  if (loaded.ok) return loaded.value;
  const [first] = loaded.problems;
  const place = `${path}:${first?.line ?? 1}:${first?.column ?? 1}`;
  throw new Error(`${place}: ${first?.message ?? "It cannot be read."} ${first?.fix ?? ""}`.trim());
}
