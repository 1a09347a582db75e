// Faults the fake Bot API can be told to make: what a real server and a real network do on a bad day.

export type Fault =
  /** Answers with an error; `retryAfter` (seconds) and `movedTo` (a chat's new id) are its parameters. */
  | {
      readonly kind: 'error';
      readonly code: number;
      readonly description?: string;
      readonly retryAfter?: number;
      readonly movedTo?: number;
    }
  /** Closes the connection without answering, before or after the call took effect. */
  | { readonly kind: 'drop'; readonly when: 'before' | 'after' }
  /** Answers so many milliseconds later. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Takes the call and never answers. */
  | { readonly kind: 'hang' }
  /** Sends the caller elsewhere (downloads). */
  | { readonly kind: 'redirect'; readonly to: string }
  /** Sends bytes for ever (downloads). */
  | { readonly kind: 'endless' }
  /** Answers with a page that is no JSON, as a proxy in between does. */
  | { readonly kind: 'garbage' };

export interface FaultPlan {
  /** Makes the next `times` calls of a method fail so ('*': any method but getUpdates; 'file': downloads). */
  add(method: string, fault: Fault, times: number): void;
  take(method: string): Fault | undefined;
  clear(): void;
}

export function makeFaultPlan(): FaultPlan {
  const planned = new Map<string, { fault: Fault; left: number }[]>();
  function next(method: string): Fault | undefined {
    const queue = planned.get(method);
    const first = queue?.[0];
    if (queue === undefined || first === undefined) return undefined;
    first.left -= 1;
    if (first.left <= 0) queue.shift();
    return first.fault;
  }
  return {
    add: (method, fault, times) => {
      const queue = planned.get(method) ?? [];
      queue.push({ fault, left: times });
      planned.set(method, queue);
    },
    take: (method) => next(method) ?? (method === 'getUpdates' ? undefined : next('*')),
    clear: () => planned.clear(),
  };
}
