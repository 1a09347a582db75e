// What the visitor taught, as a gallery: each can be looked at, corrected and taken back, with the same buttons as in the conversation.
import { ask, deliver } from './api.js';
import { makeDialog } from './dialogs.js';
import { charts, keyboardOf, setBusy, smallPictures, textOf } from './message.js';
import { element, say } from './words.js';

export function makeGallery(dialog, opener, { notice, failed, enlarge }) {
  const $ = (name) => dialog.querySelector(`.${name}`);
  const shown = makeDialog(dialog);
  let next = null;
  opener.addEventListener('click', () => void open());
  $('back').addEventListener('click', () => void open());
  $('further').addEventListener('click', () => void more());

  async function open() {
    $('tiles').replaceChildren();
    $('one').replaceChildren();
    view('all');
    next = null;
    await more();
  }

  function view(which) {
    $('all').hidden = which !== 'all';
    $('one').hidden = which !== 'one';
    $('back').hidden = which !== 'one';
  }

  async function more() {
    try {
      const found = await ask(`/chat/samples${next === null ? '' : `?before=${next}`}`);
      $('tiles').append(...found.samples.map(tile));
      ({ next } = found);
      $('further').hidden = next === null;
      const none = $('tiles').childElementCount === 0;
      $('none').hidden = !none;
      $('hint').hidden = none;
      shown.open();
    } catch (error) {
      failed(error);
    }
  }

  function tile({ label, direction, src, payload }) {
    const name = label ?? say('rejected');
    const node = element(
      'button',
      { type: 'button', 'aria-label': name },
      element('img', { src, alt: '' }),
      element('span', { dir: direction, textContent: label ?? '–' }),
    );
    node.addEventListener('click', () => void press(payload));
    return node;
  }

  /** The message that stands for the sample now; `before` is what is shown until then. */
  async function press(payload, before = {}) {
    setBusy($('one'), true);
    try {
      const replies = await deliver('/chat/press', { payload });
      for (const reply of replies) {
        if (reply.kind === 'notice') notice(reply.text);
        else show({ ...(before.pictures && { pictures: before.pictures }), ...reply.message });
      }
    } catch (error) {
      failed(error);
    }
    setBusy($('one'), false);
  }

  function show(message) {
    const pressed = (payload) => void press(payload, message);
    const nodes = [
      ...smallPictures(message, enlarge),
      ...charts(message, { press: pressed, enlarge, lost: () => show({ ...message, pictures: [] }) }),
      textOf(message),
      keyboardOf(message, pressed),
    ];
    const one = $('one');
    const pressing = one.contains(document.activeElement) || one.hidden;
    one.replaceChildren(...nodes.filter((node) => node !== undefined));
    view('one');
    if (pressing) one.querySelector('.keyboard button')?.focus({ preventScroll: true });
  }
}
