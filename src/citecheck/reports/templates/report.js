(function () {
  "use strict";
  var form = document.getElementById("filter");
  if (!form) return;
  var text = document.getElementById("filter-text");
  var state = document.getElementById("filter-state");
  var count = document.getElementById("filter-count");
  var items = Array.from(document.querySelectorAll("main [data-state]"));
  var groups = Array.from(document.querySelectorAll("main [data-group]"));
  var lists = Array.from(document.querySelectorAll("details[data-list]"));
  var open = null, words = null, timer = 0;
  function apply() {
    var wanted = text.value.trim().toLowerCase(), only = state.value, cards = 0;
    var active = Boolean(wanted || only);
    if (wanted && !words) {
      words = items.map(function (item) { return item.textContent.toLowerCase(); });
    }
    items.forEach(function (item, at) {
      var fits = (!only || item.dataset.state === only) && (!wanted || words[at].indexOf(wanted) >= 0);
      item.hidden = !fits;
      if (fits && item.id) cards += 1;
    });
    if (active && !open) {
      open = lists.map(function (list) { return list.open; });
      lists.forEach(function (list) { list.open = true; });
    } else if (!active && open) {
      lists.forEach(function (list, at) { list.open = open[at]; });
      open = null;
    }
    groups.forEach(function (group) {
      group.hidden = active && !group.querySelector("[data-state]:not([hidden])");
    });
    count.textContent = active ? cards + (cards === 1 ? " link fits" : " links fit") : "";
  }
  function soon() { clearTimeout(timer); timer = setTimeout(apply, 120); }
  text.addEventListener("input", soon);
  state.addEventListener("change", apply);
  form.addEventListener("submit", function (event) { event.preventDefault(); apply(); });
  form.hidden = false;
})();
