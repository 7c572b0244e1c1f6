/** Every way to choose one of each. */
export function every<T extends Readonly<Record<string, readonly unknown[]>>>(
  choices: T,
): readonly { readonly [Key in keyof T]: T[Key][number] }[] {
  return Object.entries(choices).reduce<readonly Record<string, unknown>[]>(
    (chosen, [key, values]) =>
      chosen.flatMap((one) => values.map((value) => ({ ...one, [key]: value }))),
    [{}],
  ) as readonly { readonly [Key in keyof T]: T[Key][number] }[];
}

/** Every set of some of them. */
export function subsets<T>(of: readonly T[]): readonly (readonly T[])[] {
  return of.reduce<readonly (readonly T[])[]>(
    (sets, item) => sets.flatMap((set) => [set, [...set, item]]),
    [[]],
  );
}
