// The REST door: predict, answer, list. Programs come without cookies, so a contributor here is an address, or whom the
// key's owner names.
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { onlys } from '../../src/alphabet/only.ts';
import { MAX_BYTES } from '../../src/glyph/inspect.ts';
import type { Speaker } from '../../src/recognition/people.ts';
import type { Chat } from '../../src/recognition/person.ts';
import type { Answered, AnsweredAll, Prediction, VerdictWord } from '../../src/recognition/outcomes.ts';
import { MOST_UPLOAD_BYTES, pictureType, readUpload } from './body.ts';
import { clientAddress, householdOf, neighbourhoodOf } from './caller.ts';
import { type Call, type Env, Refusal } from './context.ts';
import { ANSWER_WITHIN_MS, type WebDeps } from './deps.ts';
import type { Intake } from './intake.ts';
import type { OperatorSessions } from './operators.ts';
import * as schemas from './schemas.ts';

export interface RestDeps extends Pick<WebDeps, 'recognition' | 'meet' | 'models' | 'alphabets' | 'ready'> {
  readonly operators: OperatorSessions;
  readonly intake: Intake;
}

const asJson = <S>(schema: S) => ({ 'application/json': { schema } });
const key = [{}, { key: [] }];

const predictRoute = createRoute({
  method: 'post',
  path: '/api/v1/predict',
  summary: 'Read a picture of a handwritten character',
  security: key,
  // Not `required`: then a raw picture would be checked as a form.
  request: { query: schemas.predictQuery, body: { content: schemas.pictureContent } },
  responses: {
    200: { description: 'What was read', content: asJson(schemas.PredictResult) },
    ...schemas.problemAnswers({
      400: 'The form is malformed or has no field `image`',
      401: 'The key is wrong',
      403: 'It came from another site’s page',
      408: 'The picture came too slowly',
      413: `The picture has more than ${MAX_BYTES / 2 ** 20} MB`,
      415: 'Neither a form nor a picture',
      422: 'The picture cannot be read, or the alphabet or the label is unknown (`code` says which)',
      429: 'Too many verdicts, or too many wrong keys',
      503: 'Busy: try again after Retry-After seconds',
      507: 'The disk is nearly full, or photos take all the room that they may: verdicts are still saved',
    }),
  },
});

const verdictRoute = createRoute({
  method: 'post',
  path: '/api/v1/predictions/{id}/verdict',
  summary: 'Say what a predicted character really is, or take that back',
  security: key,
  request: {
    params: schemas.predictionParams,
    query: schemas.contributorQuery,
    body: { content: asJson(schemas.verdictBody), required: true },
  },
  responses: {
    200: { description: 'Saved, or already saved with the same answer', content: asJson(schemas.verdictSchema) },
    ...schemas.problemAnswers({
      400: 'The body is malformed',
      401: 'The key is wrong',
      403: 'Somebody else’s prediction, or it came from another site’s page',
      404: 'There is no such prediction (any more)',
      409: 'It was answered differently: undo first',
      413: 'The body has more than 4 KB',
      415: 'The body is not JSON',
      422: 'The alphabet has no such label',
      429: 'Too many verdicts in an hour, or too many wrong keys',
    }),
  },
});

const modelsRoute = createRoute({
  method: 'get',
  path: '/api/v1/models',
  summary: 'The model versions there are, newest first',
  request: { query: schemas.modelsQuery },
  responses: {
    200: { description: 'The versions', content: asJson(schemas.ModelList) },
    ...schemas.problemAnswers({ 400: 'The query is malformed', 422: 'There is no such alphabet' }),
  },
});

const aliveRoute = createRoute({
  method: 'get',
  path: '/healthz',
  summary: 'Whether the process is alive; /readyz tells how its parts are',
  responses: { 200: { description: 'It is', content: asJson(schemas.Alive) } },
});

const readyRoute = createRoute({
  method: 'get',
  path: '/readyz',
  summary: 'Whether everything configured works: platforms, queue and models',
  responses: {
    200: { description: 'All of it', content: asJson(schemas.Readiness) },
    503: { description: 'Not all: `because` says what to do', content: asJson(schemas.Readiness) },
  },
});

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
    const read = await recognition.recognise({
      bytes,
      speaker,
      chat,
      address: { rest: true },
      signal: c.get('leaving'),
      withinMs: ANSWER_WITHIN_MS,
      ...(alphabet !== undefined && { alphabet }),
      ...(only !== undefined && { only }),
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
        throw new Refusal('unreadable', {
          detail: c.get('say')(`unreadable-${read.because}`),
          members: { because: read.because },
        });
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

  app.openAPIRegistry.registerComponent('securitySchemes', 'key', {
    type: 'http',
    scheme: 'bearer',
    description:
      'ADMIN_TOKEN. With it, `contributor` names whom a verdict is from, and the hourly limit is a known person’s.',
  });
  app.doc31('/api/v1/openapi.json', {
    openapi: '3.1.0',
    info: {
      title: 'Inkloop',
      version: '1',
      description:
        'Reads handwritten characters and learns from verdicts. Sending a verdict (or a label with a picture) agrees to that: the cut-out character (in an alphabet of pictures a small copy of the picture) and the answer are kept, no more of the picture and no address, and models learn from them for everybody here; `undo` takes it back. The owner, with their key, answers for what they send and pass on.',
    },
  });
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

function shown({ id, box, place, line, outcome, alphabet, modelVersion, candidates, cased, fromHand }: Prediction) {
  return {
    id,
    box,
    place,
    line,
    outcome,
    alphabet,
    modelVersion,
    candidates: candidates.map(({ label, probability }) => ({ label, probability })),
    fromHand: fromHand === true,
    ...(cased && { cased }),
  };
}

/** The verdicts of a written line; throws the refusal where none could be saved. */
function written(answered: AnsweredAll, members: Readonly<Record<string, unknown>>) {
  if (answered.outcome === 'unknown-label') {
    throw new Refusal('unknown-label', { values: { label: answered.label, alphabet: answered.alphabet }, members });
  }
  if (answered.outcome !== 'answered') throw new Refusal(answered.outcome, { members });
  const { retryAfterSeconds, saved } = answered;
  if (saved === 0 && retryAfterSeconds !== undefined) {
    throw new Refusal('too-many-verdicts', { retryAfterSeconds, members });
  }
  return answered.glyphs.flatMap(({ prediction, answer }) =>
    answer === null
      ? []
      : [{ prediction: prediction.id, outcome: 'saved' as const, kind: answer.kind, label: answer.label }],
  );
}

function unknownAlphabet(alphabet: string, known: readonly string[]): Refusal {
  return new Refusal('unknown-alphabet', { values: { alphabet, known: known.join(', ') }, members: { known } });
}

/** The answer to a verdict that stands; throws the refusal of one that does not, with `members` beside it. */
function settled(c: Call, prediction: string, answered: Answered, members: Readonly<Record<string, unknown>> = {}) {
  switch (answered.outcome) {
    case 'saved':
      return { prediction, outcome: 'saved' as const, kind: answered.kind, label: answered.label };
    case 'already':
      if (answered.same) return { prediction, outcome: 'already' as const, label: answered.label };
      throw new Refusal('already-answered', {
        detail: c.get('say')(
          answered.label === null ? 'already-rejected' : 'already-saved',
          answered.label === null ? {} : { label: answered.label },
        ),
        members: { label: answered.label, ...members },
      });
    case 'unknown-label':
      throw new Refusal('unknown-label', { values: { label: answered.label, alphabet: answered.alphabet }, members });
    case 'too-many':
      throw new Refusal('too-many-verdicts', { retryAfterSeconds: answered.retryAfterSeconds, members });
    case 'unknown-prediction':
    case 'not-yours':
    case 'blocked':
    case 'agree-first':
    case 'not-agreed':
    case 'only-read':
      throw new Refusal(answered.outcome, { members });
  }
}
