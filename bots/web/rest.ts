// The REST door: predict, answer, list. Programs come without cookies, so a contributor here is an address, or whom the
// key's owner names.
import type { OpenAPIHono } from '@hono/zod-openapi';
import { onlys } from '../../src/alphabet/only.ts';
import type { Speaker } from '../../src/recognition/people.ts';
import type { Chat } from '../../src/recognition/person.ts';
import { isPdf } from '../../src/glyph/sniff.ts';
import type { VerdictWord } from '../../src/recognition/outcomes.ts';
import { MOST_UPLOAD_BYTES, pictureType, readUpload } from './body.ts';
import { clientAddress, householdOf, neighbourhoodOf } from './caller.ts';
import { type Call, type Env, Refusal } from './context.ts';
import { ANSWER_WITHIN_MS, type WebDeps } from './deps.ts';
import type { Intake } from './intake.ts';
import type { OperatorSessions } from './operators.ts';
import { settled, shown, stacked, unknownAlphabet, unreadable, written } from './rest-answers.ts';
import { aliveRoute, describe, modelsRoute, predictRoute, readyRoute, verdictRoute } from './rest-document.ts';

export interface RestDeps extends Pick<WebDeps, 'recognition' | 'meet' | 'models' | 'alphabets' | 'ready'> {
  readonly operators: OperatorSessions;
  readonly intake: Intake;
}

export function restRoutes(app: OpenAPIHono<Env>, deps: RestDeps): void {
  const { recognition, operators, intake } = deps;

  function caller(c: Call, contributor: string | undefined): { speaker: Speaker; chat: Chat } {
    const trusted = isTrusted(c, operators);
    const id = trusted
      ? `rest name ${contributor ?? ''}`
      : `rest address ${householdOf(clientAddress(c.get('facts')))}`;
    return {
      speaker: deps.meet({
        platform: 'web',
        id,
        language: c.get('language'),
        neighbourhood: neighbourhoodOf(clientAddress(c.get('facts'))),
        operator: trusted,
        relayed: trusted && contributor !== undefined,
      }),
      chat: { id, kind: 'private', isChatAdmin: () => Promise.resolve(true) },
    };
  }

  /** Whoever sends an answer over REST agrees by it, as the document says: here is nobody to ask. */
  async function agreed<T extends { readonly outcome: string }>(
    by: { readonly speaker: Speaker; readonly chat: Chat },
    answer: () => Promise<T>,
  ): Promise<T> {
    const first = await answer();
    if (first.outcome !== 'agree-first') return first;
    await recognition.agree(by);
    return answer();
  }

  app.openapi({ ...predictRoute, middleware: [pictureType, intake.body(MOST_UPLOAD_BYTES)] as const }, async (c) => {
    const { bytes, field } = await readUpload(c);
    const query = c.req.valid('query');
    const alphabet = query.alphabet ?? field('alphabet');
    const only = query.only ?? onlys.find((each) => each === field('only'));
    const label = query.label ?? field('label');
    const labels = query.labels ?? field('labels');
    const { speaker, chat } = caller(c, query.contributor ?? field('contributor'));
    const asked = { bytes, speaker, chat, address: { rest: true }, signal: c.get('leaving') };
    if (isPdf(bytes)) {
      const stack = stacked(c, await recognition.recogniseStack(asked));
      if (label === undefined && labels === undefined) return c.json(stack, 200);
      throw new Refusal('several-characters', { members: { predictions: stack.predictions } });
    }
    const read = await recognition.recognise({
      ...asked,
      withinMs: ANSWER_WITHIN_MS,
      ...(alphabet !== undefined && { alphabet }),
      ...(only !== undefined && { only }),
      ...((label ?? labels) !== undefined && { told: true }),
    });
    switch (read.outcome) {
      case 'busy':
        throw new Refusal('busy', read);
      case 'disk-nearly-full':
        throw new Refusal('disk-nearly-full');
      case 'pictures-full':
        throw new Refusal('pictures-full');
      // Here one picture comes at a time.
      case 'one-by-one':
        throw new Refusal('malformed');
      case 'unknown-alphabet':
        throw unknownAlphabet(read.alphabet, read.known);
      case 'unreadable':
        throw unreadable(c, read.because);
      case 'predictions':
    }
    const predictions = read.predictions.map(shown);
    const { main, more } = read;
    const whole = { predictions, ...(main !== undefined && { main }), ...(more && { more }) };
    if (labels !== undefined) {
      const verdicts = written(
        await agreed({ speaker, chat }, () =>
          recognition.answerAll({ prediction: read.predictions[0].id, text: labels, speaker, chat }),
        ),
        { predictions },
      );
      return c.json({ ...whole, verdicts }, 200);
    }
    if (label === undefined) return c.json(whole, 200);
    if (read.predictions.length > 1) throw new Refusal('several-characters', { members: { predictions } });
    const [{ id }] = read.predictions;
    const verdict: VerdictWord = { kind: 'label', label: { text: label } };
    const answered = await agreed({ speaker, chat }, () =>
      recognition.answer({ prediction: id, verdict, speaker, chat }),
    );
    return c.json({ ...whole, verdict: settled(c, id, answered, { predictions }) }, 200);
  });

  app.openapi({ ...verdictRoute, middleware: [intake.body(4096)] as const }, async (c) => {
    const prediction = c.req.valid('param').id;
    const body = c.req.valid('json');
    const { speaker, chat } = caller(c, c.req.valid('query').contributor);
    if ('undo' in body) {
      const undone = await recognition.undo({ prediction, speaker, chat });
      if (undone.outcome === 'unknown-prediction' || undone.outcome === 'not-yours') throw new Refusal(undone.outcome);
      return c.json({ prediction, outcome: undone.outcome, label: null }, 200);
    }
    const verdict: VerdictWord = 'reject' in body ? { kind: 'reject' } : { kind: 'label', label: { text: body.label } };
    const answered = await agreed({ speaker, chat }, () => recognition.answer({ prediction, verdict, speaker, chat }));
    return c.json(settled(c, prediction, answered), 200);
  });

  app.openapi(modelsRoute, (c) => {
    const { alphabet } = c.req.valid('query');
    const known = deps.alphabets().map(({ id }) => id);
    if (alphabet !== undefined && !known.includes(alphabet)) throw unknownAlphabet(alphabet, known);
    const models = deps
      .models()
      .filter((each) => alphabet === undefined || each.alphabet === alphabet)
      .map((each) => ({ ...each, createdAt: new Date(each.createdAt).toISOString() }));
    return c.json({ models }, 200);
  });

  app.openapi(aliveRoute, (c) => c.json({ status: 'ok' as const }, 200));

  app.openapi(readyRoute, async (c) => {
    const parts = await deps.ready();
    c.header('cache-control', 'no-store');
    return Object.values(parts).every(({ state }) => state === 'up')
      ? c.json({ status: 'ready' as const, parts }, 200)
      : c.json({ status: 'not-ready' as const, parts }, 503);
  });

  describe(app);
}

/** Whether the caller showed the owner's key; a wrong one is refused rather than ignored. */
function isTrusted(c: Call, operators: OperatorSessions): boolean {
  const authorization = c.req.header('authorization');
  if (authorization === undefined) return false;
  const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? '';
  const result = operators.checkToken(token, neighbourhoodOf(clientAddress(c.get('facts'))));
  if (result.outcome === 'too-many-attempts') throw new Refusal(result.outcome, result);
  if (result.outcome !== 'right') throw new Refusal('wrong-token', { headers: { 'www-authenticate': 'Bearer' } });
  return true;
}
