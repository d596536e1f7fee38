// One question at a time, each answer sent at once, the time left. The pages work without it.
(function () {
  var paper = document.getElementById("paper");
  if (!paper || !window.fetch || !window.URLSearchParams || !window.FormData) return;
  var words = JSON.parse(paper.dataset.words), sections = [].slice.call(paper.querySelectorAll("section"));
  var kept = document.getElementById("kept"), left = document.getElementById("left");
  var ends = paper.dataset.left === undefined ? null : performance.now() + 1000 * paper.dataset.left;
  var waiting = {}, current = 0;

  function show(number, quiet) {
    current = Math.min(Math.max(number, 1), sections.length);
    sections.forEach(function (section, index) { section.hidden = index !== current - 1; });
    kept.textContent = kept.className = "";
    if (!quiet) { scrollTo(0, 0); }
    var first = sections[current - 1].querySelector("legend, .stem");
    if (first && !quiet) { first.tabIndex = -1; first.focus(); }
  }

  function place() { return parseInt(location.hash.slice(1), 10) || parseInt(paper.dataset.first, 10); }

  function say(number, text, good) {
    if (number !== current) return;
    kept.textContent = text;
    kept.className = good ? "badge good" : "badge";
  }

  function body(form) {
    var data = new URLSearchParams();
    new FormData(form).forEach(function (value, name) { data.append(name, value); });
    data.append("script", "1");
    return data;
  }

  // Sends what the form says now; a later change waits for the reply, so that order is kept.
  function send(form) {
    var number = +form.dataset.number, state = waiting[number] || (waiting[number] = { dirty: false, busy: null, tries: 0 });
    if (state.busy) { state.dirty = true; return state.busy; }
    say(number, words.sending);
    state.dirty = false;
    state.busy = fetch(form.action, { method: "POST", body: body(form) }).then(function (reply) {
      if (reply.status >= 500 || reply.status === 429) throw new Error(reply.status);
      return reply.json();
    }).then(function (told) {
      state.busy = null; state.tries = 0;
      if (told.state === "over") { location.reload(); return true; }
      if (told.state === "unread") { say(number, words.unread); return false; }
      form.sequence.value = told.sequence;
      if (told.left !== undefined && ends !== null) ends = performance.now() + 1000 * told.left;
      if (told.state === "kept-later") { location.reload(); return true; }
      if (state.dirty) return send(form);
      say(number, words.saved + " " + told.at, true);
      return true;
    }).catch(function () {
      state.busy = null; state.tries += 1;
      say(number, words.phone);
      return new Promise(function (resolve) {
        var pause = Math.min(20000, 1000 * Math.pow(2, state.tries)) * (0.5 + Math.random());
        setTimeout(function () { resolve(send(form)); }, pause);
      });
    });
    return state.busy;
  }

  function pending() {
    return Object.keys(waiting).map(function (number) { return waiting[number].busy; }).filter(Boolean);
  }

  // An order, or a verdict with how sure one is, is complete before it is an answer.
  function complete(form) {
    var given = [].map.call(form.querySelectorAll(".order select"), function (box) { return box.value; });
    var asked = {}, answered = {};
    form.querySelectorAll("input[type=radio]").forEach(function (box) {
      asked[box.name] = 1;
      if (box.checked) answered[box.name] = 1;
    });
    return given.every(function (value, index) { return value && given.indexOf(value) === index; }) &&
      Object.keys(asked).length === Object.keys(answered).length;
  }

  sections.forEach(function (section) {
    var form = section.querySelector("form");
    form.addEventListener("change", function () {
      if (form.dataset.plain !== undefined) return;
      if (complete(form)) send(form); else say(+form.dataset.number, words.unread);
    });
    var go = "next"; // the button pressed, not the one in focus: Safari gives a tapped button no focus
    form.addEventListener("click", function (event) { if (event.target.name === "go") go = event.target.value; });
    form.addEventListener("submit", function (event) {
      if (go === "stay") return; // a scenario's step is sent by its own button, and cannot be taken back
      event.preventDefault();
      var next = current + (go === "previous" ? -1 : 1);
      if (go === "review" || next > sections.length) {
        Promise.all(pending()).then(function () { location.href = paper.dataset.review; });
      } else {
        location.hash = next;
      }
    });
  });

  function tick() {
    var seconds = Math.max(0, Math.round((ends - performance.now()) / 1000));
    left.textContent = words.left + " " + (seconds > 60 ? Math.ceil(seconds / 60) + " " + words.minutes : seconds + " " + words.seconds);
    if (seconds === 0) { clearInterval(timer); Promise.all(pending()).then(function () { location.reload(); }); }
  }

  var timer = ends === null ? 0 : setInterval(tick, 1000);
  addEventListener("pageshow", function (event) { if (event.persisted) location.reload(); });
  addEventListener("hashchange", function () { show(place()); });
  show(place(), true);
})();
