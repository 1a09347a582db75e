// The page as something to install: kept for when there is no network, and never older than the server's.
const KEEPER = '/service-worker.js';

/** Shows `button` where the browser offers to install the page. */
export function makeInstalling(button) {
  let offer;
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    offer = event;
    button.hidden = false;
  });
  addEventListener('appinstalled', () => (button.hidden = true));
  button.addEventListener('click', () => {
    button.hidden = true;
    void offer?.prompt();
  });
  // Only over https, and on this machine itself.
  const keepers = navigator.serviceWorker;
  if (keepers === undefined) return;
  const policy = globalThis.trustedTypes?.createPolicy('keeper', { createScriptURL: () => KEEPER });
  keepers.register(policy?.createScriptURL(KEEPER) ?? KEEPER).catch(() => {});
}

/** Loads the page anew when the server has another one than this, unless somebody is in the middle of something. */
export function staysNew(isInUse) {
  const mine = document
    .querySelector('link[rel="stylesheet"]')
    .getAttribute('href')
    .replace(/\/[^/]*$/, '');
  return ({ page }) => {
    if (page === mine || isInUse() || sessionStorage.getItem('inkloop-page') === page) return;
    // Once: what lies between may give us the old one again.
    sessionStorage.setItem('inkloop-page', page);
    location.reload();
  };
}
