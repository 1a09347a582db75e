// Everything that has no word of its own: commands in words, what the page itself can do, and the operators' behind one door.
import { makeDialog } from './dialogs.js';
import { element } from './words.js';

/** Said by words of their own, or at the first visit. */
const ELSEWHERE = new Set(['start', 'help', 'alphabet']);

/** `speak(command, words)` says one. Returns what shows who may do what. */
export function makeMenu(dialog, opener, speak) {
  const $ = (id) => dialog.querySelector(`#${id}`);
  const menu = makeDialog(dialog);
  opener.addEventListener('click', () => menu.open());
  // What is chosen is done where the dialog no longer lies over it.
  dialog.addEventListener('click', ({ target }) => {
    if (target.closest('.list button') !== null) menu.close();
  });

  function entry({ name, description }) {
    const node = element('button', { type: 'button' }, description, element('small', { textContent: `/${name}` }));
    node.addEventListener('click', () => speak(`/${name}`, description));
    return node;
  }

  return ({ commands, operator }) => {
    // What is behind the word "Figures" for an operator is another thing.
    const mine = commands.filter(({ name, operatorsOnly }) => {
      return !operatorsOnly && !ELSEWHERE.has(name) && (operator || name !== 'me');
    });
    $('commands').replaceChildren(...mine.map(entry));
    $('operator-commands').replaceChildren(...commands.filter((each) => each.operatorsOnly).map(entry));
    if (operator) $('door').open = true;
  };
}
