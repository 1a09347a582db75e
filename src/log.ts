// One log: a JSON object a line on standard error (in a terminal a line to read), without secrets. Standard output belongs to what was asked for.
import { pino, stdSerializers, type Logger } from 'pino';
import { readable } from './log-lines.ts';

export type Log = Logger;

/** Bot tokens as they stand in URLs, errors and headers of both platforms. */
const secrets = [
  /\b(bot)?\d{5,}:[\w-]{20,}/g,
  /\b[\w-]{20,}\.[\w-]{5,}\.[\w-]{20,}\b/g,
  /(\/\/[^/\s:@]*:)[^/\s@]+(?=@)/g,
];

/** Replaces everything that looks like a token, and each of the `known` ones, by ‹secret›. */
export function redact(text: string, known: readonly string[] = []): string {
  let clean = text;
  for (const secret of known) if (secret !== '') clean = clean.replaceAll(secret, '‹secret›');
  for (const pattern of secrets)
    clean = clean.replace(pattern, (_, before?: unknown) =>
      typeof before === 'string' && before.startsWith('//') ? `${before}‹secret›` : '‹secret›',
    );
  return clean;
}

/** Makes the log. `known` are the secrets of this process: they never reach a line, wherever they stood. */
export function makeLog(level: string, known: readonly string[] = []): Log {
  // As a line of JSON spells them.
  const spelt = known.map((secret) => JSON.stringify(secret).slice(1, -1));
  return pino(
    { level, base: null, serializers: { err: stdSerializers.errWithCause } },
    {
      write(line: string) {
        const clean = redact(line, spelt);
        process.stderr.write(process.stderr.isTTY ? readable(clean) : clean);
      },
    },
  );
}
