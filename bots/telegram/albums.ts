// An album comes as one message a photo, with nothing that says which is the last: it is whole when no more came for a moment.
import { setTimeout as wait } from 'node:timers/promises';

interface Album<Photo> {
  readonly photos: [Photo, ...Photo[]];
  changedAt: number;
  readonly answered: Promise<void>;
}

interface Albums<Photo> {
  /**
   * Resolves for its first photo as soon as the album is whole, with all of it; for the others with undefined once it was answered,
   * so that none of them counts as done before.
   */
  collect(
    album: string,
    photo: Photo,
  ): Promise<{ readonly photos: readonly [Photo, ...Photo[]]; readonly answered: () => void } | undefined>;
}

/** Telegram takes ten photos an album. */
const MOST = 10;
const LOOK_MS = 50;

export function makeAlbums<Photo>(quietMs: number, clock: () => number): Albums<Photo> {
  const open = new Map<string, Album<Photo>>();
  return {
    async collect(id, photo) {
      const known = open.get(id);
      if (known !== undefined) {
        known.photos.push(photo);
        known.changedAt = clock();
        await known.answered;
        return undefined;
      }
      let answered = (): void => {};
      const album: Album<Photo> = {
        photos: [photo],
        changedAt: clock(),
        answered: new Promise<void>((resolve) => (answered = resolve)),
      };
      open.set(id, album);
      while (album.photos.length < MOST && clock() - album.changedAt < quietMs) await wait(Math.min(LOOK_MS, quietMs));
      open.delete(id);
      return { photos: album.photos, answered };
    },
  };
}
