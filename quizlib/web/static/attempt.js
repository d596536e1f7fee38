// One question at a time, the time left, and each answer kept on this phone until the server has it. The pages work
// without it.
(function () {
  var paper = document.getElementById("paper"), last = document.getElementById("submit");
  var done = document.getElementById("done");
  if (!window.fetch || !window.URLSearchParams || !window.FormData) return;
  var key = "quizlib " + (paper || last || done).dataset.key;

  // What is on its way, by number of the question: the form's own fields, as they are sent.
  function queued() {
    try { return JSON.parse(localStorage.getItem(key)) || {}; } catch (refused) { return {}; }
  }
  function enqueue(number, text) {
    var all = queued();
    if (text) all[number] = text; else delete all[number];
    try {
      if (Object.keys(all).length) localStorage.setItem(key, JSON.stringify(all)); else localStorage.removeItem(key);
    } catch (refused) { /* this browser keeps nothing: the page itself does, as long as it is open */ }
  }

  if (done) try { localStorage.removeItem(key); } catch (refused) { /* it kept nothing */ }
  if (last) { // the review: whatever did not get through goes along with the submission
    var all = queued();
    document.getElementById("waiting").hidden = !Object.keys(all).length;
    last.addEventListener("submit", function () {
      Object.keys(all).forEach(function (number) {
        var field = document.createElement("input");
        field.type = "hidden"; field.name = "answer"; field.value = all[number] + "&number=" + number;
        last.appendChild(field);
      });
    });
  }
  if (!paper) return;
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

  // A change has a sequence of its own, so that a delayed packet never takes the place of a later one.
  function change(form) {
    var number = +form.dataset.number, state = waiting[number] || (waiting[number] = { tries: 0 });
    if (queued()[number] || state.text) form.sequence.value = +form.sequence.value + 1;
    keep(form, state, body(form).toString());
  }

  function keep(form, state, text) {
    state.text = text;
    enqueue(form.dataset.number, text);
    if (!state.busy) state.busy = send(form, state).then(function () { state.busy = null; });
  }

  // Sends the newest until the server has it; the reply to an older one only says that it arrived.
  function send(form, state) {
    var number = +form.dataset.number, text = state.text, late = window.AbortController ? new AbortController() : null;
    var patience = late && setTimeout(function () { late.abort(); }, 15000);
    say(number, words.sending);
    return fetch(form.action, {
      method: "POST", body: text, keepalive: true, signal: late ? late.signal : undefined,
      headers: { "Content-Type": "application/x-www-form-urlencoded" }
    }).then(function (reply) {
      if (reply.status >= 500 || reply.status === 429) throw new Error(reply.status);
      return reply.json();
    }).then(function (told) {
      clearTimeout(patience);
      state.tries = 0;
      if (told.left !== undefined && ends !== null) ends = performance.now() + 1000 * told.left;
      if (state.text !== text) return send(form, state);
      state.text = "";
      enqueue(number, "");
      if (told.state === "unread") { say(number, words.unread); return; }
      if (told.state !== "saved") { location.reload(); return; } // it is over, or another phone answered later
      form.sequence.value = told.sequence;
      say(number, words.saved + " " + told.at, true);
    }).catch(function () {
      clearTimeout(patience);
      state.tries += 1;
      say(number, words.phone);
      return new Promise(function (resolve) {
        var pause = Math.min(20000, 1000 * Math.pow(2, state.tries)) * (0.5 + Math.random());
        state.wake = resolve;
        setTimeout(resolve, pause);
      }).then(function () { return send(form, state); });
    });
  }

  function pending() {
    return Object.keys(waiting).map(function (number) { return waiting[number].busy; }).filter(Boolean);
  }

  addEventListener("online", function () {
    Object.keys(waiting).forEach(function (number) { if (waiting[number].wake) waiting[number].wake(); });
  });

  // What a page that was closed too early had left behind.
  function restore(form, text) {
    var fields = new URLSearchParams(text);
    [].forEach.call(form.elements, function (box) {
      if (!/^q/.test(box.name)) return;
      if (box.type === "radio" || box.type === "checkbox") box.checked = fields.getAll(box.name).indexOf(box.value) >= 0;
      else box.value = fields.get(box.name) || "";
    });
    var state = waiting[form.dataset.number] = { tries: 0 };
    form.sequence.value = fields.get("sequence"); // its own: what another phone has answered since is later
    keep(form, state, body(form).toString());
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
    var typing = 0;
    function changed() {
      clearTimeout(typing);
      if (form.dataset.plain !== undefined) return;
      if (complete(form)) change(form); else say(+form.dataset.number, words.unread);
    }
    form.addEventListener("change", changed);
    form.addEventListener("input", function (event) { // typed, and not yet left
      if (!/^(text|textarea)$/.test(event.target.type)) return;
      clearTimeout(typing);
      typing = setTimeout(changed, 900);
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
  var behind = queued();
  sections.forEach(function (section) {
    var form = section.querySelector("form");
    if (behind[form.dataset.number]) restore(form, behind[form.dataset.number]);
  });
})();
