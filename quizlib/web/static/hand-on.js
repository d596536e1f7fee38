// Hands a shared phone on: the next person's form takes this page's place, and nothing stays on the phone.
(function () {
  var form = document.getElementById("hand-on");
  addEventListener("pageshow", function (event) { if (event.persisted) location.reload(); });
  if (!form || !window.fetch) return;
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    try { localStorage.clear(); sessionStorage.clear(); } catch (refused) { /* nothing was kept then */ }
    fetch(form.action, { method: "POST" }).then(function (reply) {
      if (!reply.ok) throw new Error(reply.status);
      location.replace(reply.url);
    }).catch(function () { form.submit(); });
  });
})();
