// Ways for a picture to get into the page: chosen, taken, dropped, pasted.

/** Bytes that the server takes at most. */
const MOST_BYTES = 20 * 1024 * 1024;
/** Pixels that the server opens at most, and how many are left of more. */
const MOST_PIXELS = 64_000_000;
const PIXELS_LEFT = 12_000_000;
const THUMBNAIL = 288;

/** Calls `take(files)` with what was chosen, taken, dropped or pasted. */
export function listenForPictures({ upload, files, camera, shot, drop }, take) {
  for (const [button, input] of [
    [upload, files],
    [camera, shot],
  ]) {
    button.addEventListener('click', () => input.click());
    input.addEventListener('change', () => {
      take([...input.files]);
      // The same file may be chosen again.
      input.value = '';
    });
  }
  addEventListener('paste', (event) => {
    const pasted = [...(event.clipboardData?.files ?? [])];
    if (pasted.length === 0) return;
    event.preventDefault();
    take(pasted);
  });
  let depth = 0;
  const hasFiles = (event) => event.dataTransfer?.types.includes('Files') ?? false;
  addEventListener('dragenter', (event) => {
    if (!hasFiles(event)) return;
    depth += 1;
    drop.hidden = false;
  });
  addEventListener('dragleave', (event) => {
    if (!hasFiles(event)) return;
    depth -= 1;
    drop.hidden = depth <= 0;
  });
  addEventListener('dragover', (event) => {
    if (hasFiles(event)) event.preventDefault();
  });
  addEventListener('drop', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth = 0;
    drop.hidden = true;
    take([...event.dataTransfer.files]);
  });
}

/** The picture, made smaller where the server would refuse it; undefined where the browser cannot. */
export async function fitting(blob) {
  const isLarge = blob.size > MOST_BYTES;
  try {
    const picture = await createImageBitmap(blob);
    const pixels = picture.width * picture.height;
    const fitted = isLarge || pixels > MOST_PIXELS ? await smaller(picture, Math.sqrt(PIXELS_LEFT / pixels)) : blob;
    picture.close();
    return fitted;
  } catch {
    // Perhaps the server can open what the browser cannot.
    return isLarge ? undefined : blob;
  }
}

function smaller(picture, scale) {
  const canvas = drawn(picture, Math.min(1, scale));
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob === null ? reject(new Error('too large')) : resolve(blob)), 'image/jpeg', 0.9);
  });
}

function drawn(picture, scale) {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** A small copy for the conversation as a data URL; undefined for what the browser cannot show. */
export async function thumbnail(blob) {
  try {
    const picture = await createImageBitmap(blob);
    const canvas = drawn(picture, Math.min(1, THUMBNAIL / Math.max(picture.width, picture.height)));
    picture.close();
    return canvas.toDataURL('image/jpeg', 0.75);
  } catch {
    return undefined;
  }
}
