// The owner's way in and out: a dialog that asks for the token, and a session that the server keeps.
import { logIn, logOut, Problem, session } from './api.js';
import { say } from './words.js';

/** Returns a function that asks the server who we are and tells `introduced(me)`; again after each log-in and log-out. */
export function listenForOperator({ operator, dialog }, { notice, introduced }) {
  const token = dialog.querySelector('input');
  const error = dialog.querySelector('.error');
  let isOperator = false;

  async function introduce() {
    const me = await session();
    isOperator = me.operator;
    operator.hidden = !me.canLogIn;
    operator.textContent = say(isOperator ? 'log-out' : 'log-in');
    introduced(me);
  }

  async function enter() {
    try {
      await logIn(token.value);
      dialog.close();
      await introduce();
      notice(say('logged-in'));
    } catch (thrown) {
      error.textContent = thrown instanceof Problem ? thrown.message : say('problem');
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
    else dialog.showModal();
  });
  dialog.querySelector('form').addEventListener('submit', (event) => {
    event.preventDefault();
    void enter();
  });
  dialog.querySelector('.close').addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => {
    token.value = '';
    error.textContent = '';
  });
  return introduce;
}
