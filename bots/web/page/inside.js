// The page inside a messenger's window: who opened it is in the address, signed, and leaves it at once.
import { beVouchedFor, Problem } from './api.js';

const DATA = 'tgWebAppData';

/** What the messenger's window is told, where there is one. */
function tellWindow(event, data = {}) {
  globalThis.TelegramWebviewProxy?.postEvent(event, JSON.stringify(data));
}

function shown() {
  const fields = new URLSearchParams(location.hash.slice(1));
  const data = fields.get(DATA);
  if (data === null) return undefined;
  history.replaceState(null, '', location.pathname + location.search);
  return data;
}

/** Resolves to the sentence why the messenger's word was not taken; undefined where all is well. Throws where there is no server. */
export function makeInside() {
  let data = shown();
  if (data === undefined) return async () => undefined;
  tellWindow('web_app_expand');
  // A stroke down the sheet must not close it.
  tellWindow('web_app_setup_swipe_behavior', { allow_vertical_swipe: false });
  return async () => {
    if (data === undefined) return undefined;
    try {
      await beVouchedFor({ by: 'telegram', shown: data });
    } catch (error) {
      if (!(error instanceof Problem) || error.status >= 500) throw error;
      data = undefined;
      return error.message;
    }
    data = undefined;
    return undefined;
  };
}
