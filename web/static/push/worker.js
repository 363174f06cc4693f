/** Shows what a push service delivers while no page is open; it fetches nothing and stands before no page. */

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => {
  const notice = event.data?.json() ?? {};
  event.waitUntil(self.registration.showNotification(notice.title ?? "112", {
    body: notice.body ?? "",
    tag: notice.tag,
    lang: notice.language,
    icon: "/static/icon.svg",
    badge: "/static/icon.svg",
    requireInteraction: true,
    renotify: Boolean(notice.tag),
    data: { page: notice.page ?? "/" },
  }));
});

/** The page that is open already comes to the front; else it is opened. */
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { page } = event.notification.data;
  event.waitUntil((async () => {
    const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    const there = open.find((one) => new URL(one.url).pathname.startsWith(page));
    await (there ? there.focus() : self.clients.openWindow(page));
  })());
});
