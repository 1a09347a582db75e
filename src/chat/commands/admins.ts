// /admins: who the operators are; adding and removing them.
import { signatureOf } from '../../recognition/moderate.ts';
import type { People } from '../../recognition/people.ts';
import type { Store } from '../../store/store.ts';
import { reply, textArgument, type Command, type Heard } from '../command.ts';

export function adminsCommand(deps: {
  readonly store: Pick<Store, 'acts' | 'atomically'>;
  readonly people: Pick<People, 'keyHash' | 'operators' | 'addOperator' | 'removeOperator'>;
  /** Whether `platform:id` can be made an operator. */
  readonly isPerson: (who: string) => boolean;
  /** Told after somebody (`platform:id`) became an operator or ceased to be one. */
  readonly operatorChanged: (who: string, isOperator: boolean) => void;
  readonly now: () => number;
}): Command {
  const { store, people } = deps;
  /** Does it, and writes down who did; neither where nothing came of it. */
  const noted = (
    { speaker }: Heard,
    what: 'admin-add' | 'admin-remove',
    subject: string,
    work: () => boolean,
  ): boolean =>
    store.atomically(() => {
      const done = work();
      if (done) store.acts.add({ at: deps.now(), who: signatureOf(people, speaker), what, subject });
      return done;
    });
  return {
    name: 'admins',
    operatorsOnly: true,
    argument: textArgument,
    run(heard, rest) {
      const { say } = heard;
      if (rest === '') {
        const list = people.operators().map((each) => each.who);
        return reply(list.length === 0 ? say('admins-none') : say('admins-list', { list: list.join(', ') }));
      }
      const [, what, who] = /^(add|remove)\s+(\S+)$/.exec(rest) ?? [];
      if (who === undefined || !deps.isPerson(who)) return reply(say('admins-usage'));
      if (what === 'add') {
        if (noted(heard, 'admin-add', who, () => people.addOperator(who))) deps.operatorChanged(who, true);
        return reply(say('admins-added', { who }));
      }
      if (!noted(heard, 'admin-remove', who, () => people.removeOperator(who))) {
        return reply(say('admins-fixed', { who }));
      }
      deps.operatorChanged(who, false);
      return reply(say('admins-removed', { who }));
    },
  };
}
