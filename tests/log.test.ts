// The log: no secret of this process reaches a line, wherever it stood and however a line of JSON spells it.
import { afterEach, expect, onTestFinished, test } from 'vitest';
import { makeLog } from '../src/log.ts';
import { readable } from '../src/log-lines.ts';

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

test('in a terminal a line is for reading, elsewhere it is JSON; neither has a secret', () => {
  const say = (log: ReturnType<typeof makeLog>): void => {
    log.info({ bot: 'ink', by: 'polling' }, 'listening');
    log.warn({ err: new Error('gone: s3cret') }, 'trouble');
  };
  const { isTTY } = process.stderr;
  onTestFinished(() => void (process.stderr.isTTY = isTTY));
  process.stderr.isTTY = false;
  const [first = ''] = written(['s3cret'], say).split('\n');
  expect(JSON.parse(first)).toMatchObject({ level: 30, bot: 'ink', msg: 'listening' });
  process.stderr.isTTY = true;
  const lines = written(['s3cret'], say).trimEnd().split('\n');
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d listening \(bot ink, by polling\)$/);
  expect(lines[1]).toMatch(/^\d\d:\d\d:\d\d warning: trouble \(gone: ‹secret›\)$/);
});

test('what nobody expected is told with the place where it came from', () => {
  const text = readable(
    JSON.stringify({ level: 50, time: 0, msg: 'broken', err: { message: 'no', stack: 'Error: no\n    at here' } }),
  );
  expect(text.slice(9)).toBe('error: broken (no)\n    at here\n');
  expect(readable('not JSON')).toBe('not JSON');
});
