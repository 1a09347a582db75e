// The REST door as its document tells it: paths, what they take, what they answer, and what the whole is.
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { MAX_BYTES } from '../../src/glyph/inspect.ts';
import type { Env } from './context.ts';
import * as schemas from './schemas.ts';

const asJson = <S>(schema: S) => ({ 'application/json': { schema } });
const key = [{}, { key: [] }];

export const predictRoute = createRoute({
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

export const verdictRoute = createRoute({
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

export const modelsRoute = createRoute({
  method: 'get',
  path: '/api/v1/models',
  summary: 'The model versions there are, newest first',
  request: { query: schemas.modelsQuery },
  responses: {
    200: { description: 'The versions', content: asJson(schemas.ModelList) },
    ...schemas.problemAnswers({ 400: 'The query is malformed', 422: 'There is no such alphabet' }),
  },
});

export const aliveRoute = createRoute({
  method: 'get',
  path: '/healthz',
  summary: 'Whether the process is alive; /readyz tells how its parts are',
  responses: { 200: { description: 'It is', content: asJson(schemas.Alive) } },
});

export const readyRoute = createRoute({
  method: 'get',
  path: '/readyz',
  summary: 'Whether everything configured works: platforms, queue and models',
  responses: {
    200: { description: 'All of it', content: asJson(schemas.Readiness) },
    503: { description: 'Not all: `because` says what to do', content: asJson(schemas.Readiness) },
  },
});

/** The document itself, at a path of its own. */
export function describe(app: OpenAPIHono<Env>): void {
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
