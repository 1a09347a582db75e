// The page's wiring: what people do becomes something sent, and what comes back becomes something shown.
import { makeAlphabets } from './alphabets.js';
import { deliver, Problem } from './api.js';
import { makeComposer } from './composer.js';
import { makeConversation } from './conversation.js';
import { makeCutter } from './cut.js';
import { makeDialog } from './dialogs.js';
import { makeExamples } from './examples.js';
import { makeGallery } from './gallery.js';
import { makeInside } from './inside.js';
import { makeInstalling, staysNew } from './installing.js';
import { listen } from './live.js';
import { makeMenu } from './menu.js';
import { listenForOperator } from './operator.js';
import { fitting, listenForPictures, thumbnail } from './pictures.js';
import { makeToolbar } from './toolbar.js';
import { say } from './words.js';

const $ = (id) => document.querySelector(`#${id}`);
const NOTICE_MS = 6000;

const blobs = new Map();
const conversation = makeConversation($('log'), {
  press: (item, payload) => void press(item, payload),
  enlarge,
  speak: (command) => void speak(command),
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
const failed = (error) => notice(excuse(error));

// ---- buttons, words, commands

const pressing = new Set();
async function press(item, payload) {
  if (pressing.has(item.id)) return;
  pressing.add(item.id);
  conversation.busy(item, true);
  try {
    receive(await deliver('/chat/press', { payload, message: item.id }, waiting), item);
    // Nothing is left to ask: the next one may be drawn.
    if ((item.message.keyboard ?? []).flat().length <= 1) composer.fold(false);
    // A setting: the header may say something else now.
    if (payload.startsWith('s:')) await introduce();
  } catch (error) {
    failed(error);
  } finally {
    pressing.delete(item.id);
    conversation.busy(item, false);
  }
}

/** `shown`: a command in words. */
async function speak(text, shown = text) {
  const mine = conversation.add({ who: 'me', message: { text: shown }, state: 'sending' });
  try {
    const replies = await deliver('/chat/text', { text }, (yes) => {
      waiting(yes);
      if (yes) conversation.change(mine, { state: 'waiting' });
    });
    conversation.change(mine, { state: undefined });
    receive(replies);
    if (text.startsWith('/')) await introduce();
  } catch (error) {
    conversation.change(mine, { state: 'not-sent' });
    failed(error);
  }
}

$('say').addEventListener('submit', (event) => {
  event.preventDefault();
  const text = $('text').value.trim();
  if (text === '') return;
  $('text').value = '';
  void speak(text);
});
$('skip').addEventListener('click', (event) => {
  event.preventDefault();
  $('text').focus();
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
    if (last?.message.keyboard !== undefined) composer.fold(true);
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
  const message =
    src === undefined
      ? { text: name ?? alt }
      : { text: '', pictures: [{ src, alt, role: 'mine', drawn: name === undefined }] };
  const item = conversation.add({ who: 'me', message });
  blobs.set(item.id, blob);
  enqueue(item);
}

const cut = makeCutter($('cut'));
let adding = Promise.resolve();
/** A single one may be turned and cut first; of several nobody wants to be asked each time. */
async function addFiles(files) {
  for (const file of files) {
    const fitted = await fitting(file);
    if (fitted === undefined)
      conversation.add({ who: 'bot', message: { text: say('too-large', { name: file.name }) } });
    else {
      const wanted = files.length === 1 ? await cut(fitted) : fitted;
      if (wanted !== undefined) await add(wanted, file.name);
    }
  }
}

listenForPictures(
  { upload: $('upload'), files: $('files'), camera: $('camera'), shot: $('shot'), drop: $('drop') },
  (files) => (adding = adding.then(() => addFiles(files))),
);

const composer = makeComposer($('composer'), (picture) => void add(picture));

const showExamples = makeExamples($('examples'), async (place, src, alt) => {
  conversation.add({ who: 'me', message: { text: '', pictures: [{ src, alt, role: 'mine', drawn: true }] } });
  try {
    receive(await deliver('/chat/example', { place }, waiting));
  } catch (error) {
    failed(error);
  }
});

let lastInput = 'pointer';
addEventListener('pointerdown', () => (lastInput = 'pointer'), { capture: true });
addEventListener('keydown', () => (lastInput = 'keyboard'), { capture: true });

// ---- what lies over the page

const large = makeDialog($('large'));
function enlarge({ src, alt, role }) {
  const image = $('large').querySelector('img');
  image.src = src;
  image.alt = alt;
  image.className = role;
  large.open();
}
$('large')
  .querySelector('img')
  .addEventListener('click', () => large.close());

const phone = makeDialog($('phone'));
$('phone-open').addEventListener('click', () => {
  $('phone').querySelector('img').src = '/chat/phone';
  phone.open();
});

$('anew').addEventListener('click', () => {
  conversation.clear();
  blobs.clear();
  composer.fold(false);
  notice(say('anew-done'));
});

// ---- who I am, and what I may do

makeToolbar($('shortcuts'));
makeInstalling($('install'));
makeGallery($('gallery'), $('samples'), { notice, failed, enlarge });
const stayNew = staysNew(() => composer.isInUse() || $('text').value !== '' || document.querySelector('dialog[open]'));
const showMenu = makeMenu($('menu'), $('more'), (text, words) => void speak(text, words));
const showAlphabets = makeAlphabets($('alphabet'), $('alphabets'), {
  failed,
  changed(sentence) {
    notice(sentence);
    void introduce().then(showExamples).catch(failed);
  },
});
let figures = '/me';
for (const [id, command] of [
  ['help', () => '/help'],
  ['figures', () => figures],
]) {
  $(id).addEventListener('click', ({ currentTarget }) => void speak(command(), currentTarget.textContent));
}

const introduce = listenForOperator({ operator: $('operator'), dialog: $('login') }, { notice, introduced });
function introduced(me) {
  figures = me.operator ? '/stats' : '/me';
  showMenu(me);
  showAlphabets(me.alphabets);
  $('phone-open').hidden = me.phone === null;
  const link = $('phone').querySelector('a');
  link.href = me.phone ?? '';
  link.textContent = me.phone ?? '';
  stayNew(me);
}

// ---- the connection

const beKnown = makeInside();
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
      const refused = await beKnown();
      await introduce();
      if (refused !== undefined) notice(refused);
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
  void showExamples();
  listen({
    tell: (event) => conversation.receive(event),
    connected,
    restarted() {
      conversation.settle();
      introduce().catch(() => {});
    },
  });
}
void begin();
