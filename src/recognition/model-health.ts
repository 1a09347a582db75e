// What probes and operators are told of models that should answer and cannot be loaded.
import type { Champions } from '../model/champion.ts';
import type { Health } from '../health.ts';

/** Up while nothing is broken; else down, with a sentence that names each version and who answers in its place. */
export function modelHealth(broken: ReturnType<Champions['broken']>): Health {
  if (broken.length === 0) return { state: 'up' };
  const because = broken
    .map(({ version, because: why, instead }) => {
      const place = instead === null ? 'nobody answers' : `${instead} answers in its place`;
      return `${version} cannot be loaded (${why.replace(/\.$/, '')}): ${place}`;
    })
    .join('; ');
  return { state: 'down', because: `${because}. "npx inkloop doctor" says what to do.` };
}
