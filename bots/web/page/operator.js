// The owner's way in and out: the link that the start printed, or a dialog that asks for it or for the token.
import { logIn, logOut, Problem, session } from './api.js';
import { say } from './words.js';

const LINK = '#log-in=';

/** The secret of the link this page was opened with, which at once leaves the address bar; undefined where there is none. */
function secretInAddress() {
  if (!location.hash.startsWith(LINK)) return undefined;
  const secret = location.hash.slice(LINK.length);
  history.replaceState(null, '', location.pathname + location.search);
  return secret;
}

/** Returns a function that asks the server who we are and tells `introduced(me)`; again after each log-in and log-out. */
export function listenForOperator({ operator, dialog }, { notice, introduced }) {
  const input = dialog.querySelector('input');
  const error = dialog.querySelector('.error');
  const help = dialog.querySelector('#token-help');
  let opened = secretInAddress();
  let isOperator = false;
  let by = 'token';

  async function introduce() {
    const secret = opened;
    const refused = secret === undefined ? undefined : await refusal({ link: secret });
    opened = undefined;
    const me = await session();
    isOperator = me.operator;
    by = me.logInBy;
    operator.hidden = false;
    operator.textContent = say(isOperator ? 'log-out' : 'log-in');
    dialog.querySelector('label').textContent = say(by);
    help.textContent = say(`${by}-help`);
    input.autocomplete = by === 'token' ? 'current-password' : 'off';
    introduced(me);
    if (secret === undefined) return;
    // An old link of somebody who is logged in already does no harm.
    if (isOperator) notice(say('logged-in'));
    else ask(refused);
  }

  /** What the server has against it; undefined when we are in. Throws where there is no server. */
  async function refusal(shown) {
    try {
      await logIn(shown);
      return undefined;
    } catch (thrown) {
      if (thrown instanceof Problem && thrown.status < 500) return thrown.message;
      throw thrown;
    }
  }

  function ask(refused = '') {
    if (!dialog.open) dialog.showModal();
    error.textContent = refused;
  }

  /** A link may be pasted whole. */
  const shown = () => (by === 'token' ? { token: input.value } : { link: input.value.trim().split(LINK).at(-1) });

  async function enter() {
    try {
      const refused = await refusal(shown());
      if (refused !== undefined) return ask(refused);
      dialog.close();
      await introduce();
      notice(say('logged-in'));
    } catch {
      error.textContent = say('problem');
    }
  }

  async function leave() {
    try {
      await logOut();
      await introduce();
      notice(say('logged-out'));
    } catch {
      notice(say('problem'));
    }
  }

  operator.addEventListener('click', () => {
    if (isOperator) void leave();
    else ask();
  });
  dialog.querySelector('form').addEventListener('submit', (event) => {
    event.preventDefault();
    void enter();
  });
  dialog.querySelector('.close').addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => {
    input.value = '';
    error.textContent = '';
  });
  // The link was opened in a tab that shows the page already: browsers do not load it anew.
  addEventListener('hashchange', () => {
    opened = secretInAddress() ?? opened;
    if (opened !== undefined) introduce().catch(() => notice(say('problem')));
  });
  return introduce;
}
