// The keyboard of all screens, in one place. A screen says what a key does by attributes and needs no script:
//
//   data-key="c"            pressed outside a field, it clicks this element (a field: puts the cursor there).
//                           Also "Escape", "/", sequences ("g q") and several ways to one thing ("o,Enter").
//   data-key-label="..."    what the cheat sheet calls it; without it, the element's own words.
//   data-keys-group="..."   on something around: the heading under which the sheet lists it.
//   data-keys-always        on something around: its keys answer although it is not shown, such as the rail's on a
//                           narrow or magnified page.
//   data-keys-list          a list: j and k walk through its [data-keys-item] elements, o and Enter open one.
//                           The present item has aria-current="true" and fires the event "keys-current". Focus
//                           goes to its [data-keys-open], else its first link or button, else to itself.
//                           With the value "start", the first item is the present one from the beginning.
//   data-keys-first         on something around (a panel, a bar that appears): while it can be seen, what is in it
//                           answers before the rest of the page.
//
// An element inside an item answers only while its item is the present one. While a modal dialog is open only
// what is inside it answers. Single-key shortcuts can be switched off in the sheet (WCAG 2.1.4); Enter and
// Escape, which no speech program types by accident, stay.
"use strict";

(() => {
  const STORE = "workbench.keys";
  const PATIENCE = 1500; // milliseconds for the second key of a sequence
  const root = document.documentElement;
  let begun = ""; // the first key of a sequence
  let timer = 0;

  const on = () => root.dataset.keys !== "off";
  const remember = (value) => {
    root.dataset.keys = value;
    try { localStorage.setItem(STORE, value); } catch { /* a browser that keeps nothing: for this page only */ }
  };
  try { root.dataset.keys = localStorage.getItem(STORE) === "off" ? "off" : "on"; } catch { root.dataset.keys = "on"; }

  // --- what answers -------------------------------------------------------------------------------------
  const ways = (element) => element.dataset.key.split(",").map((way) => way.trim());
  const shown = (element) => element.checkVisibility() && !element.closest("[inert]"); // also not in a closed <details>
  const reachable = (element) => shown(element) || element.closest("[data-keys-always]") !== null;
  const usable = (element) => reachable(element) && !element.disabled && element.getAttribute("aria-disabled") !== "true";
  const modal = () => [...document.querySelectorAll("dialog:modal")].pop();
  const isField = (element) =>
    element instanceof Element &&
    (element.matches("textarea, select, [role=textbox], [role=combobox], [role=listbox], [role=searchbox]") ||
      (element.matches("input") && !["checkbox", "radio", "button", "submit", "reset", "file", "image"].includes(element.type)) ||
      element.isContentEditable);
  const answersItself = (element) => // Enter and the space bar mean something there already
    element instanceof Element && element.closest("a[href], button, summary, input, label, [role=button], [role=link]") !== null;

  const candidates = () => {
    const within = modal() || document;
    const here = current();
    const found = [...within.querySelectorAll("[data-key]")].filter((element) => {
      const item = element.closest("[data-keys-item]");
      return usable(element) && (!item || item === here);
    });
    const place = (element) => (element.closest("[data-keys-first]") ? 0 : element.closest("[data-keys-item]") ? 1 : 2);
    return found.sort((a, b) => place(a) - place(b)); // stable: else in the order of the page
  };

  const act = (element) => {
    if (isField(element)) {
      element.focus();
      if (element.select) element.select();
    } else element.click();
  };

  // --- lists --------------------------------------------------------------------------------------------
  const items = (list) => [...list.querySelectorAll("[data-keys-item]")].filter(shown);
  const target = (item) =>
    item.querySelector("[data-keys-open]") || (item.matches("a, button") ? item : item.querySelector("a[href], button")) || item;
  const list = () => {
    const lists = [...(modal() || document).querySelectorAll("[data-keys-list]")].filter(shown);
    return (
      lists.find((each) => each.contains(document.activeElement)) ||
      lists.find((each) => each.querySelector("[data-keys-item][aria-current]")) ||
      lists[0]
    );
  };
  const current = () => {
    const here = list();
    return here ? here.querySelector("[data-keys-item][aria-current]") : null;
  };
  const makeCurrent = (item, { focus = true, silent = false } = {}) => {
    const around = item.closest("[data-keys-list]");
    if (!around) return;
    const was = around.querySelector("[data-keys-item][aria-current]");
    if (was !== item) {
      for (const each of around.querySelectorAll("[data-keys-item][aria-current]")) each.removeAttribute("aria-current");
      item.setAttribute("aria-current", "true");
    }
    if (focus) {
      const to = target(item);
      if (!to.matches("a[href], button, input, [tabindex]")) to.tabIndex = -1;
      to.focus({ preventScroll: true });
      item.scrollIntoView({ block: "nearest" });
    }
    if (was !== item && !silent) item.dispatchEvent(new CustomEvent("keys-current", { bubbles: true }));
  };
  const move = (by) => {
    const here = list();
    if (!here) return false;
    const all = items(here);
    if (!all.length) return false;
    const at = all.indexOf(current());
    makeCurrent(all[at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by))]);
    return true;
  };
  const open = () => {
    const item = current();
    if (item) target(item).click();
    return item !== null;
  };

  // --- the keys -----------------------------------------------------------------------------------------
  const nameOf = (event) => {
    let key = event.key;
    // Another script or Caps Lock: the key in the place of the Latin letter.
    if (/^[^\x00-\x7f]$/.test(key) && /^Key[A-Z]$/.test(event.code)) key = event.code.slice(3).toLowerCase();
    return key.length === 1 && !event.shiftKey ? key.toLowerCase() : key;
  };
  const forget = () => { begun = ""; clearTimeout(timer); delete root.dataset.keysBegun; };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = nameOf(event);
    if (["Shift", "CapsLock", "Control", "Alt", "Meta", "Tab"].includes(key)) return;
    const named = key === "Enter" || key === "Escape";
    if (!named && (key.length !== 1 || key === " " || !on())) return;
    if (isField(event.target) && key !== "Escape") return;
    if (key === "Enter" && answersItself(event.target)) return;
    if (key === "Escape" && modal()) return; // it closes the dialog

    const said = begun ? `${begun} ${key}` : key;
    const all = candidates();
    const hit = all.find((element) => ways(element).includes(said)) || (begun && all.find((element) => ways(element).includes(key)));
    const begins = !begun && !named && all.some((element) => ways(element).some((way) => way.startsWith(`${key} `)));
    forget();
    if (hit) {
      event.preventDefault();
      if (!event.repeat) act(hit); // a key held down decides once
      return;
    }
    if (begins) {
      event.preventDefault();
      begun = key;
      root.dataset.keysBegun = key;
      timer = setTimeout(forget, PATIENCE);
      return;
    }
    const done = { j: () => move(1), k: () => move(-1), o: () => !event.repeat && open(), Enter: () => !event.repeat && open() }[said];
    if (done && done()) event.preventDefault();
    else if (said === "?" && !modal()) { event.preventDefault(); showSheet(); }
  });

  // Whoever comes by mouse, touch or Tab: the item that has the focus is the present one.
  document.addEventListener("focusin", (event) => {
    const item = event.target instanceof Element && event.target.closest("[data-keys-item]");
    if (item && !item.hasAttribute("aria-current")) makeCurrent(item, { focus: false });
  });

  // --- the cheat sheet, made of what is on the page -------------------------------------------------------
  const make = (name, words = "", attributes = {}) => {
    const element = document.createElement(name);
    if (words) element.textContent = words;
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  const keyed = (way) => {
    const dt = make("dt");
    way.split(" ").forEach((key, i) => {
      if (i) dt.append(" then ");
      dt.append(make("kbd", { Escape: "Esc" }[key] || key));
    });
    return dt;
  };
  const labelOf = (element) => {
    if (element.dataset.keyLabel) return element.dataset.keyLabel;
    const copy = element.cloneNode(true);
    for (const kbd of copy.querySelectorAll("kbd")) kbd.remove();
    const label = element.labels && element.labels[0] ? element.labels[0].textContent : "";
    return (copy.textContent.trim() || element.getAttribute("aria-label") || label || element.title || "").replace(/\s+/g, " ").trim();
  };
  const groups = () => {
    const found = new Map();
    const add = (group, way, label) => {
      if (!found.has(group)) found.set(group, new Map());
      if (!found.get(group).has(way)) found.get(group).set(way, label);
    };
    if (document.querySelector("[data-keys-list]")) {
      add("In the list", "j", "Next");
      add("In the list", "k", "The one before");
      add("In the list", "o", "Open");
    }
    for (const element of document.querySelectorAll("[data-key]")) {
      // Also what is hidden now (a panel's keys), but not what a list repeats for each item.
      const around = element.closest("[data-keys-group]");
      const everywhere = element.closest("body > header, body > footer, nav[aria-label=Main]");
      const group = around ? around.dataset.keysGroup : everywhere ? "Everywhere" : "On this page";
      for (const way of ways(element)) add(group, way, labelOf(element));
    }
    add("Everywhere", "?", "Show or hide this list");
    return [...found].sort(([a], [b]) => (a === "Everywhere") - (b === "Everywhere"));
  };

  let sheet = null;
  const showSheet = () => {
    sheet ||= document.body.appendChild(make("dialog", "", { class: "cheat", "aria-labelledby": "cheat-head", id: "cheat" }));
    const head = make("header");
    const close = make("button", "Close", { type: "button" });
    close.addEventListener("click", () => sheet.close());
    head.append(make("h2", "Keyboard shortcuts", { id: "cheat-head" }), close);
    const body = make("div", "", { class: "cheat-groups" });
    for (const [name, keys] of groups()) {
      const part = make("section");
      const dl = make("dl");
      for (const [way, label] of keys) dl.append(keyed(way), make("dd", label));
      part.append(make("h3", name), dl);
      body.append(part);
    }
    const setting = make("label", "", { class: "choice" });
    const box = make("input", "", { type: "checkbox" });
    box.checked = on();
    box.addEventListener("change", () => remember(box.checked ? "on" : "off"));
    setting.append(box, " Single-key shortcuts are on (kept in this browser)");
    sheet.replaceChildren(head, body, setting);
    sheet.showModal();
    close.focus();
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "?" && sheet && sheet.open && !event.defaultPrevented && on()) { event.preventDefault(); sheet.close(); }
  }, true);
  document.addEventListener("click", (event) => { if (sheet && event.target === sheet) sheet.close(); });

  // --- after loading and after every swap -----------------------------------------------------------------
  const prepare = () => {
    for (const element of document.querySelectorAll("[data-key]:not([aria-keyshortcuts])")) {
      const single = ways(element).filter((way) => !way.includes(" "));
      if (single.length) element.setAttribute("aria-keyshortcuts", single.join(" "));
    }
    for (const each of document.querySelectorAll("[data-keys-list=start]")) {
      if (!each.querySelector("[data-keys-item][aria-current]")) {
        const first = items(each)[0];
        if (first) makeCurrent(first, { focus: false });
      }
    }
  };
  const begin = () => {
    const foot = document.querySelector("[data-keys-help]") || document.querySelector("body > footer");
    if (foot) {
      const help = make("button", "Keyboard shortcuts ", { type: "button", class: "plain keys-help" });
      help.append(make("kbd", "?", { "aria-hidden": "true" }));
      help.addEventListener("click", showSheet);
      foot.append(" ", help);
    }
    prepare();
  };
  // Scripts of screens: what is the present item, make another one it, go on by one, show the sheet.
  window.workbenchKeys = { current, makeCurrent, move, items, list, showSheet };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
  document.addEventListener("htmx:afterSettle", prepare);
})();
