// Which decisions people saw live: a message that was followed to its end needs no announcement, one that was cut short does.
import type { Run } from '../store/runs.ts';
import type { ReplyAddress } from '../records/address.ts';

/** How long an announcement waits for a live message that is being edited for the last time. */
const LAST_EDIT_MS = 15_000;

export interface Live {
  /** Passes a run's states on and notes whether the final one was taken. */
  follow(run: number, address: ReplyAddress, states: AsyncIterable<Run>): AsyncGenerator<Run>;
  /** Whether the one who asked there saw the end; waits while the last edit is under way. */
  saw(run: number, address: ReplyAddress): Promise<boolean>;
}

export function makeLive(): Live {
  const following = new Map<string, Promise<boolean>>();
  const keyOf = (run: number, address: ReplyAddress): string => `${run} ${JSON.stringify(address)}`;
  return {
    async *follow(run, address, states) {
      let tell: (saw: boolean) => void = () => undefined;
      const key = keyOf(run, address);
      following.set(key, new Promise((resolve) => void (tell = resolve)));
      let saw = false;
      try {
        for await (const state of states) {
          yield state;
          // Only reached when whoever showed this state asks for the next one.
          saw = state.finishedAt !== null;
        }
      } finally {
        tell(saw);
        setTimeout(() => following.delete(key), LAST_EDIT_MS).unref();
      }
    },
    async saw(run, address) {
      const end = following.get(keyOf(run, address));
      if (end === undefined) return false;
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<boolean>((resolve) => {
        timer = setTimeout(() => resolve(false), LAST_EDIT_MS);
      });
      return Promise.race([end, late]).finally(() => clearTimeout(timer));
    },
  };
}
