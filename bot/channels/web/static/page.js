/* What plain forms do, without loading the page anew. ES5 only: it runs in the browsers inside old phones' apps. */
(function () {
  "use strict";
  var log = document.getElementById("log");
  var compose = document.getElementById("compose");
  var state = document.getElementById("state");
  if (!log || !compose || !log.getAttribute("data-live")) { return; }
  toEnd();
  if (!window.EventSource || !window.FormData || !log.insertAdjacentHTML) { return; }

  var text = document.getElementById("text");
  var last = Number(log.getAttribute("data-after"));
  var pressed = null;
  var broken = false;
  var source = null;

  function toEnd() { window.scrollTo(0, document.documentElement.scrollHeight); }
  /* A turn that is higher than the screen is shown from its beginning. */
  function toTurn(turn) {
    var top = document.querySelector(".top").offsetHeight, room = window.innerHeight - top - compose.offsetHeight;
    if (turn.offsetHeight < room) { toEnd(); } else { window.scrollTo(0, turn.getBoundingClientRect().top + window.pageYOffset - top); }
  }
  function tell(name) { state.textContent = name ? compose.getAttribute("data-" + name) : ""; }
  function each(list, act) { Array.prototype.forEach.call(list, act); }

  function listen() {
    source = new EventSource("stream?after=" + last);
    source.addEventListener("turn", function (event) { show(Number(event.lastEventId), event.data); });
    source.addEventListener("reload", function () { window.location.reload(); });
    source.onopen = function () { if (broken) { broken = false; tell("online"); } };
    source.onerror = function () {
      broken = true;
      tell("offline");
      if (source.readyState === 2) { source.close(); window.setTimeout(listen, 4000); }
    };
  }

  function show(serial, html) {
    if (serial <= last) { return; }
    last = serial;
    log.insertAdjacentHTML("beforeend", html);
    var turn = log.lastElementChild;
    if (turn.getAttribute("data-own")) {
      each(log.querySelectorAll(".choices"), function (form) {
        if (!turn.contains(form)) { form.parentNode.removeChild(form); }
      });
    }
    document.getElementById("progress").textContent = turn.getAttribute("data-progress");
    each(document.querySelectorAll("input[name=seen]"), function (field) {
      if (!field.form || field.form === compose) { field.value = last; }
    });
    tell("");
    toTurn(turn);
    each(turn.querySelectorAll("img"), function (picture) { picture.addEventListener("load", function () { toTurn(turn); }); });
  }

  function send(form, button) {
    var data = new FormData(form);
    if (button && button.name) { data.append(button.name, button.value); }
    if (form === compose) { data.append("once", "s" + Date.now().toString(36) + Math.random().toString(36).slice(2, 10)); }
    data.append("live", broken ? "" : "1");
    var request = new XMLHttpRequest();
    var buttons = form.querySelectorAll("button");
    each(buttons, function (one) { one.disabled = true; });
    tell("sending");
    request.open("POST", "post");
    request.setRequestHeader("X-Script", "1");
    request.timeout = 180000;
    request.onload = function () {
      each(buttons, function (one) { one.disabled = false; });
      if (request.status !== 204) { state.textContent = request.status < 500 && request.responseText || compose.getAttribute("data-failed"); return; }
      if (form === compose) {
        text.value = "";
        grow();
        each(form.querySelectorAll("input[type=file]"), function (field) { field.value = ""; });
        form.querySelector("details").open = false;
      }
      if (state.textContent === compose.getAttribute("data-sending")) { tell("busy"); }
      if (broken) { window.location.reload(); }
    };
    request.onerror = request.ontimeout = function () {
      each(buttons, function (one) { one.disabled = false; });
      tell("failed");
    };
    request.send(data);
  }

  function grow() {
    text.style.height = "auto";
    text.style.height = text.scrollHeight + 2 + "px";
  }

  document.addEventListener("click", function (event) {
    var node = event.target;
    while (node && node.tagName !== "BUTTON") { node = node.parentNode; }
    pressed = node || null;
  });
  document.addEventListener("submit", function (event) {
    var form = event.target, button = pressed && form.contains(pressed) ? pressed : null;
    pressed = null;
    event.preventDefault();
    var files = form.querySelectorAll("input[type=file]"), chosen = 0;
    each(files, function (field) { chosen += field.files.length; });
    if (form === compose && !chosen && !text.value.replace(/\s/g, "")) { text.focus(); return; }
    send(form, button);
  });
  text.addEventListener("input", grow);
  text.addEventListener("keydown", function (event) {
    if (event.keyCode === 13 && (event.ctrlKey || event.metaKey)) { event.preventDefault(); send(compose, null); }
  });
  window.addEventListener("pageshow", function (event) { if (event.persisted) { window.location.reload(); } });
  window.addEventListener("beforeunload", function () { if (source) { source.onerror = null; source.close(); } });
  grow();
  listen();
})();
