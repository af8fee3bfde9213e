// Comfort on top of pages that work without it: keys, a warning before input is lost, live news.
(() => {
  "use strict";

  const isTyping = (element) => element.matches?.("input, select, textarea, [contenteditable]");
  const rows = () => [...document.querySelectorAll("[data-rows] a[data-row], main tbody th > a")];

  const step = (by) => {
    const all = rows();
    const at = all.indexOf(document.activeElement);
    all[Math.min(Math.max(at + by, 0), all.length - 1)]?.focus();
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
    const named = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (named) named.matches("a") ? named.click() : named.focus();
    else return;
    event.preventDefault();
  });

  // Unsent input: the browser asks before it is lost.
  let isChanged = false;
  document.addEventListener("input", (event) => {
    if (event.target.form?.method === "post") isChanged = true;
  });
  document.addEventListener("submit", () => { isChanged = false; });
  addEventListener("beforeunload", (event) => { if (isChanged) event.preventDefault(); });

  // A file that is too large is told of before it is sent.
  document.addEventListener("change", (event) => {
    const most = Number(event.target.dataset?.mostBytes);
    if (!most) return;
    const isTooLarge = [...event.target.files].some((file) => file.size > most);
    event.target.setCustomValidity(isTooLarge ? event.target.dataset.tooLarge : "");
    if (isTooLarge) event.target.reportValidity();
  });

  // News: when something happens to an estate within reach, what shows it is read again.
  const source = document.body.dataset.live;
  const live = document.querySelector("[data-live-part]");
  if (source && live && window.EventSource) {
    const said = document.getElementById("said");
    let waits = null;
    let isOwed = false; // Not while somebody is at work in it: then when he leaves it.
    const again = async () => {
      waits = null;
      isOwed = live.contains(document.activeElement) || document.hidden;
      if (isOwed) return;
      await htmx.ajax("GET", location.href, { target: `#${live.id}`, select: `#${live.id}`, swap: "outerMorph" });
      if (said) said.textContent = live.dataset.livePart;
    };
    const soon = () => { waits ??= setTimeout(again, 400); };
    const news = new EventSource(source);
    news.addEventListener("news", soon);
    for (const left of ["focusout", "visibilitychange"]) document.addEventListener(left, () => { if (isOwed) soon(); });
    addEventListener("pagehide", () => news.close());
  }
})();
