// What lies over the page for a moment: opened by a button, closed by Escape, its own button, or a tap beside it.

/** Returns `open()` and `close()`. */
export function makeDialog(dialog) {
  dialog.querySelector('.close')?.addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', (event) => {
    if (event.target !== dialog) return;
    const { left, right, top, bottom } = dialog.getBoundingClientRect();
    const beside = event.clientX < left || event.clientX > right || event.clientY < top || event.clientY > bottom;
    // A button that is pressed by its key has no place.
    if (beside && event.detail > 0) dialog.close();
  });
  return {
    open() {
      if (!dialog.open) dialog.showModal();
    },
    close: () => dialog.close(),
  };
}
