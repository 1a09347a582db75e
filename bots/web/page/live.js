// What the server says unasked: live updates and announcements, through an event stream that finds its way back.
import { session } from './api.js';
import { isSameServer, lastEvent, rememberEvent } from './memory.js';

const RETRY_MS = 4000;
/** Shorter losses are not worth a word. */
const QUIET_MS = 2500;

/** Calls `tell(event)` for each, `connected(yes)` when the connection is lost or found, `restarted()` when the server was. */
export function listen({ tell, connected, restarted }) {
  let lost;
  let last = lastEvent();

  function open() {
    const source = new EventSource(`/chat/events?since=${encodeURIComponent(last)}`);
    source.addEventListener('open', () => {
      clearTimeout(lost);
      lost = undefined;
      connected(true);
    });
    source.addEventListener('hello', ({ data }) => {
      if (!isSameServer(data)) restarted();
    });
    source.addEventListener('message', ({ data, lastEventId }) => {
      last = lastEventId;
      rememberEvent(last);
      tell(JSON.parse(data));
    });
    source.addEventListener('error', () => {
      lost ??= setTimeout(() => connected(false), QUIET_MS);
      if (source.readyState !== EventSource.CLOSED) return;
      // The server answered and refused: perhaps our cookie is gone.
      setTimeout(() => {
        session()
          .catch(() => undefined)
          .finally(open);
      }, RETRY_MS);
    });
  }
  open();
}
