// The log: items of what was said, and how each looks. An item is data, so that it survives a reload.
import { forget, recall, remember } from './memory.js';
import { charts, fileLinks, hasGlyph, keyboardOf, setBusy, smallPictures, textOf } from './message.js';
import { element, freshId, say } from './words.js';

export function makeConversation(log, { press, enlarge, retry, speak }) {
  const items = recall();
  const shown = new Map();
  const early = new Map();

  function keep() {
    remember(items);
  }

  function show(item) {
    const node = itemElement(item);
    const old = shown.get(item.id);
    shown.set(item.id, node);
    const atEnd = isAtEnd();
    if (old === undefined) {
      log.append(node);
      toEnd();
    } else {
      const focused = old.contains(document.activeElement);
      old.replaceWith(node);
      // Whoever pressed by keyboard goes on where the new buttons are.
      if (focused) (node.querySelector('.keyboard button') ?? node).focus({ preventScroll: true });
      if (atEnd) toEnd();
    }
    for (const picture of node.querySelectorAll('img')) picture.addEventListener('load', () => atEnd && toEnd());
    return node;
  }

  function toEnd() {
    log.scrollTop = log.scrollHeight;
  }

  function isAtEnd() {
    return log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  }

  // The commands arrive, a phone's keyboard opens: what was last said must not slip below the edge.
  let following = true;
  let high = log.clientHeight;
  // Less room scrolls it too, and that is not somebody who looks further up.
  log.addEventListener('scroll', () => log.clientHeight === high && (following = isAtEnd()), { passive: true });
  new ResizeObserver(() => {
    high = log.clientHeight;
    if (following) toEnd();
  }).observe(log);

  function itemElement(item) {
    const mine = item.who === 'me';
    const { message = { text: '' } } = item;
    const pressed = (payload) => press(item, payload);
    const lost = () => {
      item.message = { ...item.message, pictures: [] };
      show(item);
    };
    return element(
      'article',
      {
        className: `message ${mine ? 'me' : 'bot'}${hasGlyph(message) ? ' glyph' : ''}`,
        tabIndex: -1,
        'aria-label': say(mine ? 'you' : 'reply'),
        // Spoken when it is finished, not at each step.
        'aria-busy': item.live ? 'true' : undefined,
      },
      ...smallPictures(message, enlarge),
      textOf(message, mine ? undefined : speak),
      ...charts(message, { press: pressed, enlarge, lost }),
      fileLinks(message),
      item.live ? progressOf(message.text) : undefined,
      stateOf(item),
      keyboardOf(message, pressed),
    );
  }

  function progressOf(text) {
    const percent = /(\d+(?:[.,]\d+)?)\s?%/.exec(text)?.[1];
    const bar = element('progress', { max: 100, 'aria-label': text });
    if (percent !== undefined) bar.value = Number(percent.replace(',', '.'));
    return bar;
  }

  function stateOf(item) {
    if (item.state === undefined) return undefined;
    const line = element('p', { className: 'state' }, say(item.state));
    if (item.state === 'not-sent' && retry.can(item)) {
      const again = element('button', { type: 'button', className: 'quiet', textContent: say('retry') });
      again.addEventListener('click', () => retry.again(item));
      line.append(again);
    }
    return line;
  }

  // Everything from before a reload; what was on its way then is not any more.
  log.setAttribute('aria-live', 'off');
  for (const item of items) {
    if (item.who === 'me' && item.state !== undefined) item.state = 'not-sent';
    show(item);
  }
  log.setAttribute('aria-live', 'polite');

  return {
    add(item) {
      const whole = { id: freshId(), ...item, ...early.get(item.id) };
      early.delete(item.id);
      items.push(whole);
      keep();
      show(whole);
      return whole;
    },
    change(item, change) {
      Object.assign(item, change);
      keep();
      show(item);
    },
    /** A message that is new, or a newer state of one. An update may overtake the reply that it belongs to. */
    receive({ kind, id, live, message }) {
      const item = items.find((each) => each.id === id);
      if (item !== undefined)
        this.change(item, { live, message: { ...item.message, keyboard: undefined, ...message } });
      else if (kind === 'message') this.add({ id, who: 'bot', live, message });
      else {
        early.set(id, { live, message });
        for (const old of early.keys()) if (early.size > 50) early.delete(old);
      }
    },
    /** Nothing live goes on: whoever told it is gone. */
    settle() {
      for (const item of items.filter(({ live }) => live)) this.change(item, { live: false });
    },
    busy: (item, yes) => setBusy(shown.get(item.id), yes),
    focus: (item) => shown.get(item.id)?.focus({ preventScroll: true }),
    clear() {
      items.length = 0;
      forget();
      for (const node of shown.values()) node.remove();
      shown.clear();
    },
  };
}
