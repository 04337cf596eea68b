// Keeps what the portal looks like, so that a page opens quickly, and says calmly when there is no network.
// self.portal (version, page, files, folder) is set by /sw.js, which imports this file.
const { version, page, files, folder } = self.portal;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(version).then((cache) => cache.addAll([page, ...files])).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const forget = (names) => Promise.all(names.filter((name) => name !== version).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(forget).then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => caches.match(page)));
  else if (url.pathname.startsWith(folder)) event.respondWith(kept(request));
});

// Names of static files change with their content: what is kept is right for ever.
async function kept(request) {
  const found = await caches.match(request);
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok) (await caches.open(version)).put(request, answer.clone());
  return answer;
}
