/* A page that stands open tells what has come since: the numbers in the menu, the title, one line that is read out. */
(function () {
  "use strict";
  var every = 20000, title = document.title, line = document.getElementById("news"), first = null;
  if (!line) { return; }
  function badge(way, number) {
    var link = document.querySelector('nav a[data-way="' + way + '"]'), mark = link && link.querySelector(".new");
    if (!link) { return; }
    if (!mark && number) { mark = document.createElement("b"); mark.className = "new"; link.appendChild(mark); }
    if (mark) { mark.textContent = number || ""; mark.hidden = !number; }
  }
  function show(counts) {
    var all = counts.applications + counts.messages, way = counts.messages > (first || counts).messages ? "messages" : "applications";
    badge("applications", counts.applications);
    badge("messages", counts.messages);
    document.title = all ? "（" + all + "）" + title : title;
    if (first && (counts.applications > first.applications || counts.messages > first.messages)) {
      line.hidden = false;
      line.querySelector("a").href = way;
    }
    if (!first || all < first.applications + first.messages) { first = counts; }
  }
  function ask() {
    var request = new XMLHttpRequest();
    request.open("GET", "news");
    request.onload = function () { if (request.status === 200) { show(JSON.parse(request.responseText)); } };
    request.send();
  }
  ask();
  setInterval(ask, Number(line.getAttribute("data-every")) || every);
}());
