// Asks the phone to keep this page, so that it opens without a network too.
(function () {
  if (!navigator.serviceWorker) return;
  var page = location.pathname;
  navigator.serviceWorker.register(page.replace(/help-now$/, "offline.js"), {scope: page}).then(function () {
    return navigator.serviceWorker.ready;
  }).then(function (registration) {
    registration.active.postMessage(location.search);
  }).catch(function () {}); // a browser that may keep nothing shows the page all the same
})();
