import { apiUrl, webUrl } from "./repository.ts";
import type { TreeEntry } from "../git/read-tree.ts";
import type { JsonObject } from "../http/json.ts";
import type { World } from "../world/world.ts";

/** Renders an entry of a folder. */
export function renderContent(
  world: World,
  ref: string,
  path: string,
  entry: TreeEntry,
): JsonObject {
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  const self = apiUrl(world, `/contents/${encoded}?ref=${encodeURIComponent(ref)}`);
  const git = apiUrl(world, `/git/${entry.type === "tree" ? "trees" : "blobs"}/${entry.oid}`);
  const html = webUrl(world, `/${entry.type === "tree" ? "tree" : "blob"}/${ref}/${encoded}`);
  return {
    name: entry.name,
    path,
    sha: entry.oid,
    size: entry.size,
    url: self,
    html_url: html,
    git_url: git,
    download_url: entry.type === "blob" ? webUrl(world, `/raw/${ref}/${encoded}`) : null,
    type: typeOf(entry),
    _links: { self, git, html },
  };
}

/** Renders a file with its bytes; a symbolic link gives its target instead. */
export function renderContentFile(
  world: World,
  ref: string,
  path: string,
  entry: TreeEntry,
  bytes: Buffer,
): JsonObject {
  const content = renderContent(world, ref, path, entry);
  if (entry.mode === "120000") return { ...content, target: bytes.toString("utf8") };
  return { ...content, content: wrap(bytes.toString("base64")), encoding: "base64" };
}

function typeOf(entry: TreeEntry): string {
  if (entry.mode === "120000") return "symlink";
  return { blob: "file", tree: "dir", commit: "submodule" }[entry.type];
}

/** GitHub breaks base64 after 60 characters. */
function wrap(base64: string): string {
  return base64.replaceAll(/.{1,60}/g, "$&\n");
}
