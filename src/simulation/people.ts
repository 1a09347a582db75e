// The people of a simulation: they send pictures, say what these show, and ask for a retrain, as in a chat.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Label } from '../alphabet/alphabet.ts';
import type { App } from '../app/open.ts';
import { OperationalError } from '../errors.ts';
import { greyPng } from '../report/png.ts';
import type { Prediction } from '../recognition/outcomes.ts';
import type { Person } from '../recognition/person.ts';
import type { Run } from '../store/runs.ts';
import type { WriterPicture } from './pictures.ts';

export const personOf = ({ writer }: WriterPicture): Person => ({
  platform: 'web',
  id: `simulated ${writer ?? 'person'}`,
});

/**
 * One person sends one picture and says what it shows, as in a chat; what they had got is handed back. What cannot be read is not taught:
 * null. `onRead`: before they say what it shows.
 */
export async function teach(
  app: App,
  alphabet: string,
  picture: WriterPicture,
  onRead: (prediction: Prediction) => Promise<void> = () => Promise.resolve(),
): Promise<Prediction | null> {
  const person = personOf(picture);
  const chat = { id: `chat of ${person.id}`, kind: 'private', isChatAdmin: () => Promise.resolve(false) } as const;
  const speaker = app.people.meet(person);
  const { picture: shown } = picture;
  const bytes = shown instanceof Uint8Array ? shown : greyPng(shown.pixels, shown.width, shown.height);
  const recognised = await app.recognition.recognise({ bytes, speaker, chat, address: {}, alphabet });
  if (recognised.outcome === 'unreadable') return null;
  if (recognised.outcome !== 'predictions')
    throw new OperationalError(`A simulated picture was refused: ${recognised.outcome}.`);
  const [prediction] = recognised.predictions;
  await onRead(prediction);
  // Where the set tells no case, people would press the one they meant; the likelier one is the best guess.
  const rank = (label: Label): number => {
    const at = prediction.candidates.findIndex((each) => each.labelId === label.id);
    return at === -1 ? Infinity : at;
  };
  const [meant] = picture.labels.toSorted((a, b) => rank(a) - rank(b));
  if (meant === undefined) return null;
  const verdict = { kind: 'label', label: { id: meant.id } } as const;
  // Played people agreed to teach.
  await app.recognition.agree({ speaker, chat });
  const answered = await app.recognition.answer({ prediction: prediction.id, verdict, speaker, chat });
  if (answered.outcome !== 'saved') throw new OperationalError(`A simulated answer was refused: ${answered.outcome}.`);
  return prediction;
}

/** Asks for a retrain and waits for its end. */
export async function retrain(app: App, alphabet: string): Promise<Run> {
  const { run } = app.runs.start({ alphabet, requestedBy: 'simulate', reason: 'asked' });
  await runsEnded(app, alphabet);
  const ended = app.store.runs.get(run.id);
  if (ended === undefined) throw new OperationalError(`The run ${run.id} is gone.`);
  return ended;
}

/** Waits until no run of the alphabet is under way; whatever it promoted answers then. */
export async function runsEnded(app: App, alphabet: string): Promise<void> {
  while (app.store.runs.active(alphabet) !== undefined) {
    await app.runs.sweep();
    await sleep(100);
  }
  await app.champions.refresh(alphabet);
}
