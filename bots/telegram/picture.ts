// The bot's own picture, where its owner gave it none: a face is trusted sooner than a blank. It is given once; what the owner does
// with it afterwards stays.
import { type Api, InputFile } from 'grammy';
import type { Log } from '../../src/log.ts';
import type { PlatformNotes } from '../../src/store/platform-notes.ts';
import { describe } from './failures.ts';

const LOOKED = 'picture';

/** Never rejects: a bot without a picture is still a bot. */
export async function givePicture({
  api,
  me,
  draw,
  memory,
  log,
}: {
  readonly api: Api;
  /** The bot's own number. */
  readonly me: number;
  /** A square JPEG. */
  readonly draw: () => Promise<Uint8Array>;
  /** Outlives the process: whether it was looked at already. */
  readonly memory: PlatformNotes;
  readonly log: Log;
}): Promise<void> {
  if (memory.get(LOOKED) === String(me)) return;
  try {
    const { total_count: has } = await api.getUserProfilePhotos(me, { limit: 1 });
    if (has === 0) await api.setMyProfilePhoto({ type: 'static', photo: new InputFile(await draw(), 'inkloop.jpg') });
    memory.set(LOOKED, String(me));
  } catch (error) {
    log.debug({ because: describe(error) }, 'Telegram: the bot could not be given a picture');
  }
}
