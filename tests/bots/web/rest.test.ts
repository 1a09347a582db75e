import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { arrive, type Visitor } from './client.ts';
import { byToken, picture, pretend, type Pretended, TOKEN } from './pretend.ts';

const seven = await picture('7');
let house: Pretended;
let program: Visitor;
beforeEach(async () => {
  house = await pretend(byToken);
  program = await arrive(house.url, 'none=');
});
afterEach(() => house.close());

const predictionIn = (body: Readonly<Record<string, unknown>>) =>
  (body['predictions'] as { id: string }[])[0]?.id ?? '';

describe('predict', () => {
  test('takes a raw picture', async () => {
    const { status, body } = await program.post('/api/v1/predict', seven);
    expect(status).toBe(200);
    expect(body).toEqual({
      predictions: [
        {
          id: 'prediction00',
          place: 0,
          line: 0,
          box: { x: 3, y: 4, width: 20, height: 30 },
          outcome: 'sure',
          alphabet: 'digits',
          modelVersion: 'digits-1',
          fromHand: false,
          candidates: [
            { label: '7', probability: 0.93 },
            { label: '1', probability: 0.04 },
            { label: '2', probability: 0.02 },
            { label: '9', probability: 0.01 },
          ],
        },
      ],
    });
  });

  test('takes a PDF of practice sheets: its pages, and what each cell asks for', async () => {
    const pdf = Buffer.from('%PDF-1.7 of two pages, more or less');
    const { status, body } = await program.post('/api/v1/predict', pdf);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      predictions: [{ id: 'sheet0000000', expected: '7' }],
      pages: [
        { page: 1, predictions: ['sheet0000000'] },
        { page: 2, predictions: [], because: 'pdf-no-sheets' },
      ],
    });
    expect((await program.post('/api/v1/predict?label=7', pdf)).body).toMatchObject({ code: 'several-characters' });
    const damaged = await program.post('/api/v1/predict', Buffer.from('%PDF-1.7'));
    expect(damaged).toMatchObject({ status: 422, body: { code: 'unreadable', because: 'damaged' } });
  });

  test('tells letter and case apart where the alphabet has cases', async () => {
    const cased = { identity: 'ж', probability: 0.98, case: { is: 'upper', probability: 0.6 } } as const;
    house.cased = cased;
    const { body } = await program.post('/api/v1/predict', seven);
    expect(body).toMatchObject({ predictions: [{ cased }] });
  });

  test('takes a form, and a label that answers at once', async () => {
    const form = new FormData();
    form.set('image', new Blob([seven]), 'seven.png');
    form.set('alphabet', 'digits');
    form.set('label', '2');
    const { status, body } = await program.post('/api/v1/predict', form);
    expect(status).toBe(200);
    expect(body['verdict']).toEqual({ prediction: 'prediction00', outcome: 'saved', kind: 'correct', label: '2' });
    const query = await program.post('/api/v1/predict?label=7', seven);
    expect(query.body['verdict']).toMatchObject({ outcome: 'saved', kind: 'confirm' });
  });

  test('names the prediction even when the label is unknown, so that it can still be answered', async () => {
    const { status, body } = await program.post('/api/v1/predict?label=Q', seven);
    expect([status, body['code']]).toEqual([422, 'unknown-label']);
    expect((await program.post(`/api/v1/predictions/${predictionIn(body)}/verdict`, { label: '7' })).status).toBe(200);
  });

  test.each([
    ['an empty body', new Uint8Array(0), {}, 422, 'empty-file'],
    ['no picture', new TextEncoder().encode('BEGIN:VCARD'), {}, 422, 'not-an-image'],
    ['another kind of content', new TextEncoder().encode('hello'), { 'content-type': 'text/html' }, 415, undefined],
    [
      'a picture that curl calls a form',
      seven,
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
      undefined,
    ],
    ['25 MB', new Uint8Array(25 * 1024 * 1024), {}, 413, undefined],
  ])('answers %s with a sentence', async (_, bytes, headers, status, because) => {
    const answer = await program.post('/api/v1/predict', bytes, headers);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.body).toMatchObject({
      status,
      title: expect.any(String) as string,
      detail: expect.any(String) as string,
    });
    expect(answer.body['because']).toBe(because);
  });

  test('refuses what it does not know, and says what it does', async () => {
    expect((await program.post('/api/v1/predict?only=words', seven)).status).toBe(400);
    expect((await program.post('/api/v1/predict?only=digits', seven)).status).toBe(200);
    const { status, body } = await program.post('/api/v1/predict?alphabet=klingon', seven);
    expect(status).toBe(422);
    expect(body).toMatchObject({
      code: 'unknown-alphabet',
      known: ['digits'],
      detail: expect.stringContaining('klingon') as string,
    });
  });

  test('says when to come again', async () => {
    house.weather.busy = true;
    const { status, headers } = await program.post('/api/v1/predict', seven);
    expect([status, headers.get('retry-after')]).toEqual([503, '3']);
  });
});

describe('a verdict', () => {
  test('may be given again but not changed, unless it is taken back', async () => {
    const id = predictionIn((await program.post('/api/v1/predict', seven)).body);
    const say = (body: unknown) => program.post(`/api/v1/predictions/${id}/verdict`, body);
    expect((await say({ label: '7' })).body).toEqual({ prediction: id, outcome: 'saved', kind: 'confirm', label: '7' });
    expect((await say({ label: '7' })).body).toEqual({ prediction: id, outcome: 'already', label: '7' });
    expect((await say({ reject: true })).body).toMatchObject({ status: 409, code: 'already-answered', label: '7' });
    expect((await say({ undo: true })).body).toEqual({ prediction: id, outcome: 'undone', label: null });
    expect((await say({ undo: true })).body).toMatchObject({ outcome: 'nothing-to-undo' });
    expect((await say({ reject: true })).body).toMatchObject({ outcome: 'saved', kind: 'reject', label: null });
    expect((await say({ label: '7' })).body).toMatchObject({ status: 409, label: null });
  });

  test('needs a known prediction, a known label and a sensible body', async () => {
    const id = predictionIn((await program.post('/api/v1/predict', seven)).body);
    const path = `/api/v1/predictions/${id}/verdict`;
    const json = { 'content-type': 'application/json' };
    const broken = new TextEncoder().encode('{"label":');
    expect((await program.post('/api/v1/predictions/nosuchprediction/verdict', { label: '7' })).status).toBe(404);
    expect((await program.post(path, { label: 'Q' })).status).toBe(422);
    expect((await program.post(path, broken, json)).body).toMatchObject({ status: 400, code: 'malformed' });
    expect((await program.post(path, { label: '7', reject: true })).status).toBe(400);
    expect((await program.post(path, {})).status).toBe(400);
    expect((await program.post(path, { reject: false })).status).toBe(400);
    expect((await program.post(path, broken, { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await program.post(path, { label: 'x'.repeat(10_000) })).status).toBe(413);
    expect([...house.answers.values()]).toMatchObject([{ label: undefined }]);
  });

  test('is the asker’s, whom a key’s owner may name', async () => {
    const key = { authorization: `Bearer ${TOKEN}` };
    const id = predictionIn((await program.post('/api/v1/predict?contributor=anna', seven, key)).body);
    const path = `/api/v1/predictions/${id}/verdict`;
    expect((await program.post(path, { label: '7' })).body).toMatchObject({ status: 403, code: 'not-yours' });
    expect((await program.post(`${path}?contributor=boris`, { label: '7' }, key)).status).toBe(403);
    expect((await program.post(`${path}?contributor=anna`, { label: '7' }, key)).status).toBe(200);
  });
});

describe('who a contributor is', () => {
  test('without a key is their address: neither cookies nor names nor headers make it another', async () => {
    const browser = await arrive(house.url);
    await program.post('/api/v1/predict', seven);
    await browser.post('/api/v1/predict', seven);
    await program.post('/api/v1/predict?contributor=somebody-else', seven);
    await program.post('/api/v1/predict', seven, { 'x-forwarded-for': '203.0.113.9' });
    expect(new Set([...house.answers.values()].map(({ owner }) => owner)).size).toBe(1);
  });

  test('behind a trusted proxy is the address that proxy saw', async () => {
    const behind = await pretend({ trustProxy: ['127.0.0.0/8'] });
    const far = await arrive(behind.url, 'none=');
    await far.post('/api/v1/predict', seven, { 'x-forwarded-for': '203.0.113.9' });
    await far.post('/api/v1/predict', seven, { 'x-forwarded-for': '203.0.113.9, 203.0.113.10' });
    expect([...behind.answers.values()].map(({ owner }) => owner)).toEqual([
      'rest address 203.0.113.9',
      'rest address 203.0.113.10',
    ]);
    await behind.close();
  });

  test('a wrong key is refused, and cannot be guessed', async () => {
    const wrong = (token: string) => program.post('/api/v1/predict', seven, { authorization: `Bearer ${token}` });
    const refused = await wrong('not-it');
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    for (let tries = 1; tries < 10; tries += 1) await wrong(`guess-${tries}`);
    expect((await wrong('guess-10')).status).toBe(429);
    expect(house.answers.size).toBe(0);
    expect((await wrong(TOKEN)).status).toBe(200);
  });
});

describe('the rest of the door', () => {
  test('lists the models, of one alphabet or all', async () => {
    const { body } = await program.get('/api/v1/models');
    expect(body['models']).toEqual([
      {
        version: 'digits-1',
        alphabet: 'digits',
        champion: true,
        createdAt: '2026-01-02T00:00:00.000Z',
        origin: 'seed',
        artifact: 'ab'.repeat(32),
        parent: null,
        snapshot: null,
        metrics: { accuracy: 0.99 },
      },
    ]);
    expect((await program.get('/api/v1/models?alphabet=digits')).body).toEqual(body);
    expect((await program.get('/api/v1/models?alphabet=klingon')).body).toMatchObject({ status: 422 });
  });

  test('describes itself from the schemas that check it', async () => {
    const { body } = await program.get('/api/v1/openapi.json');
    const paths = body['paths'] as Record<
      string,
      Record<string, { responses: object; requestBody?: { content: object } }>
    >;
    expect(body['openapi']).toBe('3.1.0');
    expect(Object.keys(paths)).toEqual([
      '/api/v1/predict',
      '/api/v1/predictions/{id}/verdict',
      '/api/v1/models',
      '/healthz',
      '/readyz',
    ]);
    const predict = paths['/api/v1/predict']?.['post'];
    expect(Object.keys(predict?.requestBody?.content ?? {})).toEqual([
      'multipart/form-data',
      'image/*',
      'application/octet-stream',
      'application/pdf',
    ]);
    expect(Object.keys(predict?.responses ?? {})).toEqual([
      '200',
      '400',
      '401',
      '403',
      '408',
      '413',
      '415',
      '422',
      '429',
      '500',
      '503',
      '507',
    ]);
    expect(JSON.stringify(body)).toContain('"format":"binary"');
  });

  test('knows its addresses and their methods', async () => {
    expect((await program.get('/api/v1/nothing')).body).toMatchObject({ status: 404, code: 'not-found' });
    const wrong = await program.get('/api/v1/predict');
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'POST']);
    expect(wrong.headers.get('content-type')).toBe('application/problem+json');
    expect((await program.post('/api/v1/models', {})).headers.get('allow')).toBe('GET, HEAD');
  });

  test('speaks the caller’s language', async () => {
    const { body } = await program.get('/api/v1/nothing', { 'accept-language': 'ja' });
    expect(body['detail']).toBe('このアドレスには何もありません。');
  });
});
