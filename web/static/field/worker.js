/**
 * The service worker of the crew's page: the page opens without a signal, with the map of the way there.
 * The server puts FILES before this, every file of the page and the state of each, and BACKGROUND, the script that
 * sends what waits when no page is open (null: it was not joined, and the page sends when it is opened).
 */
/* global workbox, FILES, BACKGROUND, importScripts */
for (const part of ["core", "routing", "strategies", "expiration", "precaching"]) {
  importScripts(`/vendor/workbox-${part}/build/workbox-${part}.prod.js`);
}
if (BACKGROUND) importScripts(BACKGROUND);
const { NetworkFirst, StaleWhileRevalidate } = workbox.strategies;
const { ExpirationPlugin } = workbox.expiration;
const { registerRoute } = workbox.routing;

const PATIENCE_S = 4;
const DAY_S = 86400;
// Without a signal a map may be old, but not so old that its roads are others.
const TILES = { maxEntries: 2000, maxAgeSeconds: 30 * DAY_S, purgeOnQuotaError: true };
const ANSWERS = /^\/(?:i18n\/|api\/v1\/(?:reference|layers)(?:\/|$))/;

/** A sign-in page or a failing server's words must never stand in for what was good. */
const onlyGood = {
  cacheWillUpdate: async ({ response }) => (response.status === 200 && !response.redirected ? response : null),
  fetchDidSucceed: async ({ response }) => {
    if (response.status >= 500) throw new Error(`The server answered ${response.status}.`);
    return response;
  },
};
/** An answer out of the cache says nothing of what time it is now; the page sets its clock by this. */
const undated = {
  async cachedResponseWillBeUsed({ cachedResponse }) {
    if (!cachedResponse) return cachedResponse;
    const { status, statusText } = cachedResponse;
    const headers = new Headers(cachedResponse.headers);
    headers.delete("Date");
    return new Response(cachedResponse.body, { status, statusText, headers });
  },
};
const onePage = { cacheKeyWillBeUsed: async () => "/field" };

self.skipWaiting();
workbox.core.clientsClaim();
workbox.precaching.cleanupOutdatedCaches();
workbox.precaching.precacheAndRoute(FILES);

registerRoute(({ request, url }) => request.mode === "navigate" && url.pathname === "/field", new NetworkFirst({
  cacheName: "field-page", networkTimeoutSeconds: PATIENCE_S, plugins: [onlyGood, onePage] }));

registerRoute(({ url }) => ANSWERS.test(url.pathname), new NetworkFirst({
  cacheName: "field-answers", networkTimeoutSeconds: PATIENCE_S,
  plugins: [onlyGood, undated, new ExpirationPlugin({ maxEntries: 80, maxAgeSeconds: 7 * DAY_S })] }));

registerRoute(({ url }) => url.pathname.startsWith("/tiles/"), new StaleWhileRevalidate({
  cacheName: "field-tiles", plugins: [onlyGood, new ExpirationPlugin(TILES)] }));
