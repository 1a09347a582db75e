// How much room the disk of the data folder has, and how much of it photos may take. Below a watermark new photos are refused, so that answers, which are worth more
// and take less, can still be saved.
import { statfs } from 'node:fs/promises';
import type { KindId } from '../alphabet/alphabet.ts';
import type { Health } from '../health.ts';

const MEGABYTE = 1024 ** 2;
/** The watermark: so many bytes, on a small disk this part of it. */
const LEAST_BYTES = 200 * MEGABYTE;
const LEAST_PART = 0.05;
/** Well again with so many times as much, so that nothing flickers at the edge. */
const WELL_AGAIN = 1.2;
const LOOK_EVERY_MS = 3000;

export interface Disk {
  /** Whether new photos have to be refused. */
  nearlyFull(): Promise<boolean>;
  /** Whether new photos of this kind have to be refused, for those that are kept take as much as they may. */
  kindIsFull(kind: KindId): boolean;
  health(): Promise<Health>;
}

type Room = Readonly<Record<'bavail' | 'blocks' | 'bsize', number>>;

export function makeDisk(deps: {
  readonly folder: string;
  /** What photos of picture alphabets take and may take, in bytes; 0: as much as there is. */
  readonly pictures?: { taken(): number; readonly most: number };
  /** Told each time it becomes nearly full; must not throw. */
  readonly onNearlyFull?: (freeMegabytes: number) => void;
  readonly roomOf?: (folder: string) => Promise<Room>;
  readonly now?: () => number;
}): Disk {
  const { folder, pictures, onNearlyFull, roomOf = statfs, now = () => performance.now() } = deps;
  let lookedAt = -Infinity;
  let state = { full: false, free: Infinity };
  let looking: Promise<void> = Promise.resolve();

  async function look(): Promise<void> {
    const room = await roomOf(folder).catch(() => undefined);
    // Where nobody can say, saving says itself whether there is room.
    if (room === undefined || room.blocks === 0) return;
    const free = room.bavail * room.bsize;
    const least = Math.min(LEAST_BYTES, room.blocks * room.bsize * LEAST_PART);
    const before = state.full;
    state = { full: free < (before ? least * WELL_AGAIN : least), free };
    if (state.full && !before) onNearlyFull?.(Math.floor(free / MEGABYTE));
  }

  async function current(): Promise<typeof state> {
    if (now() - lookedAt >= LOOK_EVERY_MS) {
      lookedAt = now();
      looking = look();
    }
    await looking;
    return state;
  }

  const areMany = (): boolean => pictures !== undefined && pictures.most > 0 && pictures.taken() >= pictures.most;

  return {
    kindIsFull: (kind) => kind === 'picture' && areMany(),
    nearlyFull: async () => (await current()).full,
    async health() {
      const { full, free } = await current();
      if (!full && areMany()) {
        const most = Math.round((pictures?.most ?? 0) / MEGABYTE);
        return {
          state: 'down',
          because: `photos of picture alphabets take the ${most} MB that they may: new ones are refused. Set PICTURES_MB higher, or withdraw some.`,
        };
      }
      if (!full) return { state: 'up' };
      const left = `${Math.floor(free / MEGABYTE)} MB are left on the disk of ${folder}`;
      return { state: 'down', because: `${left}: new photos are refused, answers are still saved. Make room.` };
    },
  };
}
