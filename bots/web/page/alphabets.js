// Which alphabet is read: on the button in the header, and in the list that it opens.
import { deliver } from './api.js';
import { makeDialog } from './dialogs.js';
import { element, say } from './words.js';

/** `changed(sentence)` after another one was chosen; `failed(error)` where that did not work. */
export function makeAlphabets(button, dialog, { changed, failed }) {
  const shown = makeDialog(dialog);
  let alphabets = [];
  button.addEventListener('click', () => {
    dialog.querySelector('.list').replaceChildren(...alphabets.map(choice));
    shown.open();
  });

  function choice({ title, direction, chosen, payload }) {
    const node = element('button', {
      type: 'button',
      dir: direction,
      className: chosen ? 'chosen' : '',
      'aria-pressed': String(chosen),
      textContent: title,
    });
    node.addEventListener('click', () => {
      shown.close();
      if (!chosen) void choose(payload);
    });
    return node;
  }

  async function choose(payload) {
    try {
      const [reply] = await deliver('/chat/press', { payload });
      changed(reply?.text ?? reply?.message?.text ?? '');
    } catch (error) {
      failed(error);
    }
  }

  return (known) => {
    alphabets = known;
    const { title = '' } = known.find(({ chosen }) => chosen) ?? {};
    button.querySelector('.name').textContent = title;
    button.setAttribute('aria-label', `${say('alphabet')}: ${title}`);
    button.hidden = false;
  };
}
