// Where people write: the sheet with its tools. It folds away once something was read, so that the question has the room, and is back
// when it was answered or asked for. On a wide screen it always stays.
import { makePad } from './pad.js';
import { makeToolbar } from './toolbar.js';

/** `send(picture)` gets a drawing as a PNG blob. */
export function makeComposer(composer, send) {
  const $ = (id) => composer.querySelector(`#${id}`);
  const settle = makeToolbar($('tools'));
  let strokes = 0;

  const pad = makePad($('pad'), (count) => {
    strokes = count;
    composer.classList.toggle('inked', strokes > 0);
    for (const id of ['undo', 'clear', 'send']) $(id).hidden = strokes === 0;
    for (const id of ['upload', 'camera']) $(id).hidden = strokes > 0;
    settle();
  });

  function fold(yes) {
    // Whoever draws the next one already goes on.
    composer.classList.toggle('folded', yes && strokes === 0);
    $('draw').hidden = !composer.classList.contains('folded');
    settle();
  }

  $('undo').addEventListener('click', () => pad.undo());
  $('clear').addEventListener('click', () => pad.clear());
  $('draw').addEventListener('click', () => fold(false));
  $('send').addEventListener('click', async () => {
    const picture = await pad.picture();
    pad.clear();
    send(picture);
  });
  return {
    fold,
    isInUse: () => strokes > 0,
  };
}
