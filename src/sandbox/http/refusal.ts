import type { JsonObject } from "./json.ts";

const documentation = "https://docs.github.com/rest";

/** An answer that says no: status and body exactly as GitHub words them. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly status: number;
  readonly body: JsonObject;
  constructor(status: number, body: JsonObject) {
    super(`${status} ${JSON.stringify(body)}`);
    this.status = status;
    this.body = body;
  }
}

/** Refuses with GitHub's plain error body. */
export function refuse(status: number, message: string): Refusal {
  const base = { message, documentation_url: documentation };
  // The description gives the merge's 405 and 409 and the validation errors no `status`.
  const plain = status === 405 || status === 422;
  return new Refusal(status, plain ? base : { ...base, status: String(status) });
}

/** Refuses because something does not exist or may not be seen. */
export function notFound(): Refusal {
  return refuse(404, "Not Found");
}

/** Refuses a body: 422 with the field that is wrong. */
export function invalid(resource: string, field: string, code: string, message?: string): Refusal {
  const error =
    message === undefined ? { resource, field, code } : { resource, field, code, message };
  return new Refusal(422, {
    message: "Validation Failed",
    errors: [error],
    documentation_url: documentation,
  });
}
