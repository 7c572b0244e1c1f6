/** A value that survives JSON unchanged. */
export type Json =
  null | string | number | boolean | readonly Json[] | { readonly [key: string]: Json };
