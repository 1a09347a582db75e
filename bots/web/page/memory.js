// The conversation of this tab, kept through a reload and nowhere else.
const KEY = 'inkloop-conversation';
const MOST = 80;

export function recall() {
  try {
    const items = JSON.parse(sessionStorage.getItem(KEY) ?? '[]');
    return Array.isArray(items) ? items : [];
  } catch {
    return [];
  }
}

/** Keeps the latest items; fewer where the browser's room is short. */
export function remember(items) {
  for (let most = MOST; most >= 1; most = Math.floor(most / 2)) {
    try {
      sessionStorage.setItem(KEY, JSON.stringify(items.slice(-most)));
      return;
    } catch {
      // Too much for the browser: the older half goes.
    }
  }
}

export function lastEvent() {
  return sessionStorage.getItem(`${KEY}-event`) ?? '';
}

export function rememberEvent(id) {
  try {
    sessionStorage.setItem(`${KEY}-event`, id);
  } catch {
    // Then a reload is told a little more than it needs.
  }
}

/** Whether the server still is the one we spoke to last; `boot` is what it calls itself. */
export function isSameServer(boot) {
  const before = sessionStorage.getItem(`${KEY}-server`);
  sessionStorage.setItem(`${KEY}-server`, boot);
  return before === null || before === boot;
}

export function forget() {
  sessionStorage.removeItem(KEY);
}
