// /sheet: anybody gets a practice sheet as a file, of what they asked for or of what is least known.
import { expect, test } from 'vitest';
import { ann, messageOf, openScene } from '../support/chat-scene.ts';

test('a sheet is sent as a file, in the language of whoever asked', async () => {
  const scene = openScene();
  try {
    const sent = messageOf(await scene.type(ann, '/sheet'));
    expect(sent.text).toContain('practice sheet');
    expect(sent.files?.map(({ name }) => name)).toEqual(['sheet-digits.pdf']);
    expect(Buffer.from(sent.files?.[0]?.bytes ?? []).toString('latin1', 0, 5)).toBe('%PDF-');
    const ukrainian = messageOf(await scene.type({ ...ann, language: 'uk' }, '/sheet усе letter'));
    expect(ukrainian.text).toContain('аркуш');
    expect(messageOf(await scene.type(ann, '/sheet 1 2 x')).text).toContain('x is not among 0–9');
  } finally {
    scene.close();
  }
});

test('a photo of a sheet that cannot be read is told why', async () => {
  const scene = openScene();
  try {
    scene.reading = { outcome: 'sheet-half' };
    expect(messageOf(await scene.photo(ann)).text).toContain('four corner rings');
  } finally {
    scene.close();
  }
});
