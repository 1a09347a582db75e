// The log for whoever sits before it: a line of JSON becomes the hour, how bad it is, a sentence, and what belongs to it. Pure.

const levels: Readonly<Record<number, string>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warning',
  50: 'error',
  60: 'fatal',
};

interface Entry {
  readonly level?: number;
  readonly time?: number;
  readonly msg?: string;
  readonly err?: { readonly message?: string; readonly stack?: string };
  readonly [key: string]: unknown;
}

/** What is no JSON stays as it is. */
export function readable(line: string): string {
  let entry: Entry;
  try {
    entry = JSON.parse(line) as Entry;
  } catch {
    return line;
  }
  const { level = 30, time = 0, msg = '', err, ...more } = entry;
  const hour = new Date(time).toTimeString().slice(0, 8);
  const what = level === 30 ? '' : `${levels[level] ?? String(level)}: `;
  const details = Object.entries(more).map(
    ([key, value]) => `${key} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const because = err?.message === undefined ? [] : [err.message];
  const all = [...because, ...details].join(', ');
  // Where it came from helps with what nobody expected.
  const from = level >= 50 && err?.stack !== undefined ? `\n${err.stack.split('\n').slice(1).join('\n')}` : '';
  return `${hour} ${what}${msg}${all === '' ? '' : ` (${all})`}${from}\n`;
}
