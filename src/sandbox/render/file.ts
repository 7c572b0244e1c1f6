import { apiUrl, webUrl } from "./repository.ts";
import type { PatchedFile } from "../git/diff.ts";
import type { JsonObject } from "../http/json.ts";
import type { World } from "../world/world.ts";

/** Renders one changed file as `diff-entry`. */
export function renderFile(world: World, head: string, file: PatchedFile): JsonObject {
  const path = file.path.split("/").map(encodeURIComponent).join("/");
  return {
    sha: file.oid,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: webUrl(world, `/blob/${head}/${path}`),
    raw_url: webUrl(world, `/raw/${head}/${path}`),
    contents_url: apiUrl(world, `/contents/${path}?ref=${head}`),
    ...(file.patch === null ? {} : { patch: file.patch }),
    ...(file.before === null ? {} : { previous_filename: file.before }),
  };
}
