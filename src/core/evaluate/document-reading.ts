import type { Fingerprint } from "../model/fingerprint.ts";
import type { CatalogueTarget, Entitlement, Governance } from "../model/governance.ts";
import type { Problem } from "../model/problem.ts";
import { checkCatalogue } from "../parse/check-catalogue.ts";
import type { RequestDocument } from "../parse/parse-request.ts";
import { fingerprintOf } from "./fingerprint.ts";

/** What a request file and one state of governance lead to, whoever asks, whenever, and whatever was said of it. */
export interface DocumentReading {
  /** `null` when governance does not know whom or what it is about. */
  readonly fingerprint: Fingerprint | null;
  /** `null` when the catalogue does not offer it. */
  readonly offered: CatalogueOffer | null;
  readonly problems: readonly Problem[];
}

export interface CatalogueOffer {
  readonly target: CatalogueTarget;
  readonly entitlement: Entitlement;
}

/** A file as it was parsed: neither it nor governance is changed afterwards. */
export interface ReadFile {
  readonly document: RequestDocument;
  readonly path: string;
  readonly text: string;
}

const remembered = new WeakMap<RequestDocument, WeakMap<Governance, DocumentReading>>();

/**
 * Reads a request against governance, or remembers it: a pull request is decided on every event, and neither changes from
 * one to the next. Nothing can see the difference but a clock.
 */
export function readDocument(governance: Governance, file: ReadFile): DocumentReading {
  const byGovernance = remembered.get(file.document) ?? new WeakMap<Governance, DocumentReading>();
  const known = byGovernance.get(governance);
  if (known !== undefined) return known;
  const { document, path, text } = file;
  const reading = {
    fingerprint: fingerprintOf(governance, document),
    offered: offeredBy(governance, document),
    problems: checkCatalogue(document, governance, path, text),
  };
  remembered.set(document, byGovernance.set(governance, reading));
  return reading;
}

/** Finds what a document asks for in the catalogue; `null` when it is not offered. */
export function offeredBy(
  { targets }: Governance,
  { spec }: RequestDocument,
): CatalogueOffer | null {
  const target = targets.find(({ metadata }) => metadata.name === spec.target);
  const entitlement = target?.spec.entitlements.find(({ name }) => name === spec.entitlement);
  if (target === undefined || entitlement === undefined) return null;
  return { target, entitlement };
}
