// What a part of the product tells probes and operators of itself.

export type Health =
  | { readonly state: 'up' }
  | { readonly state: 'starting' }
  /** `because` is a sentence with the remedy, without secrets. */
  | { readonly state: 'down'; readonly because: string };
