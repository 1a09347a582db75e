// A row of buttons as one stop of the Tab key; the arrow keys move inside it.

/** Makes one of `bar` (an element with role=toolbar). Returns a function to be called when buttons of it come or go. */
export function makeToolbar(bar) {
  const usable = () =>
    [...bar.querySelectorAll('button')].filter((each) => !each.disabled && each.offsetParent !== null);

  function settle(current = bar.querySelector('button[tabindex="0"]')) {
    const buttons = usable();
    const stop = buttons.includes(current) ? current : buttons[0];
    for (const each of bar.querySelectorAll('button')) each.tabIndex = each === stop ? 0 : -1;
    return stop;
  }

  bar.addEventListener('focusin', ({ target }) => settle(target));
  bar.addEventListener('keydown', (event) => {
    const rightwards = getComputedStyle(bar).direction === 'rtl' ? -1 : 1;
    const step = { ArrowRight: rightwards, ArrowDown: 1, ArrowLeft: -rightwards, ArrowUp: -1 }[event.key];
    const buttons = usable();
    const at = buttons.indexOf(document.activeElement);
    const next =
      event.key === 'Home'
        ? 0
        : event.key === 'End'
          ? -1
          : step === undefined
            ? undefined
            : (at + step) % buttons.length;
    if (at < 0 || next === undefined) return;
    event.preventDefault();
    settle(buttons.at(next))?.focus();
  });
  settle();
  return () => {
    const had = bar.contains(document.activeElement);
    const stop = settle();
    // Whoever pressed what is gone by now goes on beside it.
    if (had && !usable().includes(document.activeElement)) stop?.focus();
  };
}
