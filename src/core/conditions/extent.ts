/**
 * How large the value of an expression can be at most. That the types fit is for the CEL library to check.
 * A table is a map literal; facts have none.
 */
export type Extent = FactExtent | { readonly kind: "table"; readonly of: SingleExtent };

/** How large a fact, or a part of one, can be at most. */
export type FactExtent = SingleExtent | ListExtent | RecordExtent;

/** A value that is not made of others. */
export type SingleExtent = PlainExtent | TextExtent;

/** A value of fixed size. */
export interface PlainExtent {
  readonly kind: "plain";
  /** The name of its type in CEL; durations count as instants. */
  readonly type: "bool" | "int" | "google.protobuf.Timestamp";
}

export interface TextExtent {
  readonly kind: "text";
  /** In code points, as JSON Schema counts them. */
  readonly characters: number;
}

export interface ListExtent {
  readonly kind: "list";
  readonly items: number;
  readonly of: FactExtent;
}

export interface RecordExtent {
  readonly kind: "record";
  /** The name of its type in CEL. */
  readonly name: string;
  readonly fields: ReadonlyMap<string, FactExtent>;
}

export const truth: PlainExtent = { kind: "plain", type: "bool" };
export const number: PlainExtent = { kind: "plain", type: "int" };
/** An instant or a duration. */
export const instant: PlainExtent = { kind: "plain", type: "google.protobuf.Timestamp" };

/** Tells whether a value is not made of others; `false` when there is none. */
export function isSingle(extent: Extent | undefined): extent is SingleExtent {
  return extent?.kind === "plain" || extent?.kind === "text";
}

/** The length of a text; 0 of everything else. */
export function charactersOf(extent: Extent | undefined): number {
  return extent?.kind === "text" ? extent.characters : 0;
}

/** What any one of some values can be at most. There is at least one. */
export function widest(extents: readonly SingleExtent[]): SingleExtent {
  return extents.reduce((most, next) => (charactersOf(next) > charactersOf(most) ? next : most));
}
