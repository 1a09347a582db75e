// The page's wiring: what people do becomes something sent, and what comes back becomes something shown.
import { deliver, Problem } from './api.js';
import { makeConversation } from './conversation.js';
import { listen } from './live.js';
import { listenForOperator } from './operator.js';
import { makePad } from './pad.js';
import { listenForPictures, MOST_BYTES, thumbnail } from './pictures.js';
import { element, say } from './words.js';

const $ = (id) => document.querySelector(`#${id}`);
const NOTICE_MS = 6000;

const blobs = new Map();
const conversation = makeConversation($('log'), {
  press: (item, payload) => void press(item, payload),
  enlarge,
  retry: { can: ({ id }) => blobs.has(id), again: (item) => enqueue(item) },
});

// ---- said back

function receive(replies, pressed) {
  let last;
  for (const reply of replies) {
    if (reply.kind === 'notice') notice(reply.text);
    else if (reply.kind === 'edit' && pressed !== undefined) {
      // Pictures stay unless there are others.
      const { pictures } = pressed.message;
      conversation.change(pressed, { message: { ...(pictures && { pictures }), ...reply.message } });
    } else last = conversation.add({ id: reply.id, who: 'bot', live: reply.live === true, message: reply.message });
  }
  return last;
}

let noticeTimer;
function notice(text) {
  clearTimeout(noticeTimer);
  $('notice').textContent = text;
  noticeTimer = setTimeout(() => ($('notice').textContent = ''), NOTICE_MS);
}

function excuse(error) {
  if (!(error instanceof Problem)) throw error;
  return error.message;
}

// ---- buttons, words, commands

const pressing = new Set();
async function press(item, payload) {
  if (pressing.has(item.id)) return;
  pressing.add(item.id);
  conversation.busy(item, true);
  try {
    receive(await deliver('/chat/press', { payload, message: item.id }, waiting), item);
  } catch (error) {
    notice(excuse(error));
  } finally {
    pressing.delete(item.id);
    conversation.busy(item, false);
  }
}

async function speak(text) {
  const mine = conversation.add({ who: 'me', message: { text }, state: 'sending' });
  try {
    const replies = await deliver('/chat/text', { text }, (yes) => {
      waiting(yes);
      if (yes) conversation.change(mine, { state: 'waiting' });
    });
    conversation.change(mine, { state: undefined });
    receive(replies);
  } catch (error) {
    conversation.change(mine, { state: 'not-sent' });
    notice(excuse(error));
  }
}

$('say').addEventListener('submit', (event) => {
  event.preventDefault();
  const text = $('text').value.trim();
  if (text === '') return;
  $('text').value = '';
  void speak(text);
});

// ---- pictures, one after another

let queue = Promise.resolve();
function enqueue(item) {
  conversation.change(item, { state: 'sending' });
  queue = queue.then(() => sendPicture(item));
}

async function sendPicture(item) {
  const blob = blobs.get(item.id);
  // The conversation began anew meanwhile.
  if (blob === undefined) return;
  const keyboard = lastInput === 'keyboard';
  try {
    const replies = await deliver('/chat/photo', blob, (yes) => {
      waiting(yes);
      if (yes) conversation.change(item, { state: 'waiting' });
    });
    blobs.delete(item.id);
    conversation.change(item, { state: undefined });
    const last = receive(replies);
    if (last !== undefined && keyboard && lastInput === 'keyboard' && document.activeElement !== $('text')) {
      conversation.focus(last);
    }
  } catch (error) {
    const excused = excuse(error);
    if (error.status === 413) blobs.delete(item.id);
    conversation.change(item, { state: 'not-sent' });
    conversation.add({ who: 'bot', message: { text: excused } });
  }
}

async function add(blob, name) {
  const src = await thumbnail(blob);
  const alt = name === undefined ? say('drawing') : `${say('photo')}: ${name}`;
  const message = src === undefined ? { text: name ?? alt } : { text: '', pictures: [{ src, alt, role: 'mine' }] };
  const item = conversation.add({ who: 'me', message });
  blobs.set(item.id, blob);
  enqueue(item);
}

async function addFiles(files) {
  for (const file of files) {
    if (file.size > MOST_BYTES)
      conversation.add({ who: 'bot', message: { text: say('too-large', { name: file.name }) } });
    else await add(file, file.name);
  }
}

listenForPictures(
  { upload: $('upload'), files: $('files'), camera: $('camera'), shot: $('shot'), drop: $('drop') },
  (files) => void addFiles(files),
);

const pad = makePad($('pad'), (strokes) => {
  for (const id of ['undo', 'clear', 'send']) $(id).disabled = strokes === 0;
  $('pad').parentElement.classList.toggle('inked', strokes > 0);
});
$('undo').addEventListener('click', () => pad.undo());
$('clear').addEventListener('click', () => pad.clear());
$('send').addEventListener('click', () => void sendDrawing());
async function sendDrawing() {
  const picture = await pad.picture();
  pad.clear();
  await add(picture);
}

let lastInput = 'pointer';
addEventListener('pointerdown', () => (lastInput = 'pointer'), { capture: true });
addEventListener('keydown', () => (lastInput = 'keyboard'), { capture: true });

// ---- a larger look

function enlarge({ src, alt, role }) {
  const image = $('large').querySelector('img');
  image.src = src;
  image.alt = alt;
  image.className = role;
  $('large').showModal();
}
$('large').addEventListener('click', ({ target }) => {
  if (target === $('large') || target.tagName === 'IMG') $('large').close();
});

// ---- who I am, and what I may do

const introduce = listenForOperator({ operator: $('operator'), dialog: $('login') }, { notice, introduced });
function introduced({ commands }) {
  // The page said hello already. An operator's own come first: there are many, and those are what they came for.
  const offered = commands
    .filter(({ name }) => name !== 'start')
    .toSorted((one, other) => other.operatorsOnly - one.operatorsOnly);
  $('commands').replaceChildren(...offered.map(chip));
}

function chip({ name, description }) {
  const text = `/${name}`;
  const properties = { type: 'button', textContent: text, title: description, 'aria-label': `${text}: ${description}` };
  const button = element('button', properties);
  button.addEventListener('click', () => void speak(text));
  return button;
}

$('anew').addEventListener('click', () => {
  conversation.clear();
  blobs.clear();
});

// ---- the connection

let lost = false;
function connected(yes) {
  const line = $('connection');
  if (!yes) line.textContent = say('offline');
  else if (lost) {
    line.textContent = say('online');
    setTimeout(() => !lost && (line.textContent = ''), 3000);
  }
  line.classList.toggle('well', yes);
  lost = !yes;
}
function waiting(yes) {
  if (yes !== lost) connected(!yes);
}

async function begin() {
  for (;;) {
    try {
      await introduce();
      break;
    } catch (error) {
      if (error instanceof Problem && error.status < 500) {
        notice(error.message);
        return;
      }
      connected(false);
      await new Promise((resolve) => setTimeout(resolve, 2000));
    }
  }
  connected(true);
  listen({ tell: (event) => conversation.receive(event), connected, restarted: () => conversation.settle() });
}
void begin();
