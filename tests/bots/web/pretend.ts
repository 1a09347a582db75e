// A house without a model: every picture is a 7, and what people answer is remembered. The page's server and browser are real.
import sharp from 'sharp';
import { labelByText, labelById, type Cased } from '../../../src/alphabet/alphabet.ts';
import { digits } from '../../../src/alphabet/digits.ts';
import { katakana } from '../../../src/alphabet/katakana.ts';
import { GLYPH_SIZE } from '../../../src/glyph/glyph.ts';
import { makeLog } from '../../../src/log.ts';
import { decodeButton, encodeButton } from '../../../src/chat/buttons.ts';
import type { ChatEvent, Message, Reply } from '../../../src/chat/event.ts';
import type { Health } from '../../../src/health.ts';
import { answerKeyboard, otherKeyboard, undoKeyboard, wrongKeyboard } from '../../../src/chat/keyboards.ts';
import type { ReplyAddress } from '../../../src/records/address.ts';
import type { Prediction, Recognition } from '../../../src/recognition/outcomes.ts';
import { languageFor, sayIn, type Say } from '../../../src/words/words.ts';
import type { WebDeps } from '../../../bots/web/deps.ts';
import { makeWebPlatform, type WebPlatform } from '../../../bots/web/platform.ts';
import { speakerOf } from '../../support/speaker.ts';

export const TOKEN = 'the-owners-own-token';
/** As with ADMIN_TOKEN set. */
export const byToken = { logIn: { by: 'token', secret: TOKEN } } as const;
/** The secret of the link that the start prints without it. */
export const LINK_SECRET = 'of-this-start-alone';

/** What a house keeps in its data. */
export function newMemory(): WebDeps['memory'] {
  const kept = new Map<string, string>();
  return { get: (key) => kept.get(key), set: (key, value) => void kept.set(key, value) };
}

export interface Pretended {
  readonly web: WebPlatform;
  readonly url: string;
  /** Everything the page handed over, in order. */
  readonly events: ChatEvent[];
  /** What is known of each prediction: its owner and the verdict that stands. */
  readonly answers: ReadonlyMap<string, { readonly owner: string; readonly label: string | null | undefined }>;
  /** Set to make the next photos fail or wait. */
  readonly weather: { busy: boolean; broken: boolean; queue: Health; photoDelayMs: number; untilSeen: Promise<void> };
  /** Letter and case that every photo shows; none, as in an alphabet without cases. */
  cased: Cased | undefined;
  /** Lets go what waits for `weather.untilSeen`. */
  seen: () => void;
  clock: number;
  close(): Promise<void>;
}

export async function pretend(change: Partial<WebDeps> = {}): Promise<Pretended> {
  const events: ChatEvent[] = [];
  const answers = new Map<string, { owner: string; label: string | null | undefined }>();
  const weather: Pretended['weather'] = {
    busy: false,
    broken: false,
    queue: { state: 'up' },
    photoDelayMs: 0,
    untilSeen: Promise.resolve(),
  };
  let clock = Date.now();
  let cased: Cased | undefined;
  const predictionOf = (id: string): Prediction => ({
    id,
    alphabet: 'digits',
    photo: id,
    place: 0,
    line: 0,
    modelVersion: 'digits-1',
    box: { x: 3, y: 4, width: 20, height: 30 },
    glyph: new Uint8Array(GLYPH_SIZE ** 2),
    candidates: [
      { labelId: 7, label: '7', probability: 0.93 },
      { labelId: 1, label: '1', probability: 0.04 },
      { labelId: 2, label: '2', probability: 0.02 },
      { labelId: 9, label: '9', probability: 0.01 },
    ],
    ...(cased && { cased }),
    outcome: 'sure',
  });

  let alphabetNow = digits.id;
  const recognition = {
    async recognise({ bytes, speaker, alphabet = 'digits' }) {
      if (weather.broken) throw new Error('the model room is on fire');
      if (weather.photoDelayMs > 0) await new Promise((resolve) => setTimeout(resolve, weather.photoDelayMs));
      if (weather.busy) return { outcome: 'busy', retryAfterSeconds: 3 };
      if (alphabet !== 'digits') return { outcome: 'unknown-alphabet', alphabet, known: ['digits'] };
      if (bytes.length === 0) return { outcome: 'unreadable', because: 'empty-file' };
      const readable = await sharp(bytes)
        .metadata()
        .then(
          () => true,
          () => false,
        );
      if (!readable) return { outcome: 'unreadable', because: 'not-an-image' };
      const id = `prediction${String(answers.size).padStart(2, '0')}`;
      answers.set(id, { owner: speaker.id, label: undefined });
      return { outcome: 'predictions', predictions: [predictionOf(id)] };
    },
    recogniseStack({ bytes }) {
      if (bytes.length < 20) return Promise.resolve({ outcome: 'unreadable', because: 'damaged' });
      const sheet = { ...predictionOf('sheet0000000'), expected: { labelId: 7, label: '7' } };
      const pages = [
        { page: 1, recognised: { outcome: 'predictions', predictions: [sheet] } },
        { page: 2, recognised: { outcome: 'unreadable', because: 'pdf-no-sheets' } },
      ] as const;
      return Promise.resolve({ outcome: 'stack', pages, count: 2 });
    },
    answer({ prediction: id, verdict, speaker }) {
      const known = answers.get(id);
      const prediction = predictionOf(id);
      const result = (() => {
        if (known === undefined) return { outcome: 'unknown-prediction' } as const;
        if (known.owner !== speaker.id) return { outcome: 'not-yours' } as const;
        const label = verdict.kind === 'reject' ? null : textOf(verdict.label);
        if (label === undefined) return { outcome: 'unknown-label', label: '?', alphabet: 'digits' } as const;
        if (known.label !== undefined) {
          return { outcome: 'already', same: known.label === label, label: known.label, prediction } as const;
        }
        if (answers.size > 90) return { outcome: 'too-many', retryAfterSeconds: 120 } as const;
        answers.set(id, { ...known, label });
        const kind = label === null ? 'reject' : label === '7' ? 'confirm' : 'correct';
        return { outcome: 'saved', kind, label, prediction } as const;
      })();
      return Promise.resolve(result);
    },
    undo({ prediction: id, speaker }) {
      const known = answers.get(id);
      const prediction = predictionOf(id);
      if (known === undefined) return Promise.resolve({ outcome: 'unknown-prediction' });
      if (known.owner !== speaker.id) return Promise.resolve({ outcome: 'not-yours' });
      if (known.label === undefined) return Promise.resolve({ outcome: 'nothing-to-undo', prediction });
      answers.set(id, { ...known, label: undefined });
      return Promise.resolve({ outcome: 'undone', prediction });
    },
  } as Recognition;
  recognition.alphabetOf = () => alphabetNow;

  const glyph = await picture('7', 40);
  const chart = await drawnChart();
  const question = (prediction: Prediction, say: Say): Message => ({
    text: say('answer-sure', { label: '7', percent: 93 }),
    keyboard: answerKeyboard(prediction, digits, say),
  });

  async function handle(event: ChatEvent): Promise<readonly Reply[]> {
    events.push(event);
    const say = sayIn(languageFor(event.person.language));
    const told = (text: string): Reply[] => [{ kind: 'message', message: { text } }];
    switch (event.kind) {
      case 'photo': {
        const read = await recognition.recognise({ ...event, speaker: speakerOf(event.person) });
        if (read.outcome === 'busy') return told(say('busy', { seconds: read.retryAfterSeconds }));
        if (read.outcome === 'unreadable') return told(say(`unreadable-${read.because}`));
        if (read.outcome !== 'predictions') return told(read.outcome);
        const [prediction] = read.predictions;
        const pictures = [{ png: () => glyph, alt: say('picture-glyph'), role: 'glyph' as const }];
        return [{ kind: 'message', message: { ...question(prediction, say), pictures } }];
      }
      case 'press': {
        const action = decodeButton(event.payload);
        if (action?.do === 'choose' && action.what === 'alphabet') {
          alphabetNow = action.value;
          return [{ kind: 'edit', message: { text: say('alphabet-chosen', { alphabet: alphabetNow }) } }];
        }
        if (action === undefined || action.do === 'choose') return [{ kind: 'notice', text: say('unknown-button') }];
        const prediction = predictionOf(action.prediction);
        const edit = (message: Message): Reply[] => [{ kind: 'edit', message }];
        if (action.do === 'undo') {
          await recognition.undo({ ...event, speaker: speakerOf(event.person), prediction: action.prediction });
          return edit(question(prediction, say));
        }
        if (action.do === 'glyph') {
          const label = answers.get(action.prediction)?.label;
          const pictures = [{ png: () => glyph, alt: say('picture-glyph'), role: 'glyph' as const }];
          const message = {
            text: say('saved-confirm', { label: label ?? '?' }),
            keyboard: undoKeyboard(prediction, say),
          };
          return edit(
            typeof label === 'string' ? { ...message, pictures } : { ...question(prediction, say), pictures },
          );
        }
        if (action.do === 'back') return edit(question(prediction, say));
        if (action.do === 'wrong') {
          return edit({ text: say('answer-other'), keyboard: wrongKeyboard(prediction, digits, say) });
        }
        if (action.do === 'rows' || action.do === 'row') {
          return edit({ text: say('answer-other'), keyboard: otherKeyboard(prediction, digits, say) });
        }
        if (action.do !== 'reject' && action.do !== 'label') return [];
        const verdict =
          action.do === 'reject'
            ? ({ kind: 'reject' } as const)
            : ({ kind: 'label', label: { id: action.labelId } } as const);
        const saved = await recognition.answer({
          ...event,
          speaker: speakerOf(event.person),
          prediction: action.prediction,
          verdict,
        });
        if (saved.outcome !== 'saved') return [{ kind: 'notice', text: saved.outcome }];
        const values = saved.label === null ? {} : { label: saved.label };
        return edit({ text: say(`saved-${saved.kind}`, values), keyboard: undoKeyboard(prediction, say) });
      }
      case 'command':
        if (event.name === 'stats' && event.person.operator !== true) return told(say('operators-only'));
        if (event.name === 'stats') {
          const text = say('stats-line', { alphabet: '0–9', samples: 128, train: 103, test: 25, contributors: 7 });
          return [
            {
              kind: 'message',
              message: { text, pictures: [{ png: () => chart, alt: 'Samples a label', role: 'chart' }] },
            },
          ];
        }
        if (event.name === 'export') {
          const files = [{ name: 'зразки.tar', bytes: new TextEncoder().encode('an archive') }];
          return [{ kind: 'message', message: { text: 'Here.', files } }];
        }
        if (event.name === 'retrain') {
          const said = (message: ReplyAddress): void => void training(web, message, chart, weather);
          return [{ kind: 'message', message: { text: 'Run 1: 0 %', live: true }, said }];
        }
        return told(say('help', { alphabet: '0–9' }));
      case 'text':
        return told(say('text-hint'));
    }
  }

  const web = makeWebPlatform({
    host: '127.0.0.1',
    port: 0,
    logIn: { by: 'link', secret: LINK_SECRET },
    memory: newMemory(),
    trustProxy: [],
    cookieKey: new TextEncoder().encode('sixteen bytes at least'),
    handle,
    recognition,
    meet: (person) => speakerOf(person),
    commands: (language) =>
      (['help', 'alphabet', 'language', 'me', 'stats', 'retrain', 'export'] as const).map((name, index) => ({
        name,
        description: sayIn(language)(`command-${name}`),
        operatorsOnly: index > 3,
      })),
    models: () => [
      {
        version: 'digits-1',
        alphabet: 'digits',
        champion: true,
        createdAt: Date.UTC(2026, 0, 2),
        origin: 'seed',
        artifact: 'ab'.repeat(32),
        parent: null,
        snapshot: null,
        metrics: { accuracy: 0.99 },
      },
    ],
    alphabets: () => [digits, katakana],
    gallery: (speaker) => ({
      samples: [...answers]
        .filter(([, { owner, label }]) => owner === speaker.id && label !== undefined)
        .map(([prediction, { label }]) => ({
          label: label ?? null,
          direction: 'ltr' as const,
          png: glyph,
          payload: encodeButton({ do: 'glyph', prediction }),
        })),
      next: null,
    }),
    examples: {
      pictures: (alphabet) => Promise.resolve(alphabet === 'digits' ? [glyph, glyph] : []),
      answer: (_, place, say) =>
        Promise.resolve([
          { kind: 'message', message: { text: say('example-read', { label: String(place), percent: 90 }) } },
        ]),
    },
    say: sayIn,
    log: makeLog('silent'),
    ready: () => Promise.resolve({ web: web.health(), queue: weather.queue }),
    now: () => clock,
    clock: () => clock,
    ...change,
  });
  await web.start();
  return {
    web,
    url: web.url(),
    events,
    answers,
    weather,
    seen: () => undefined,
    get cased() {
      return cased;
    },
    set cased(shown) {
      cased = shown;
    },
    get clock() {
      return clock;
    },
    set clock(time) {
      clock = time;
    },
    close: () => web.stop(1000),
  };
}

function textOf(label: { readonly id: number } | { readonly text: string }): string | undefined {
  return ('id' in label ? labelById(digits, label.id) : labelByText(digits, label.text))?.text;
}

/** A run of training as it would be told. */
async function training(
  web: WebPlatform,
  message: ReplyAddress,
  chart: Uint8Array,
  weather: Pretended['weather'],
): Promise<void> {
  const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 250));
  // The page may be away: then the next state will do.
  const revise = (now: Message): Promise<unknown> => web.revise(message, now).catch(() => undefined);
  for (const percent of [10, 40, 70]) {
    await pause();
    await revise({ text: `Run 1: ${percent} %`, live: true });
    if (percent === 40) await weather.untilSeen;
  }
  await pause();
  await revise({
    text: 'Run 1: digits-2 is proven better and answers now.',
    pictures: [{ png: () => chart, alt: 'Proof card: digits-2', role: 'chart' }],
    live: false,
  });
}

/** A PNG of a character on paper. */
export async function picture(text: string, size = 200): Promise<Uint8Array> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}"><rect width="100%" height="100%" fill="#fff"/>
    <path d="M${size * 0.25} ${size * 0.22} H${size * 0.75} L${size * 0.42} ${size * 0.82}" fill="none" stroke="#000" stroke-width="${size * 0.09}" stroke-linecap="round"/><title>${text}</title></svg>`;
  return new Uint8Array(await sharp(Buffer.from(svg)).png().toBuffer());
}

async function drawnChart(): Promise<Uint8Array> {
  const bars = Array.from({ length: 10 }, (_, index) => {
    const high = 60 + ((index * 47) % 140);
    return `<rect x="${40 + index * 70}" y="${300 - high}" width="50" height="${high}" fill="#2f45b8"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="760" height="340"><rect width="100%" height="100%" fill="#fffefb"/>${bars.join('')}</svg>`;
  const { data, info } = await sharp(Buffer.from(svg)).raw().toBuffer({ resolveWithObject: true });
  // Grain, so that it is as heavy as a real chart is and does not travel inside its message.
  for (let at = 0; at < data.length; at += 7) data[at] = (data[at] ?? 0) ^ ((at * 2654435761) >>> 28);
  const raw = { width: info.width, height: info.height, channels: info.channels };
  return new Uint8Array(await sharp(data, { raw }).png().toBuffer());
}
