// The argument of commands about one contributor: the key that /contributors shows.
import type { Moderate } from '../../recognition/moderate.ts';
import { reply, type Command, type CommandName, type Heard } from '../command.ts';
import type { Reply } from '../event.ts';

export interface AboutContributor {
  readonly moderate: Moderate;
}

/** An operators' command about the contributor whose key was written behind it. */
export function aboutContributor(
  { moderate }: AboutContributor,
  name: CommandName,
  run: (heard: Heard, who: { readonly id: number; readonly key: string }) => readonly Reply[],
): Command {
  return {
    name,
    operatorsOnly: true,
    argument: { name: 'command-argument-contributor', description: 'command-argument-contributor-description' },
    run(heard, rest) {
      if (rest === '') return reply(heard.say('contributor-usage', { command: name }));
      const found = moderate.find(rest);
      if (found === undefined) return reply(heard.say('contributor-unknown', { key: rest }));
      return run(heard, { id: found.id, key: rest.toLowerCase() });
    },
  };
}
