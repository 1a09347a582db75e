// A short memory: the last so many keys, so that something delivered twice is done once.

export interface Recent {
  /** Remembers a key; false when it was remembered already. */
  add(key: string | number): boolean;
  has(key: string | number): boolean;
}

export function makeRecent(most: number): Recent {
  // A Set keeps the order of insertion: the first key is the oldest.
  const keys = new Set<string | number>();
  return {
    has: (key) => keys.has(key),
    add(key) {
      if (keys.has(key)) return false;
      keys.add(key);
      for (const oldest of keys) {
        if (keys.size <= most) break;
        keys.delete(oldest);
      }
      return true;
    },
  };
}
