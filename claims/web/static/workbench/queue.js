// The queue: which finding stands beside the list, where the focus goes after a decision, what is picked.
// Keys are keys.js's; everything here is about places, and the page works without it, one page after another.
"use strict";

(() => {
  const keys = window.workbenchKeys;
  const byId = (id) => document.getElementById(id);
  const wide = () => matchMedia("(min-width: 75rem)").matches; // as .split-view in workbench.css
  const lineOf = (finding) => (finding ? byId(`line-${finding}`) : null);
  const shown = () => byId("pane")?.dataset.finding || "";
  const IDLE = 5 * 60 * 1000; // after so long without a key or a click nobody has it open
  let held = "";
  let active = Date.now();
  let acted = false; // a decision is under way: the focus follows to the next line
  for (const kind of ["keydown", "pointerdown"]) document.addEventListener(kind, () => { active = Date.now(); }, true);

  const remember = () => {
    const address = new URL(location.href);
    if (shown()) address.searchParams.set("at", shown());
    else address.searchParams.delete("at");
    history.replaceState(history.state, "", address);
  };
  const open = (yes) => byId("queue")?.classList.toggle("opened", yes);
  const focusHere = () => {
    if (wide()) {
      const line = lineOf(shown());
      if (line) keys.makeCurrent(line, { silent: true });
      else byId("pane")?.focus({ preventScroll: true });
    } else byId("pane")?.focus({ preventScroll: true });
  };

  // A line is shown beside the list; from the keyboard, a second time opens the finding's own page.
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest(".q-line [data-keys-open]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
      event.preventDefault();
      const line = link.closest(".q-line");
      if (wide() && event.detail === 0 && shown() === line.dataset.finding) byId("pane").querySelector(".q-full")?.click();
      else if (shown() === line.dataset.finding || wide()) keys.makeCurrent(line);
      else { acted = true; keys.makeCurrent(line); }
      if (!wide()) { open(true); byId("pane")?.focus({ preventScroll: true }); scrollTo(0, 0); }
      return;
    }
    if (event.target instanceof Element && event.target.closest(".q-back") && byId("queue")) {
      event.preventDefault();
      open(false);
      const line = lineOf(shown());
      if (line) keys.makeCurrent(line, { silent: true });
      return;
    }
    if (event.target instanceof Element && event.target.closest(".q-close")) close(event.target.closest("details"));
  });

  // Menus: the first choice has the focus, only one is open, and a click elsewhere closes it.
  const close = (menu) => {
    if (!menu || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  };
  document.addEventListener("toggle", (event) => {
    const menu = event.target;
    if (!(menu instanceof HTMLDetailsElement) || !menu.matches(".q-menu") || !menu.open) return;
    for (const other of document.querySelectorAll(".q-menu[open]")) if (other !== menu && !other.contains(menu)) other.open = false;
    const typed = [...menu.querySelectorAll(".q-panel input[name=reason]")].find((field) => field.value);
    (typed || menu.querySelector(".q-panel :is(input:not([type=hidden]), select, button)"))?.focus();
  }, true);
  document.addEventListener("pointerdown", (event) => {
    for (const menu of document.querySelectorAll(".q-menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    const menu = document.querySelector(".q-menu[open]");
    if (menu && !document.querySelector("dialog:modal")) { event.preventDefault(); close(menu); }
  });

  // What goes along with a request.
  document.addEventListener("htmx:configRequest", (event) => {
    const { elt, parameters } = event.detail;
    if (!(elt instanceof Element)) return;
    if (elt.id === "q-hold") {
      parameters.set("left", held);
      return;
    }
    if (elt.matches("#q-pane form")) {
      const line = lineOf(shown());
      const next = line && (line.nextElementSibling?.matches(".q-line") ? line.nextElementSibling : line.previousElementSibling);
      parameters.set("next", next?.dataset.finding || "");
    }
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    const { elt } = event.detail;
    if (elt.id === "q-hold" && (document.hidden || Date.now() - active > IDLE)) event.preventDefault();
    else if (elt.matches?.("#q-pane form:not(#q-hold), #bulk, .q-tools form, .toast form")) acted = true;
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt.id === "q-hold" && event.detail.successful) held = shown();
  });

  // What came is shown; whoever decided goes on with the next line.
  document.addEventListener("htmx:afterSettle", (event) => {
    if (!byId("queue")) return;
    const target = event.detail.target;
    if (!target || !["q-pane", "q-body"].includes(target.id)) return;
    byId("q-pane").scrollTop = 0;
    const line = lineOf(shown());
    if (line && !line.hasAttribute("aria-current")) keys.makeCurrent(line, { focus: false, silent: true });
    remember();
    const refusal = byId("refusal");
    const typed = refusal && byId("reason");
    if (typed && typed.value) typed.focus();
    else if (refusal || acted || document.activeElement === document.body) focusHere();
    acted = false;
    picked();
  });

  // How many are picked. That the bar shows is the style sheet's doing.
  const picked = () => {
    const place = byId("q-picked");
    if (place) place.textContent = document.querySelectorAll("#q-lines [name=pick]:checked").length;
  };
  document.addEventListener("change", (event) => { if (event.target.name === "pick") picked(); });
  document.addEventListener("reset", (event) => { if (event.target.id === "bulk") setTimeout(() => { picked(); focusHere(); }); });
})();
