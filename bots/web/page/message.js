// How a message of the server's looks: its pictures, text, files and buttons. Whoever shows one says what a press does.
import { element, say } from './words.js';

/** From so many buttons on, a row keeps to one line with small buttons. */
const MANY = 5;

const picturesOf = (message) => message.pictures ?? [];

/** What stands before the text: a glyph, the visitor's own picture. */
export function smallPictures(message, enlarge) {
  return picturesOf(message)
    .filter(({ role }) => role !== 'chart')
    .map((picture) => pictureButton(picture, enlarge));
}

export const hasGlyph = (message) => picturesOf(message).some(({ role }) => role === 'glyph');

/** A command as it stands in a sentence; what stands in an address is none. */
const COMMAND = /(?<![\w\p{Script=Cyrillic}/.:-])(\/[a-z]+)(?![\w/])/u;

/** `speak`: commands in it can be tapped, and are said then. */
export function textOf({ text }, speak) {
  if (text === '') return undefined;
  const pieces = speak === undefined ? [text] : text.split(COMMAND);
  return element('p', { className: 'text' }, ...pieces.map((piece, at) => (at % 2 === 0 ? piece : link(piece, speak))));
}

function link(command, speak) {
  const node = element('a', { href: `#${command}`, textContent: command });
  node.addEventListener('click', (event) => {
    event.preventDefault();
    speak(command);
  });
  return node;
}

/** Charts and cards; `lost` is called for one that can be touched and is no longer kept. */
export function charts(message, { press, enlarge, lost }) {
  return picturesOf(message)
    .filter(({ role }) => role === 'chart')
    .map((picture) => (picture.touch ? touchable(picture, press, lost) : pictureButton(picture, enlarge)));
}

export function fileLinks({ files = [] }) {
  if (files.length === 0) return undefined;
  return element(
    'div',
    { className: 'files' },
    ...files.map(({ src, name }) => element('a', { href: src, download: name, textContent: name })),
  );
}

export function keyboardOf(message, press) {
  // What can be touched in the picture needs no second button.
  const touched = new Set(picturesOf(message).flatMap(({ touch = [] }) => touch.map(({ payload }) => payload)));
  const rows = (message.keyboard ?? [])
    .map((row) => row.filter(({ payload }) => !touched.has(payload)))
    .filter((row) => row.length > 0);
  if (rows.length === 0) return undefined;
  return element(
    'div',
    { className: 'keyboard', role: 'group', 'aria-label': message.text },
    ...rows.map((row) => {
      const many = row.length >= MANY && row.every(({ text }) => [...text].length <= 3);
      return element(
        'div',
        { className: many ? 'row many' : 'row', dir: row.some(({ fromRight }) => fromRight) ? 'rtl' : undefined },
        ...row.map((button) => key(button, press)),
      );
    }),
  );
}

/** While a press is on its way; a disabled button would lose the keyboard's focus, so it is disabled by word only. */
export function setBusy(node, yes) {
  for (const button of node?.querySelectorAll('.keyboard button, .touchable button') ?? []) {
    if (yes) button.setAttribute('aria-disabled', 'true');
    else button.removeAttribute('aria-disabled');
    if (!yes) button.removeAttribute('aria-busy');
  }
}

function key({ text, name, payload, role }, press) {
  const node = element('button', {
    type: 'button',
    className: role ?? '',
    textContent: text,
    // Who speaks to their device says what is written on it.
    'aria-label': name === undefined ? undefined : `${text}, ${name}`,
    title: name,
    'data-payload': payload,
  });
  node.addEventListener('click', () => {
    node.setAttribute('aria-busy', 'true');
    press(payload);
  });
  return node;
}

function pictureButton({ src, alt, role, photo, drawn }, enlarge) {
  // What was drawn may be turned to light on dark; a photo never.
  const image = element('img', { src, alt, className: photo ? 'photo' : drawn ? 'drawn' : '' });
  if (role === 'mine') return image;
  const button = element(
    'button',
    { type: 'button', className: `picture ${role}`, 'aria-label': say('enlarge', { picture: alt }) },
    image,
  );
  image.addEventListener('error', () => {
    button.replaceWith(element('p', { className: 'picture lost', textContent: `${alt} – ${say('gone')}` }));
  });
  button.addEventListener('click', () => enlarge({ src, alt, role: photo ? `${role} photo` : role }));
  return button;
}

/** A picture of several things, each of which is a button of the message. */
function touchable({ src, alt, touch, photo }, press, lost) {
  const image = element('img', { src, alt, className: photo ? 'photo' : '' });
  // Without it the buttons below serve.
  image.addEventListener('error', lost);
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
      node.addEventListener('click', () => press(payload));
      return node;
    }),
  );
}
