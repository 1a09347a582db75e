// /privacy: what is kept, whether somebody agreed to teach, and the way to agree or to take it back, which is /forget.
import { CONSENT_TEXT } from '../../recognition/consent.ts';
import type { Recognition } from '../../recognition/outcomes.ts';
import type { People } from '../../recognition/people.ts';
import type { Store } from '../../store/store.ts';
import { encodeButton } from '../buttons.ts';
import { edit, notice, reply, type Command, type Heard } from '../command.ts';
import type { Button } from '../event.ts';
import { forgetQuestion } from './forget.ts';

interface Deps {
  readonly store: Pick<Store, 'consents' | 'contributors'>;
  readonly people: Pick<People, 'keyHash'>;
  readonly recognition: Pick<Recognition, 'agree'>;
}

/** Characters of a person's hash on a button, so that nobody in a group can press it for somebody else. */
const WHOSE_LENGTH = 16;

export function privacyCommand({ store, people, recognition }: Deps): Command {
  const whose = ({ speaker }: Heard): string => people.keyHash(speaker).slice(0, WHOSE_LENGTH);
  const payload = (value: string): string => encodeButton({ do: 'choose', what: 'consent', value });

  function standing(heard: Heard): { readonly lines: readonly string[]; readonly buttons: readonly Button[] } {
    const { speaker, say } = heard;
    if (speaker.isOperator) return { lines: [say('privacy-operator')], buttons: [] };
    const agreed = store.consents.of(speaker.contributor.id);
    const hasAgreed = (agreed?.text ?? 0) >= CONSENT_TEXT;
    const taught = store.contributors.stats(speaker.contributor.id).some(({ samples }) => samples > 0);
    const agree = { text: say('consent-agree'), payload: payload(`yes-${CONSENT_TEXT}-${whose(heard)}`) };
    const withdraw = { text: say('consent-withdraw'), role: 'danger', payload: payload(`no-${whose(heard)}`) } as const;
    const now = hasAgreed
      ? [say('privacy-agreed', { date: new Date(agreed?.at ?? 0).toISOString().slice(0, 10) })]
      : [say('privacy-not-agreed'), say('consent-ask')];
    return {
      lines: [...now, ...(taught && !hasAgreed ? [say('privacy-kept-before')] : [])],
      buttons: [...(hasAgreed ? [] : [agree]), ...(hasAgreed || taught ? [withdraw] : [])],
    };
  }

  return {
    name: 'privacy',
    operatorsOnly: false,
    personal: true,
    run(heard) {
      const { lines, buttons } = standing(heard);
      return reply([heard.say('privacy'), ...lines].join('\n\n'), { keyboard: buttons.map((each) => [each]) });
    },
    buttons: {
      async consent(heard, value) {
        const { event, speaker, say } = heard;
        const [, text, who] = /^(?:yes-(\d+)|no)-(\w+)$/.exec(value) ?? [];
        if (who === undefined) return notice(say('unknown-button'));
        if (who !== whose(heard)) return notice(say('not-yours'));
        if (text === undefined) return [{ kind: 'edit', message: forgetQuestion({ store, people }, heard) }];
        // Nobody agrees to what they were not shown.
        if (Number(text) !== CONSENT_TEXT) return notice(say('unknown-button'));
        await recognition.agree({ speaker, chat: event.chat });
        return edit(say('privacy-now-agreed'));
      },
    },
  };
}
