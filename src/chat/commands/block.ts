// /block and /unblock: a contributor teaches no more, or again.
import { signatureOf } from '../../recognition/moderate.ts';
import type { People } from '../../recognition/people.ts';
import { reply, type Command } from '../command.ts';
import { aboutContributor, type AboutContributor } from './about-contributor.ts';

interface Deps extends AboutContributor {
  readonly people: Pick<People, 'keyHash'>;
}

export const blockCommand = (deps: Deps, name: 'block' | 'unblock'): Command =>
  aboutContributor(deps, name, ({ speaker, say }, { id, key }) => {
    const changed = deps.moderate.setBlocked(id, name === 'block', signatureOf(deps.people, speaker));
    return reply(changed ? say(`${name}-done`, { key }) : say(`${name}-already`, { key }));
  });
