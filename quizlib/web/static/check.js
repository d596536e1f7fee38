// Tells what this phone adds to the pages: saving at once, keeping answers without a network, how fast the network is.
(function () {
  var own = document.currentScript, words = JSON.parse(own.dataset.words), sent = 0, slowest = 0;

  function tell(id, good, text) {
    var row = document.getElementById(id);
    row.className = "notice " + (good ? "good" : "careful");
    row.querySelector(".icon").textContent = good ? "✓" : "!";
    row.querySelector(".told").textContent = text;
  }

  function keeps() {
    try {
      localStorage.setItem("check", "1");
      localStorage.removeItem("check");
      return true;
    } catch (refused) { return false; }
  }

  function ask() {
    var begun = performance.now();
    fetch(own.dataset.alive, { cache: "no-store" }).then(function (reply) {
      if (!reply.ok) throw new Error(reply.status);
      slowest = Math.max(slowest, performance.now() - begun);
      sent += 1;
      if (sent < 3) return ask();
      tell("network", slowest < 1500, slowest < 1500 ? words.fast : words.slow);
    }).catch(function () { tell("network", false, words.none); });
  }

  if (!window.fetch || !window.URLSearchParams || !window.FormData) return;
  tell("script", true, words.script);
  tell("storage", keeps(), keeps() ? words.storage : words.forgets);
  ask();
  addEventListener("offline", function () { tell("network", false, words.none); });
  addEventListener("online", function () { sent = slowest = 0; ask(); });
})();
