// Turning a picture and cutting it before it is sent. What is left as it is goes as the very file that was chosen.
import { makeDialog } from './dialogs.js';

/** The least that may be left of either side, and a step of the arrow keys; as parts of the side. */
const LEAST = 0.08;
const STEP = 0.02;
/** Pixels of what is sent: a page of writing can be read, and no phone runs out of memory. */
const MOST_PIXELS = 12_000_000;

/** Resolves with what is to be sent; undefined when somebody thought better of it. What cannot be shown is not asked about. */
export function makeCutter(dialog) {
  const shown = makeDialog(dialog);
  const $ = (name) => dialog.querySelector(`.${name}`);
  const canvas = dialog.querySelector('canvas');
  let picture;
  let turns = 0;
  let cut = whole();

  function show() {
    const { width, height } = turned(picture, turns);
    const scale = Math.min(1, 1200 / Math.max(width, height));
    canvas.width = Math.max(1, Math.round(width * scale));
    canvas.height = Math.max(1, Math.round(height * scale));
    paint(canvas, picture, turns, { scale, x: 0, y: 0 });
    place();
  }

  function place() {
    const frame = $('frame');
    frame.style.left = `${100 * cut.left}%`;
    frame.style.top = `${100 * cut.top}%`;
    frame.style.width = `${100 * (cut.right - cut.left)}%`;
    frame.style.height = `${100 * (cut.bottom - cut.top)}%`;
  }

  /** Moves these edges (of left, top, right, bottom); all of them move the frame. */
  function move(edges, dx, dy) {
    const next = { ...cut };
    if (edges.length === 4) {
      const [x, y] = [between(-cut.left, dx, 1 - cut.right), between(-cut.top, dy, 1 - cut.bottom)];
      next.left += x;
      next.right += x;
      next.top += y;
      next.bottom += y;
    } else {
      if (edges.includes('left')) next.left = between(0, cut.left + dx, cut.right - LEAST);
      if (edges.includes('right')) next.right = between(cut.left + LEAST, cut.right + dx, 1);
      if (edges.includes('top')) next.top = between(0, cut.top + dy, cut.bottom - LEAST);
      if (edges.includes('bottom')) next.bottom = between(cut.top + LEAST, cut.bottom + dy, 1);
    }
    cut = next;
    place();
  }

  for (const handle of [$('frame'), ...dialog.querySelectorAll('.frame button')]) {
    const edges = handle.dataset.edges.split(' ');
    let from;
    handle.addEventListener('pointerdown', (event) => {
      if (!event.isPrimary || event.button !== 0) return;
      event.stopPropagation();
      handle.setPointerCapture(event.pointerId);
      from = event;
    });
    handle.addEventListener('pointermove', (event) => {
      if (from === undefined) return;
      const { width, height } = canvas.getBoundingClientRect();
      move(edges, (event.clientX - from.clientX) / width, (event.clientY - from.clientY) / height);
      from = event;
    });
    for (const end of ['pointerup', 'pointercancel']) handle.addEventListener(end, () => (from = undefined));
    handle.addEventListener('keydown', (event) => {
      const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (way === undefined || edges.length === 4) return;
      event.preventDefault();
      move(edges, way[0] * STEP, way[1] * STEP);
    });
  }

  $('turn').addEventListener('click', () => {
    turns = (turns + 1) % 4;
    // A quarter to the right: what was on the left is above.
    cut = { left: 1 - cut.bottom, top: cut.left, right: 1 - cut.top, bottom: cut.right };
    show();
  });

  return async (blob) => {
    picture = await createImageBitmap(blob).catch(() => undefined);
    if (picture === undefined) return blob;
    turns = 0;
    cut = whole();
    show();
    shown.open();
    const wanted = await new Promise((resolve) => {
      $('go').addEventListener('click', () => resolve(true), { once: true });
      dialog.addEventListener('close', () => resolve(false), { once: true });
    });
    shown.close();
    const result = wanted ? await made(blob) : undefined;
    picture.close();
    return result;
  };

  async function made(blob) {
    const { width, height } = turned(picture, turns);
    const [across, down] = [(cut.right - cut.left) * width, (cut.bottom - cut.top) * height];
    if (turns === 0 && across === width && down === height) return blob;
    const scale = Math.min(1, Math.sqrt(MOST_PIXELS / (across * down)));
    const sheet = document.createElement('canvas');
    sheet.width = Math.max(1, Math.round(across * scale));
    sheet.height = Math.max(1, Math.round(down * scale));
    paint(sheet, picture, turns, { scale, x: cut.left * width, y: cut.top * height });
    return new Promise((resolve) => sheet.toBlob((cutOut) => resolve(cutOut ?? blob), 'image/jpeg', 0.92));
  }
}

const whole = () => ({ left: 0, top: 0, right: 1, bottom: 1 });
const between = (least, value, most) => Math.min(Math.max(value, least), most);
const turned = ({ width, height }, turns) => (turns % 2 === 0 ? { width, height } : { width: height, height: width });

/** Draws the turned picture so that its point (x, y) is the canvas's corner. */
function paint(canvas, picture, turns, { scale, x, y }) {
  const context = canvas.getContext('2d');
  const { width, height } = turned(picture, turns);
  context.scale(scale, scale);
  context.translate(width / 2 - x, height / 2 - y);
  context.rotate((turns * Math.PI) / 2);
  context.drawImage(picture, -picture.width / 2, -picture.height / 2);
}
