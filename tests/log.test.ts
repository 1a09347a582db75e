// The log: no secret of this process reaches a line, wherever it stood and however a line of JSON spells it.
import { afterEach, expect, test } from 'vitest';
import { makeLog } from '../src/log.ts';

const { write } = process.stderr;
afterEach(() => {
  process.stderr.write = write;
});

/** What the log writes while `work` uses it. */
function written(known: readonly string[], work: (log: ReturnType<typeof makeLog>) => void): string {
  let text = '';
  process.stderr.write = (line) => {
    text += String(line);
    return true;
  };
  work(makeLog('info', known));
  return text;
}

test('a password among the arguments that a client hangs on its error', () => {
  const refused = Object.assign(new Error('WRONGPASS'), {
    command: { name: 'hello', args: ['3', 'AUTH', 'p@ssw0rd'] },
  });
  const text = written(['p@ssw0rd'], (log) => log.warn({ err: refused }, 'trouble with Redis'));
  expect(text).toContain('WRONGPASS');
  expect(text).not.toContain('p@ssw0rd');
});

test('a secret with a quotation mark and a backslash', () => {
  const secret = String.raw`half"and\half`;
  const text = written([secret], (log) => log.warn({ because: secret }, 'said'));
  expect(JSON.parse(text)).toMatchObject({ because: '‹secret›' });
});
