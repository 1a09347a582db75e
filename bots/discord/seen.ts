// Remembers the newest ids, so that what Discord tells twice (after a resume) is handled once.

/** Returns a function that is true for an id it has not seen among the last `most`. */
export function makeSeen(most: number): (id: string) => boolean {
  const ids = new Set<string>();
  return (id) => {
    if (ids.has(id)) return false;
    ids.add(id);
    const [oldest] = ids;
    if (ids.size > most && oldest !== undefined) ids.delete(oldest);
    return true;
  };
}
