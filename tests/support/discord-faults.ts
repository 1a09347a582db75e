// Faults the fake Discord can be told to make: what a real server and a real network do on a bad day.

export type DiscordFault =
  /** Answers with an error; `code` is Discord's own in the body, `retryAfter` (seconds) makes it a 429's. */
  | { readonly kind: 'error'; readonly status: number; readonly code?: number; readonly retryAfter?: number }
  /** Closes the connection without answering, before or after the call took effect. */
  | { readonly kind: 'drop'; readonly when: 'before' | 'after' }
  /** Answers so many milliseconds later. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Sends the caller elsewhere (downloads). */
  | { readonly kind: 'redirect'; readonly to: string }
  /** Sends bytes for ever (downloads). */
  | { readonly kind: 'endless' }
  /** Takes the call and never answers. */
  | { readonly kind: 'hang' };

/** The calls by name: '*' is any of the API's but 'gateway'. */
export type DiscordRoute =
  | 'gateway'
  | 'commands'
  | 'callback'
  | 'original'
  | 'followup'
  | 'message'
  | 'edit'
  | 'fetch'
  | 'dm'
  | 'typing'
  | 'file'
  | 'other'
  | '*';

export interface DiscordFaults {
  /** Makes the next `times` calls of a route fail so. */
  add(route: DiscordRoute, fault: DiscordFault, times?: number): void;
  take(route: DiscordRoute): DiscordFault | undefined;
  clear(): void;
}

export function makeDiscordFaults(): DiscordFaults {
  let planned: { readonly route: DiscordRoute; readonly fault: DiscordFault; left: number }[] = [];
  return {
    add: (route, fault, times = 1) => planned.push({ route, fault, left: times }),
    take(route) {
      const found = planned.find(
        (each) => each.route === route || (each.route === '*' && route !== 'gateway' && route !== 'file'),
      );
      if (found === undefined) return undefined;
      found.left -= 1;
      if (found.left <= 0) planned = planned.filter((each) => each !== found);
      return found.fault;
    },
    clear: () => {
      planned = [];
    },
  };
}
