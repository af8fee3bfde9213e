// Comfort on top of pages that work without it: keys, a warning before input is lost, live news.
(() => {
  "use strict";

  const isTyping = (element) => element.matches?.("input, select, textarea, [contenteditable]");
  const isShown = (element) => element.checkVisibility?.() ?? true;
  const rows = () => [...document.querySelectorAll("[data-rows] a[data-row], main tbody th > a")].filter(isShown);

  const step = (by) => {
    const all = rows();
    const at = all.indexOf(document.activeElement);
    all[Math.min(Math.max(at + by, 0), all.length - 1)]?.focus();
    return all.length > 0;
  };
  const go = (named) => {
    if (!named) return false;
    if (named.matches("a")) named.click();
    else named.focus();
    return true;
  };

  document.addEventListener("keydown", (event) => {
    const isTaken = event.defaultPrevented || event.isComposing;
    if (isTaken || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
    const by = { j: 1, k: -1 }[event.key];
    const isDone = by ? step(by) : go(document.querySelector(`[data-key="${CSS.escape(event.key)}"]`));
    if (isDone) event.preventDefault();
  });

  // Unsent input: the browser asks before it is lost. A form that came back with what was typed is
  // marked by the page, since its fields then begin with that.
  let sent = null;
  const isOther = (field) => {
    if (field.type === "hidden" || field.readOnly) return false;
    if (field.type === "file") return field.files.length > 0;
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (!field.options) return "defaultValue" in field && field.value !== field.defaultValue;
    const chosen = [...field.options].filter((one) => one.defaultSelected);
    const first = chosen.length || field.multiple ? chosen : [...field.options].slice(0, 1);
    return [...field.selectedOptions].some((one) => !first.includes(one)) || first.some((one) => !one.selected);
  };
  const isUnsent = (form) => form !== sent && ("unsent" in form.dataset || [...form.elements].some(isOther));
  document.addEventListener("input", () => { sent = null; });
  document.addEventListener("submit", (event) => { if (!event.defaultPrevented) sent = event.target; });
  addEventListener("pageshow", (event) => { if (event.persisted) sent = null; });
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("a[data-cancels]")) sent = document.querySelector("form[method=post]");
  });
  addEventListener("beforeunload", (event) => {
    if ([...document.querySelectorAll("form[method=post]")].some(isUnsent)) event.preventDefault();
  });

  // A file that is too large is told of before it is sent.
  document.addEventListener("change", (event) => {
    const most = Number(event.target.dataset?.mostBytes);
    if (!most) return;
    const isTooLarge = [...event.target.files].some((file) => file.size > most);
    event.target.setCustomValidity(isTooLarge ? event.target.dataset.tooLarge : "");
    if (isTooLarge) event.target.reportValidity();
  });

  // What an answer does not hold, such as after the end of a session, stays as it is on the page.
  document.addEventListener("htmx:before:swap", (event) => {
    const { select, text } = event.detail.ctx;
    const found = select && new DOMParser().parseFromString(text, "text/html").querySelector(select);
    if (select && !found) event.preventDefault();
  });

  // News: when something happens to an estate within reach, what shows it is read again; not while
  // somebody is busy in it, or looks elsewhere. The browser comes back to a stream that ends by
  // itself; to one that is refused we do, ever later, and at last no more.
  const source = document.body.dataset.live;
  const id = document.querySelector("[data-live-part]")?.id;
  if (source && id && window.EventSource && window.htmx) {
    const [soon, later, mostTries] = [400, 5000, 6];
    const address = new URL(source, location.href);
    let [news, waits, isStale, tries] = [null, null, false, 0];
    const part = () => document.getElementById(id);
    const opened = () => [...part().querySelectorAll("details[open] > summary")].map((one) => one.textContent);

    const read = async () => {
      waits = null;
      if (document.hidden || part().contains(document.activeElement)) return;
      isStale = false;
      const [before, open] = [part().innerHTML, opened()];
      await htmx.ajax("GET", location.href, { target: `#${id}`, select: `#${id}`, swap: "outerMorph" });
      for (const one of part().querySelectorAll("details > summary")) {
        if (open.includes(one.textContent)) one.parentElement.open = true;
      }
      if (part().innerHTML !== before) document.getElementById("said").textContent = part().dataset.livePart;
    };
    const soonRead = () => { if (isStale) waits ??= setTimeout(read, soon); };

    const listen = () => {
      news = new EventSource(address);
      news.addEventListener("open", () => { tries = 0; });
      news.addEventListener("news", (event) => {
        if (event.lastEventId) address.searchParams.set("after", event.lastEventId);
        isStale = true;
        soonRead();
      });
      news.addEventListener("error", () => {
        if (news.readyState !== EventSource.CLOSED || tries >= mostTries) return;
        setTimeout(listen, later * 2 ** tries);
        tries += 1;
      });
    };
    listen();
    document.addEventListener("visibilitychange", soonRead);
    document.addEventListener("focusout", soonRead);
    addEventListener("pagehide", () => news.close());
    addEventListener("pageshow", (event) => { if (event.persisted) { isStale = true; listen(); soonRead(); } });
  }
})();
