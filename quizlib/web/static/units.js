// Shows matching units while a name is typed; without it the form's own button does the same.
(function () {
  var input = document.getElementById("unit"), list = document.getElementById("units"), timer, asked = "";
  if (!input || !window.fetch) return;
  input.addEventListener("input", function () {
    clearTimeout(timer);
    timer = setTimeout(function () {
      var typed = input.value.trim();
      if (typed === asked) return;
      asked = typed;
      if (!typed) { list.textContent = ""; return; }
      var mark = input.dataset.search.indexOf("?") < 0 ? "?" : "&";
      fetch(input.dataset.search + mark + "q=" + encodeURIComponent(typed))
        .then(function (reply) { return reply.ok ? reply.text() : ""; })
        .then(function (text) { if (asked === typed) list.innerHTML = text; })
        .catch(function () {});
    }, 250);
  });
})();
