import { readFileSync } from "node:fs";

/** A schema as GitHub publishes it (OpenAPI 3.0), without its prose. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly not?: Schema;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

/** Says which published file a slice was cut from. */
export interface SliceSource {
  readonly package: string;
  readonly version: string;
  readonly file: string;
  readonly sha256: string;
}

/** One REST operation: its JSON bodies. A status without a JSON body has the schema null. */
export interface Operation {
  readonly request?: { readonly required: boolean; readonly schema: Schema };
  readonly responses: Readonly<Record<string, Schema | null>>;
}

/** The committed part of GitHub's REST description; operations are named `GET /repos/{owner}/{repo}`. */
export interface RestSlice {
  readonly source: SliceSource;
  readonly operations: Readonly<Record<string, Operation>>;
  readonly components: Readonly<Record<string, Schema>>;
}

/** The committed part of GitHub's webhook description; payloads are named `pull-request-opened`. */
export interface WebhookSlice {
  readonly source: SliceSource;
  readonly payloads: Readonly<Record<string, Schema>>;
  readonly components: Readonly<Record<string, Schema>>;
}

/** Reads the committed REST slice. */
export function readRestSlice(): RestSlice {
  return JSON.parse(readBeside("rest.json")) as RestSlice;
}

/** Reads the committed webhook slice. */
export function readWebhookSlice(): WebhookSlice {
  return JSON.parse(readBeside("webhooks.json")) as WebhookSlice;
}

function readBeside(file: string): string {
  return readFileSync(new URL(file, import.meta.url), "utf8");
}
