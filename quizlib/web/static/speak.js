// Reads the question aloud with the phone's own voice, only when asked and only where there is one.
(function () {
  if (!window.speechSynthesis || !window.SpeechSynthesisUtterance) return;
  var words = document.getElementById("speak-words");
  if (!words) return;
  [].forEach.call(document.querySelectorAll(".speech"), function (block) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "button quiet";
    button.textContent = words.dataset.read;
    button.addEventListener("click", function () {
      var speaking = speechSynthesis.speaking;
      speechSynthesis.cancel();
      if (speaking) { button.textContent = words.dataset.read; return; }
      var said = new SpeechSynthesisUtterance(block.innerText.replace(button.textContent, ""));
      said.lang = (block.closest("[lang]") || document.documentElement).lang === "en" ? "en-GB" : "vi-VN";
      said.rate = 0.9;
      said.onend = function () { button.textContent = words.dataset.read; };
      button.textContent = words.dataset.stop;
      speechSynthesis.speak(said);
    });
    block.insertBefore(button, block.firstChild);
  });
})();
// Beside the words on how to print, a button that does it; what is folded is printed too.
(function () {
  var words = document.getElementById("print");
  if (!words || !window.print) return;
  var button = document.createElement("button");
  button.type = "button";
  button.className = "button quiet";
  button.textContent = words.dataset.word;
  button.addEventListener("click", function () { print(); });
  words.parentNode.parentNode.insertBefore(button, words.parentNode);
  addEventListener("beforeprint", function () {
    [].forEach.call(document.querySelectorAll("details"), function (each) { each.open = true; });
  });
})();
