import { digest, integer, list, object, oneOf, optional, text } from "./shape.ts";
import type { Shape } from "./shape.ts";
import type { TrustRoot } from "../../generated/trust-root.ts";

/** Accepts a trust root's document by its shape; `trustRootDefects` says whether it is fit. */
export const trustRootShape: Shape<TrustRoot> = object<TrustRoot>({
  apiVersion: oneOf("countersign/v1"),
  kind: oneOf("TrustRoot"),
  // exactOptionalPropertyTypes: the phantom of an optional member cannot be spelled, only cast.
  description: optional(text) as Shape<string>,
  version: integer,
  previous: optional(digest) as Shape<string>,
  repository: object<TrustRoot["repository"]>({ id: integer, governedBranch: text }),
  keys: list(
    object<TrustRoot["keys"][number]>({
      keyid: digest,
      algorithm: oneOf("ed25519"),
      publicKey: text,
    }),
  ) as Shape<TrustRoot["keys"]>,
  keyRoles: list(
    object<TrustRoot["keyRoles"][number]>({
      name: oneOf("root", "decision", "execution"),
      threshold: integer,
      keyids: list(digest) as Shape<string[]>,
    }),
  ) as Shape<TrustRoot["keyRoles"]>,
});
