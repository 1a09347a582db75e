// Keeps the page for when there is no network. The server's page always comes first, so an update is there at the next visit.
const CACHE = '{{base}}';
const FILES = ['{{files}}'];

addEventListener('install', (event) => event.waitUntil(keep()));
addEventListener('activate', (event) => event.waitUntil(takeOver()));
addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (request.mode === 'navigate' && url.pathname === '/') event.respondWith(newest(request));
  else if (url.pathname.startsWith('/page/')) event.respondWith(kept(request));
});

async function keep() {
  const cache = await caches.open(CACHE);
  await cache.addAll(['/', ...FILES]);
  await skipWaiting();
}

async function takeOver() {
  for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name);
  await clients.claim();
}

async function newest(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const page = await caches.match('/');
    if (page === undefined) throw error;
    return page;
  }
}

/** Its name changes whenever it does. */
async function kept(request) {
  return (await caches.match(request)) ?? fetch(request);
}
