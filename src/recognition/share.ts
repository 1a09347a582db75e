// Whose turn it is goes by platform, then by neighbourhood where one is known, then by person.
import type { Share } from '../fairness/shares.ts';
import type { Speaker } from './people.ts';

export function shareOf({ platform, neighbourhood, id }: Speaker): Share {
  return neighbourhood === undefined ? [platform, id] : [platform, neighbourhood, id];
}
