// Keeps one page, that of its scope, with the files it needs, and answers for it when no network or no server does.
var page = new URL(self.registration.scope).pathname;

self.addEventListener("install", function () { self.skipWaiting(); });

// The page has been opened, with the size of letters in its query.
self.addEventListener("message", function (event) {
  if (/^(\?size=\w+)?$/.test(event.data)) event.waitUntil(keep(page + event.data));
});

function keep(address) {
  return Promise.all([caches.open(page), fetch(address)]).then(function (found) {
    var cache = found[0], reply = found[1];
    if (reply.ok) return reply.clone().text().then(function (text) {
      var files = text.match(/[^"]*\/static\/[^"]+/g);
      return cache.addAll(files).then(function () {
        return cache.put(page, reply);
      }).then(function () {
        return cache.keys();
      }).then(function (kept) {
        return Promise.all(kept.filter(function (each) {
          return files.concat(page).indexOf(each.url.replace(location.origin, "")) < 0;
        }).map(function (old) { return cache.delete(old); }));
      });
    });
  });
}

self.addEventListener("fetch", function (event) {
  event.respondWith(fetch(event.request).catch(Response.error).then(function (reply) {
    if (reply.status && reply.status < 500) return reply;
    return caches.match(event.request, {ignoreSearch: event.request.mode === "navigate"}).then(function (kept) {
      return kept || reply;
    });
  }));
});
