import { oddAnswer } from "../http/http-problems.ts";
import type { Ask, HttpAnswer } from "../http/http-system.ts";
import { listOf, objectOf, textOf } from "../http/json-fields.ts";
import type { JsonObject } from "../http/json-fields.ts";
import { pathSegment } from "../http/names-in-systems.ts";
import { TargetRefused } from "../../../ports/target.ts";
import type { TargetUnreachable } from "../../../ports/target.ts";

/** A User or Group of which so far only the id was read. */
export interface ScimResource {
  readonly id: string;
  /** The id, written for a path. */
  readonly segment: string;
  readonly fields: JsonObject;
}

/** Which resources to list. */
export interface ScimQuery {
  readonly endpoint: "Users" | "Groups";
  readonly filter: string | null;
  /** Names of attributes; the id always comes with them. */
  readonly attributes: string;
}

/**
 * Lists all resources that match, page by page (RFC 7644, 3.4.2): all of them or TargetUnreachable, because half of a
 * list would say that somebody does not hold what they do. `null` where the service does not know the filter.
 */
export async function listResources(
  ask: Ask,
  query: ScimQuery,
): Promise<readonly ScimResource[] | null> {
  const found = new Map<string, ScimResource>();
  let received = 0;
  for (;;) {
    const answer = await askForPage(ask, query, { startIndex: received + 1, count: pageSize });
    if (answer.body === null && answer.status !== 200) return null;
    const page = readPage(answer.body);
    for (const resource of page.resources) found.set(resource.id, resource);
    received += page.resources.length;
    if (received >= page.total) return complete(found, page.total);
    if (page.resources.length === 0) throw oddScim("with fewer resources than it counts");
  }
}

/** Which resources to find by their name. */
export interface ScimName {
  readonly endpoint: "Users" | "Groups";
  readonly attribute: "userName" | "displayName";
  readonly value: string;
  readonly attributes: string;
}

/**
 * Finds resources that may have a name; the caller compares. Where a service has no filters all are read; and so they are
 * for a name with quotes or backslashes, which services read in filters each in its own way.
 */
export async function findResources(ask: Ask, name: ScimName): Promise<readonly ScimResource[]> {
  const { endpoint, attribute, value, attributes } = name;
  if (!/["\\]/u.test(value)) {
    const filter = equals(attribute, value);
    const found = await listResources(ask, { endpoint, filter, attributes });
    if (found !== null) return found;
  }
  return listAll(ask, endpoint, attributes);
}

/** Lists all resources of a kind. */
export async function listAll(
  ask: Ask,
  endpoint: ScimQuery["endpoint"],
  attributes: string,
): Promise<readonly ScimResource[]> {
  const all = await listResources(ask, { endpoint, filter: null, attributes });
  if (all !== null) return all;
  throw oddScim("without a list");
}

/**
 * Requires that the service shows any resource of a kind at all. Services answer about what they hide from a token as if it
 * were not there: TargetRefused, because nothing that is not shown counts as gone then.
 */
export async function requireSight(ask: Ask, endpoint: ScimQuery["endpoint"]): Promise<void> {
  const query = { endpoint, filter: null, attributes: "id" };
  const answer = await askForPage(ask, query, { startIndex: 1, count: 1 });
  if (readPage(answer.body).total > 0) return;
  throw new TargetRefused(
    `The SCIM service shows the executor's token no ${endpoint} at all: let it read all of them.`,
  );
}

/** Writes `attribute eq "value"`; the value is a JSON string, so that no quote in a name ends it. */
export function equals(attribute: string, value: string): string {
  return `${attribute} eq ${JSON.stringify(value)}`;
}

/** Words an answer that cannot be believed. */
export function oddScim(what: string): TargetUnreachable {
  return oddAnswer({ name: "The SCIM service" }, { purpose: "reading users or groups" }, what);
}

const pageSize = 100;
const listResponse = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

interface PageOf {
  readonly startIndex: number;
  readonly count: number;
}

function askForPage(ask: Ask, query: ScimQuery, page: PageOf): Promise<HttpAnswer> {
  const parameters = new URLSearchParams({
    ...(query.filter === null ? {} : { filter: query.filter }),
    attributes: query.attributes,
    startIndex: String(page.startIndex),
    count: String(page.count),
  });
  return ask({
    method: "GET",
    path: `${query.endpoint}?${parameters.toString()}`,
    purpose: `reading ${query.endpoint}`,
    json: [200],
    // What services answer to a filter that they do not know.
    done: query.filter === null ? [] : [400, 501],
  });
}

interface Page {
  readonly total: number;
  readonly resources: readonly ScimResource[];
}

function readPage(body: unknown): Page {
  const fields = objectOf(body);
  const total = fields["totalResults"];
  const isList = listOf(fields["schemas"])?.includes(listResponse) === true;
  if (!isList || typeof total !== "number" || !Number.isSafeInteger(total) || total < 0) {
    throw oddScim("with something that is no list");
  }
  // Left out where there are none.
  const resources = listOf(fields["Resources"] ?? []);
  if (resources === null) throw oddScim("with a list without resources");
  return { total, resources: resources.map(readResource) };
}

function readResource(value: unknown): ScimResource {
  const fields = objectOf(value);
  const id = textOf(fields["id"]);
  const segment = id === null ? null : pathSegment(id);
  if (id !== null && segment !== null) return { id, segment, fields };
  throw oddScim("with a resource without id");
}

// The same page twice, or a list that changed between two pages.
function complete(
  found: ReadonlyMap<string, ScimResource>,
  total: number,
): readonly ScimResource[] {
  if (found.size === total) return [...found.values()];
  throw oddScim("with pages that are not one list");
}
