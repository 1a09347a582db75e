// Ways for a picture to get into the page: chosen, taken, dropped, pasted.

/** Bytes that the server takes at most. */
export const MOST_BYTES = 20 * 1024 * 1024;
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

/** A small copy for the conversation as a data URL; undefined for what the browser cannot show. */
export async function thumbnail(blob) {
  try {
    const picture = await createImageBitmap(blob);
    const scale = Math.min(1, THUMBNAIL / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    return canvas.toDataURL('image/jpeg', 0.75);
  } catch {
    return undefined;
  }
}
