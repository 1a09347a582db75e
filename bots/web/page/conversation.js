// The log: items of what was said, and how each looks. An item is data, so that it survives a reload.
import { forget, recall, remember } from './memory.js';
import { element, freshId, say } from './words.js';

/** From so many buttons on, a row keeps to one line with small buttons. */
const MANY = 5;

export function makeConversation(log, { press, enlarge, retry }) {
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
  log.addEventListener('scroll', () => (following = isAtEnd()), { passive: true });
  new ResizeObserver(() => following && toEnd()).observe(log);

  function itemElement(item) {
    const mine = item.who === 'me';
    const { message = { text: '' } } = item;
    const charts = (message.pictures ?? []).filter(({ role }) => role === 'chart');
    const small = (message.pictures ?? []).filter(({ role }) => role !== 'chart');
    const glyph = small.some(({ role }) => role === 'glyph');
    return element(
      'article',
      {
        className: `message ${mine ? 'me' : 'bot'}${glyph ? ' glyph' : ''}`,
        tabIndex: -1,
        'aria-label': say(mine ? 'you' : 'reply'),
        // Spoken when it is finished, not at each step.
        'aria-busy': item.live ? 'true' : undefined,
      },
      ...small.map(pictureButton),
      message.text === '' ? undefined : element('p', { className: 'text', textContent: message.text }),
      ...charts.map((picture) => (picture.touch ? touchable(item, picture) : pictureButton(picture))),
      fileLinks(message.files),
      item.live ? progressOf(message.text) : undefined,
      stateOf(item),
      keyboardOf(item),
    );
  }

  function pictureButton({ src, alt, role }) {
    const image = element('img', { src, alt });
    if (role === 'mine') return image;
    const button = element(
      'button',
      { type: 'button', className: `picture ${role}`, 'aria-label': say('enlarge', { picture: alt }) },
      image,
    );
    image.addEventListener('error', () => {
      button.replaceWith(element('p', { className: 'picture lost', textContent: `${alt} – ${say('gone')}` }));
    });
    button.addEventListener('click', () => enlarge({ src, alt, role }));
    return button;
  }

  /** A picture of several things, each of which is a button of the message. */
  function touchable(item, { src, alt, touch }) {
    const image = element('img', { src, alt });
    // Without it the buttons below serve.
    image.addEventListener('error', () => {
      item.message = { ...item.message, pictures: [] };
      show(item);
    });
    return element(
      'div',
      { className: 'picture chart touchable', role: 'group', 'aria-label': alt },
      image,
      ...touch.map(({ place, name, payload }) => {
        const node = element('button', { type: 'button', 'aria-label': name, title: name, 'data-payload': payload });
        for (const [side, share] of [
          ['left', place.x],
          ['top', place.y],
          ['width', place.width],
          ['height', place.height],
        ]) {
          node.style[side] = `${100 * share}%`;
        }
        node.addEventListener('click', () => press(item, payload));
        return node;
      }),
    );
  }

  function fileLinks(files = []) {
    if (files.length === 0) return undefined;
    return element(
      'div',
      { className: 'files' },
      ...files.map(({ src, name }) => element('a', { href: src, download: name, textContent: name })),
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

  function keyboardOf(item) {
    // What can be touched in the picture needs no second button.
    const touched = new Set(
      (item.message?.pictures ?? []).flatMap(({ touch = [] }) => touch.map(({ payload }) => payload)),
    );
    const rows = (item.message?.keyboard ?? [])
      .map((row) => row.filter(({ payload }) => !touched.has(payload)))
      .filter((row) => row.length > 0);
    if (rows.length === 0) return undefined;
    return element(
      'div',
      { className: 'keyboard', role: 'group', 'aria-label': item.message.text },
      ...rows.map((row) => {
        const many = row.length >= MANY && row.every(({ text }) => [...text].length <= 3);
        return element(
          'div',
          { className: many ? 'row many' : 'row', dir: row.some(({ fromRight }) => fromRight) ? 'rtl' : undefined },
          ...row.map((button) => {
            const { text, name, payload, role } = button;
            const node = element('button', {
              type: 'button',
              className: role ?? '',
              textContent: text,
              'aria-label': name === undefined ? undefined : `${/^[✓✗]/.exec(text)?.[0] ?? ''} ${name}`.trim(),
              title: name,
              'data-payload': payload,
            });
            node.addEventListener('click', () => {
              node.setAttribute('aria-busy', 'true');
              press(item, payload);
            });
            return node;
          }),
        );
      }),
    );
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
    busy(item, yes) {
      for (const button of shown.get(item.id)?.querySelectorAll('.keyboard button, .touchable button') ?? []) {
        // Disabled by word only: a disabled button would lose the keyboard's focus.
        if (yes) button.setAttribute('aria-disabled', 'true');
        else button.removeAttribute('aria-disabled');
        if (!yes) button.removeAttribute('aria-busy');
      }
    },
    focus: (item) => shown.get(item.id)?.focus({ preventScroll: true }),
    clear() {
      items.length = 0;
      forget();
      for (const node of shown.values()) node.remove();
      shown.clear();
    },
  };
}
