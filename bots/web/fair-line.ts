// Work of many callers that takes turns: nobody, however many requests they open and however slowly they send, can hold more
// than half of the places, so that there is room for others.

export interface FairLine {
  /** Runs `work` when it is its turn; undefined when the line, or this caller's share of it, is full. */
  run<T>(caller: string, work: () => Promise<T>): Promise<T> | undefined;
}

/** At most `running` at once and `waiting` in line, and of one caller half of each. */
export function makeFairLine(running: number, waiting: number): FairLine {
  const busy = new Map<string, number>();
  const line: { readonly caller: string; readonly start: () => void }[] = [];
  let total = 0;

  const mayStart = (caller: string) => total < running && (busy.get(caller) ?? 0) < running / 2;
  const enter = (caller: string): void => {
    total += 1;
    busy.set(caller, (busy.get(caller) ?? 0) + 1);
  };
  const leave = (caller: string): void => {
    total -= 1;
    const left = (busy.get(caller) ?? 0) - 1;
    if (left > 0) busy.set(caller, left);
    else busy.delete(caller);
    const place = line.findIndex((each) => mayStart(each.caller));
    const next = place === -1 ? undefined : line.splice(place, 1)[0];
    if (next === undefined) return;
    // Entered here, not when it wakes: nobody may slip in between.
    enter(next.caller);
    next.start();
  };

  return {
    run(caller, work) {
      const starts = mayStart(caller);
      const mine = line.filter((each) => each.caller === caller).length;
      if (!starts && (line.length >= waiting || mine >= waiting / 2)) return undefined;
      if (starts) enter(caller);
      return (async () => {
        if (!starts) await new Promise<void>((start) => void line.push({ caller, start }));
        try {
          return await work();
        } finally {
          leave(caller);
        }
      })();
    },
  };
}
