// An outbox row becomes a message in the reader's language, at the moment it is sent.
import { labelById, type Alphabet } from '../alphabet/alphabet.ts';
import type { Store } from '../store/store.ts';
import { kindOfGlyph } from '../glyph/kind.ts';
import { languageFor, sayIn, sayOf } from '../words/words.ts';
import type { Announcement } from '../records/announcement.ts';
import type { Message } from './event.ts';
import { decisionText, runText } from '../words/run-text.ts';
import { endedText, withDuel } from '../words/duel-text.ts';
import { shareChart } from '../report/line-charts.ts';
import { axesOfShares } from './axes.ts';
import { hushButton } from './commands/settings.ts';
import type { Pictures } from './pictures.ts';

/** What is told to people; the rest is something to do. */
export type Spoken = Exclude<Announcement, { readonly kind: 'find-taught' }>;

export function makeCompose(deps: {
  readonly store: Pick<Store, 'runs' | 'samples' | 'champions' | 'duels'>;
  readonly alphabet: (id: string) => Alphabet | undefined;
  readonly pictures: Pictures;
  readonly glyphPng: (glyph: Uint8Array) => Uint8Array;
  /** The version that answers now in fact; null when none can be loaded. */
  readonly answering: (alphabet: string) => Promise<string | null>;
}) {
  return async (payload: Spoken): Promise<Message | null> => {
    const say = sayIn(languageFor(payload.language));
    switch (payload.kind) {
      case 'decision': {
        const run = deps.store.runs.get(payload.run);
        const alphabet = run && deps.alphabet(run.alphabet);
        if (run === undefined || alphabet === undefined) return null;
        const card = await deps.pictures.proofCard(run, alphabet, say);
        const text = withDuel(runText(run, alphabet, say), deps.store.duels.of(run.versionId ?? ''), say);
        return { text, live: false, ...(card === null ? {} : { pictures: [card] }) };
      }
      case 'promoted':
      case 'rolled-back': {
        const alphabet = deps.alphabet(payload.alphabet);
        if (alphabet === undefined) return null;
        const run = payload.run === null ? undefined : deps.store.runs.get(payload.run);
        const duel = payload.duel === undefined ? undefined : deps.store.duels.get(payload.duel);
        const proof = duel === undefined ? '' : endedText(duel, say);
        const because = run === undefined ? proof : decisionText(run.decision, alphabet, say);
        const values = { alphabet: alphabet.title, version: payload.version };
        return {
          text:
            payload.kind === 'promoted'
              ? say('announce-promoted', { ...values, because })
              : `${say('announce-rolled-back', values)} ${proof}`.trim(),
        };
      }
      case 'former-better': {
        const duel = deps.store.duels.get(payload.duel);
        // Taken back, or replaced, meanwhile.
        if (duel === undefined || deps.store.champions.current(payload.alphabet) !== duel.champion) return null;
        const alphabet = deps.alphabet(payload.alphabet)?.title ?? payload.alphabet;
        return { text: say('operators-former-better', { alphabet, because: endedText(duel, say) }) };
      }
      case 'model-broken': {
        const alphabet = deps.alphabet(payload.alphabet);
        const answering = await deps.answering(payload.alphabet);
        // Mended, or replaced, meanwhile.
        if (answering === payload.version || deps.store.champions.current(payload.alphabet) !== payload.version)
          return null;
        const { version, because } = payload;
        const title = alphabet?.title ?? payload.alphabet;
        return { text: say('model-broken', { alphabet: title, version, because, answering: answering ?? 'none' }) };
      }
      case 'drift': {
        const { version, platform, block, shares } = payload;
        const percentOf = (share: number): number => Math.round(100 * share);
        const text = say('operators-drift', {
          alphabet: deps.alphabet(payload.alphabet)?.title ?? payload.alphabet,
          version,
          platform,
          before: percentOf(payload.before),
          since: percentOf(payload.since),
        });
        const title = say('chart-drift', { platform, block });
        const steps = shares.map((_, at) => String((at + 1 - shares.length) * block));
        const axes = axesOfShares(say('axis-newest'), say);
        const png = (): Uint8Array => shareChart({ title, axes, steps, lines: [{ name: title, values: shares }] });
        return { text, pictures: [{ png, alt: title, role: 'chart' }] };
      }
      case 'disk-nearly-full':
        return { text: say('operators-disk-nearly-full', { free: payload.free }) };
      case 'taught': {
        const sample = deps.store.samples.get(payload.sample);
        const alphabet = sample && deps.alphabet(sample.alphabet);
        // Withdrawn or forgotten meanwhile: then there is nothing to show.
        if (sample === undefined || alphabet === undefined || sample.withdrawnAt !== null) return null;
        return {
          text: say('announce-taught', {
            before: textOf(alphabet, payload.before),
            after: textOf(alphabet, payload.after),
          }),
          pictures: [
            {
              png: () => deps.glyphPng(sample.glyph),
              alt: sayOf(say, kindOfGlyph(sample.glyph).id)('picture-glyph'),
              role: 'glyph',
              inDoubt: true,
            },
          ],
          keyboard: [[hushButton(say)]],
        };
      }
    }
  };
}

const textOf = (alphabet: Alphabet, id: number): string => labelById(alphabet, id)?.text ?? '?';
