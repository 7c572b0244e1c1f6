import type { Problem } from "../../model/problem.ts";
import { problemAt } from "../strict-yaml.ts";
import type { StrictDocument } from "../strict-yaml.ts";

/** Requires `metadata.name` to be the name of the file; so no name can be there twice either. */
export function checkFileName(document: StrictDocument, name: string): readonly Problem[] {
  if (document.path.endsWith(`/${name}.yaml`)) return [];
  return [
    problemAt(document, "/metadata/name", "value", {
      code: "wrong-file-name",
      message: `The name is ${name}, but the file ${document.path}.`,
      fix: `Rename the file to ${name}.yaml, or write the name of the file.`,
    }),
  ];
}
