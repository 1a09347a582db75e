// The sheet to draw on: strokes of finger, mouse or pen, kept as points so that they stay sharp on any screen.

/** Ink's width as a part of the sheet's height. */
const INK = 0.045;
/** Height of the picture that is sent, in pixels. */
const SENT = 480;

/** Draws on `canvas`; `onChange(strokes)` whenever there are more or fewer. */
export function makePad(canvas, onChange) {
  const strokes = [];
  let current;
  let box = { width: 1, height: 1 };

  function paint(context, scale, ink) {
    context.lineCap = 'round';
    context.lineJoin = 'round';
    context.strokeStyle = ink;
    for (const stroke of strokes) {
      for (const [index, point] of stroke.entries()) {
        const before = stroke[index - 1] ?? point;
        const earlier = stroke[index - 2] ?? before;
        // From the middle of one segment to the middle of the next, bent at the point between: no corners.
        const from = index < 2 ? before : middle(earlier, before);
        const to = index === stroke.length - 1 && index > 0 ? point : middle(before, point);
        context.lineWidth = INK * box.height * scale * (0.55 + 0.9 * point.pressure);
        context.beginPath();
        context.moveTo(from.x * scale, from.y * scale);
        context.quadraticCurveTo(before.x * scale, before.y * scale, to.x * scale, to.y * scale);
        context.stroke();
      }
    }
  }

  function show() {
    const scale = globalThis.devicePixelRatio || 1;
    const context = canvas.getContext('2d');
    canvas.width = Math.round(box.width * scale);
    canvas.height = Math.round(box.height * scale);
    paint(context, scale, getComputedStyle(canvas).color);
  }

  function changed() {
    show();
    onChange(strokes.length);
  }

  function pointOf(event) {
    const { left, top } = canvas.getBoundingClientRect();
    // A mouse always presses by half, and a finger that cannot tell says 0.
    const pressure = event.pointerType === 'pen' ? event.pressure : 0.5;
    return { x: event.clientX - left, y: event.clientY - top, pressure };
  }

  canvas.addEventListener('pointerdown', (event) => {
    if (!event.isPrimary || event.button !== 0) return;
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    current = [pointOf(event)];
    strokes.push(current);
    changed();
  });
  canvas.addEventListener('pointermove', (event) => {
    if (current === undefined || !event.isPrimary) return;
    const moves = event.getCoalescedEvents?.() ?? [];
    current.push(...(moves.length > 0 ? moves : [event]).map(pointOf));
    show();
  });
  for (const end of ['pointerup', 'pointercancel']) {
    canvas.addEventListener(end, (event) => {
      if (event.isPrimary) current = undefined;
    });
  }
  new ResizeObserver(() => {
    const { width, height } = canvas.getBoundingClientRect();
    if (width === 0 || height === 0) return;
    const ratio = height / box.height;
    for (const point of strokes.flat()) {
      point.x = (point.x - box.width / 2) * ratio + width / 2;
      point.y *= ratio;
    }
    box = { width, height };
    show();
  }).observe(canvas);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', show);

  return {
    undo() {
      strokes.pop();
      changed();
    },
    clear() {
      strokes.length = 0;
      current = undefined;
      changed();
    },
    /** The drawing as a PNG, black on white whatever the screen's colours are. */
    picture() {
      const scale = SENT / box.height;
      const sheet = document.createElement('canvas');
      sheet.width = Math.round(box.width * scale);
      sheet.height = SENT;
      const context = sheet.getContext('2d');
      context.fillStyle = '#fff';
      context.fillRect(0, 0, sheet.width, sheet.height);
      paint(context, scale, '#000');
      return new Promise((resolve) => sheet.toBlob(resolve, 'image/png'));
    },
  };
}

function middle(a, b) {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}
