// What the REST door takes and gives: these schemas check the one and describe both in /api/v1/openapi.json.
import { z } from '@hono/zod-openapi';
import { onlys } from '../../src/alphabet/only.ts';
import { PREDICTION_ID_LENGTH } from '../../src/recognition/outcomes.ts';

const candidateSchema = z
  .object({
    label: z.string().openapi({ example: '7' }),
    probability: z.number().min(0).max(1).openapi({ description: 'Calibrated.', example: 0.97 }),
  })
  .openapi('Candidate');

const casedSchema = z
  .object({
    identity: z.string().openapi({ description: 'The letter without its case.', example: 'ж' }),
    probability: z.number().openapi({ description: 'That it is this letter, in either case.', example: 0.98 }),
    case: z
      .object({
        is: z.enum(['upper', 'lower']),
        probability: z.number().min(0).max(1).openapi({ description: 'If it is this letter.', example: 0.61 }),
      })
      .nullable()
      .openapi({ description: 'null: this character has no case.' }),
  })
  .openapi('Cased');

const predictionSchema = z
  .object({
    id: z.string().openapi({ description: 'For a verdict, within the time predictions are kept.' }),
    box: z
      .object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })
      .openapi({ description: 'Where the character is, in pixels of the upright picture.' }),
    place: z.int().openapi({ description: 'In reading order, from 0.' }),
    line: z.int().openapi({ description: 'The line of text that it stands in, from 0.' }),
    outcome: z
      .enum(['sure', 'unsure', 'not-a-character', 'no-model'])
      .openapi({ description: 'What the product itself would say: assert, ask, doubt, or have no model yet.' }),
    alphabet: z.string().openapi({ example: 'digits' }),
    modelVersion: z.string().openapi({ example: 'digits-3' }),
    candidates: z.array(candidateSchema).openapi({ description: 'Best first.' }),
    fromHand: z
      .boolean()
      .openapi({ description: 'The sender’s own samples decided: the model alone would have answered otherwise.' }),
    cased: casedSchema.optional().openapi({ description: 'Letter and case apart, in alphabets that have cases.' }),
    expected: z.string().optional().openapi({ description: 'Of a practice sheet: the character its cell asks for.' }),
  })
  .openapi('Prediction');

export const verdictSchema = z
  .object({
    prediction: z.string(),
    outcome: z
      .enum(['saved', 'already', 'undone', 'nothing-to-undo'])
      .openapi({ description: 'already: the same answer was given before; nothing changed.' }),
    kind: z.enum(['confirm', 'correct', 'reject']).optional(),
    label: z.string().nullable().openapi({ description: 'null: not a character, or nothing.' }),
  })
  .openapi('Verdict');

export const PredictResult = z
  .object({
    predictions: z.array(predictionSchema).min(1).openapi({ description: 'One a character, in reading order.' }),
    main: z.int().optional().openapi({
      description: 'Place of the character that the picture is about, where other writing stands beside it.',
    }),
    more: z.literal(true).optional().openapi({ description: 'There are more characters than are read at once.' }),
    pages: z
      .array(
        z.object({
          page: z.int().openapi({ description: 'From 1.' }),
          predictions: z.array(z.string()).openapi({ description: 'Ids of those of this page.' }),
          because: z.string().optional().openapi({ description: 'Why the page could not be read.' }),
        }),
      )
      .optional()
      .openapi({ description: 'Of a PDF of practice sheets: its pages.' }),
    verdict: verdictSchema.optional(),
    verdicts: z
      .array(verdictSchema)
      .optional()
      .openapi({ description: 'With `labels`: of each character that found its label.' }),
  })
  .openapi('PredictResult');

export const predictQuery = z.object({
  alphabet: z.string().max(64).optional().openapi({ description: 'An alphabet’s id; the default one without it.' }),
  only: z.enum(onlys).optional().openapi({
    description: 'Read letters alone, or digits alone, of an alphabet that has both.',
  }),
  label: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .openapi({ description: 'What it really is: confirms or corrects in the same call.' }),
  labels: z.string().min(1).max(1000).optional().openapi({
    description:
      'What all of it really is, in reading order; where a character was missed or found too much, only what is beyond doubt is saved.',
    example: 'あいうえお',
  }),
  contributor: z
    .string()
    .min(1)
    .max(128)
    .optional()
    .openapi({ description: 'With a valid key: whom the verdict is from, by a name of yours.' }),
});

const binary = z.any().openapi({ type: 'string', format: 'binary' });

export const pictureContent = {
  'multipart/form-data': { schema: predictQuery.extend({ image: binary }) },
  'image/*': { schema: binary },
  'application/octet-stream': { schema: binary },
  'application/pdf': { schema: binary },
};

export const verdictBody = z
  .union([
    z.strictObject({ label: z.string().min(1).max(64) }).openapi({ title: 'It is this character' }),
    z.strictObject({ reject: z.literal(true) }).openapi({ title: 'It is not a character' }),
    z.strictObject({ undo: z.literal(true) }).openapi({ title: 'Take the verdict back' }),
  ])
  .openapi('VerdictRequest');

export const predictionParams = z.object({
  id: z.string().openapi({ param: { name: 'id', in: 'path' }, example: 'A'.repeat(PREDICTION_ID_LENGTH) }),
});

export const contributorQuery = predictQuery.pick({ contributor: true });
export const modelsQuery = predictQuery.pick({ alphabet: true });

export const Model = z
  .object({
    version: z.string().openapi({ example: 'digits-3' }),
    alphabet: z.string(),
    champion: z.boolean().openapi({ description: 'Whether it answers now.' }),
    createdAt: z.iso.datetime(),
    origin: z.enum(['seed', 'run']),
    artifact: z.string().openapi({ description: 'Hash of the model file.' }),
    parent: z.string().nullable(),
    snapshot: z.string().nullable(),
    metrics: z.unknown(),
  })
  .openapi('Model');

export const ModelList = z.object({ models: z.array(Model) }).openapi('ModelList');

export const Alive = z.object({ status: z.literal('ok') }).openapi('Alive');

export const Readiness = z
  .object({
    status: z.enum(['ready', 'not-ready']),
    parts: z.record(
      z.string(),
      z.object({
        state: z.enum(['up', 'starting', 'down']),
        because: z.string().optional().openapi({ description: 'down: a sentence with the remedy.' }),
      }),
    ),
  })
  .openapi('Readiness');

const Problem = z
  .object({
    type: z.string().openapi({ example: 'urn:inkloop:problem:unknown-label' }),
    title: z.string(),
    status: z.int(),
    code: z.string().openapi({ example: 'unknown-label' }),
    detail: z.string().openapi({ description: 'A sentence in the language of Accept-Language.' }),
    because: z.string().optional().openapi({
      description: 'unreadable: why, such as blank, too-faint or several-characters.',
      example: 'too-faint',
    }),
    known: z.array(z.string()).optional().openapi({ description: 'unknown-alphabet: those there are.' }),
    label: z.string().nullable().optional().openapi({ description: 'already-answered: the answer that stands.' }),
    predictions: z
      .array(predictionSchema)
      .optional()
      .openapi({ description: 'A label that could not be saved: what was read, which can still be answered.' }),
    errors: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .openapi({ description: 'malformed: where, as far as it is known.' }),
  })
  .openapi('Problem');

/** The error answers of a route: the statuses that it can give, and ours when something fails here. */
export function problemAnswers(meanings: Readonly<Record<number, string>>) {
  const content = { 'application/problem+json': { schema: Problem } };
  return Object.fromEntries(
    Object.entries({ ...meanings, 500: 'Something failed on our side; nothing was saved by halves' }).map(
      ([status, description]) => [status, { description, content }],
    ),
  );
}
