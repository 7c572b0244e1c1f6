/** A system that is asked over HTTPS, with the executor's credential for it. */
export interface HttpSystem {
  /** What people call it; messages begin with it. */
  readonly name: string;
  /** What paths are appended to, and the only origin that is ever asked. */
  readonly base: URL;
  /** Sent with every request; mostly the credential. */
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  /** What to grant or mend where the credential is refused; a whole sentence. */
  readonly remedy: string;
}

/** One request, with every status that the caller knows how to read; all others are errors. */
export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Relative to the base, or absolute on its origin. */
  readonly path: string | URL;
  /** What is asked, after "answered 403 to"; without names of people. */
  readonly purpose: string;
  /** Statuses whose body is read as JSON. */
  readonly json: readonly number[];
  /** Statuses that say enough by themselves. */
  readonly done: readonly number[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What came back with one of the expected statuses. */
export interface HttpAnswer {
  readonly status: number;
  /** `null` where the status said enough. Whoever reads it trusts nothing about its shape. */
  readonly body: unknown;
  /** The `Link` header, for paging. */
  readonly link: string | null;
}

/** Sends one request of a question. Throws TargetUnreachable and TargetRefused. */
export type Ask = (request: HttpRequest) => Promise<HttpAnswer>;
