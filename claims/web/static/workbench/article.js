// The article's page: a card at the claim one points at, keys from claim to claim, and corrections in a dialog.
// Without this script the list beside the text says the same, and every link and form leads to a page.
"use strict";

(() => {
  const area = document.getElementById("reading");
  const card = document.getElementById("card");
  const dialog = document.getElementById("correcting");
  const body = document.getElementById("correct-body");
  if (!area || !card || !dialog) return;
  const OPENING = 150, CLOSING = 250; // milliseconds: not at every mark the mouse runs over; time to reach the card
  let opening = 0, closing = 0;
  let shown = null; // the link the card belongs to
  let pinned = false; // opened by a click: stays until Escape or a click elsewhere
  let present = ""; // the id of the claim one was at last

  // --- the card -----------------------------------------------------------------------------------------
  const links = () => {
    const seen = new Set();
    return [...area.querySelectorAll("mark a[href^='#read-']")].filter((link) => {
      const drawn = getComputedStyle(link.parentElement).borderBottomColor !== "rgba(0, 0, 0, 0)";
      return drawn && !seen.has(link.hash) && seen.add(link.hash);
    });
  };
  const at = (element) => (element instanceof Element ? element.closest("mark a[href^='#read-']") : null);
  const entry = (link) => area.querySelector(`[id="${link.hash.slice(1)}"]`);

  const place = (link) => {
    if (matchMedia("(max-width: 40rem)").matches) { card.style.left = card.style.top = ""; return; }
    const around = link.getBoundingClientRect(); // all its lines: what one reads stays free
    const high = card.offsetHeight, wide = card.offsetWidth;
    const below = around.bottom + 6, above = around.top - high - 6;
    const top = below + high < innerHeight ? below : above > 8 ? above : Math.max(8, innerHeight - high - 8);
    card.style.top = `${top}px`;
    card.style.left = `${Math.max(8, Math.min(around.left, innerWidth - wide - 8))}px`;
  };
  const show = (link, pin = false) => {
    clearTimeout(opening); clearTimeout(closing);
    const line = entry(link);
    if (!line) return;
    pinned = pin || (pinned && shown === link);
    if (shown !== link) {
      card.replaceChildren(...[...line.children].map((child) => child.cloneNode(true)));
      for (const each of card.querySelectorAll("[id]")) each.removeAttribute("id");
      shown = link;
    }
    if (!card.matches(":popover-open")) card.showPopover();
    place(link);
    mark(link);
  };
  const hide = () => {
    clearTimeout(opening); clearTimeout(closing);
    if (card.matches(":popover-open")) card.hidePopover();
    shown = null; pinned = false;
  };
  const mark = (link) => {
    for (const each of area.querySelectorAll(".here")) each.classList.remove("here");
    link.parentElement.classList.add("here");
    const line = entry(link);
    if (line) { line.classList.add("here"); present = line.dataset.claim; }
  };

  document.addEventListener("mouseover", (event) => {
    if (event.target instanceof Element && event.target.closest("#card")) { clearTimeout(closing); return; }
    const link = at(event.target);
    if (!link || pinned) return;
    clearTimeout(closing); clearTimeout(opening);
    opening = setTimeout(() => show(link), OPENING);
  });
  document.addEventListener("mouseout", (event) => {
    clearTimeout(opening);
    if (pinned || !shown || document.activeElement === shown) return;
    if (at(event.target) || (event.target instanceof Element && event.target.closest("#card"))) {
      clearTimeout(closing);
      closing = setTimeout(hide, CLOSING);
    }
  });
  area.addEventListener("focusin", (event) => {
    const link = at(event.target);
    if (link && link.matches(":focus-visible")) show(link);
    const line = event.target.closest("[data-claim]");
    if (line) present = line.dataset.claim;
  });
  document.addEventListener("focusout", (event) => {
    if (!shown || pinned) return;
    const to = event.relatedTarget;
    if (!(to instanceof Element && (to.closest("#card") || at(to)))) hide();
  });
  document.addEventListener("click", (event) => {
    const link = at(event.target);
    if (link && area.contains(link)) {
      if (String(getSelection())) return; // words are being selected
      event.preventDefault();
      if (pinned && shown === link && event.detail) hide();
      else {
        show(link, true);
        if (!event.detail) card.querySelector("a[href]:not([href^='#']), button")?.focus(); // Enter: into the card
      }
    } else if (shown && !(event.target instanceof Element && event.target.closest("#card, [data-move]"))) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !shown || dialog.open) return;
    event.preventDefault();
    const link = shown;
    const inside = card.contains(document.activeElement);
    hide();
    if (inside) link.focus({ preventScroll: true });
  });
  addEventListener("resize", () => shown && place(shown));
  addEventListener("scroll", () => { if (shown) place(shown); }, { passive: true });

  // --- from claim to claim ------------------------------------------------------------------------------
  const move = (by) => {
    const all = links();
    if (!all.length) return;
    const now = all.findIndex((link) => link.hash === `#read-${present}`);
    const to = all[now < 0 ? (by > 0 ? 0 : all.length - 1) : (now + by + all.length) % all.length];
    to.scrollIntoView({ block: "center" });
    to.focus({ preventScroll: true });
    show(to);
  };
  const line = () => (present ? area.querySelector(`[data-claim="${present}"]`) : null);
  const tools = () => { for (const each of area.querySelectorAll(".moves")) each.hidden = false; };
  tools();

  // --- corrections --------------------------------------------------------------------------------------
  const open = (address) => {
    hide();
    htmx.ajax("GET", address, { target: body, swap: "innerHTML" }).then(() => {
      if (!body.childElementCount) return;
      htmx.process(body);
      if (!dialog.open) dialog.showModal();
      const first = body.querySelector("[aria-invalid=true], input[name=value], textarea");
      if (first) { first.focus(); if (first.select) first.select(); }
    });
  };
  const reject = (button) => {
    hide();
    htmx.ajax("POST", button.formAction, { source: document.getElementById("decide"), target: "#reading" });
  };
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (!target || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const mover = target.closest("[data-move]");
    if (mover) { move(Number(mover.dataset.move)); return; }
    const tool = target.closest("[data-on]");
    if (tool) {
      const here = line();
      if (!here) move(1);
      else if (tool.dataset.on === "edit") open(here.querySelector("[data-edit]").href);
      else reject(here.querySelector("[data-reject]"));
      return;
    }
    const edit = target.closest("[data-edit], [data-add]");
    if (edit) { event.preventDefault(); open(edit.href); return; }
    const no = target.closest("[data-reject]");
    if (no) { event.preventDefault(); reject(no); return; }
    const add = target.closest("#add-claim");
    if (add) { event.preventDefault(); open(pointed(add.href)); return; }
    if (target.closest("#correcting [data-closes]")) { event.preventDefault(); dialog.close(); }
  });

  // Selected words by their place in the stored text. Browsers count UTF-16 units, the text is stored in characters:
  // an emoji is two here and one there.
  const characters = (text) => [...text].length;
  const offset = (node, at) => {
    const around = (node instanceof Element ? node : node.parentElement).closest("[data-start]");
    if (!around) return null;
    const before = document.createRange();
    before.selectNodeContents(around);
    before.setEnd(node, at);
    return { text: around.dataset.text, at: Number(around.dataset.start) + characters(before.toString()) };
  };
  const pointed = (address) => {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return address;
    const range = selection.getRangeAt(0);
    const start = offset(range.startContainer, range.startOffset);
    if (!start || !area.contains(range.commonAncestorContainer)) return address;
    const words = range.toString();
    const skipped = characters(words) - characters(words.trimStart());
    const url = new URL(address, location.href);
    url.searchParams.set("quote", words.trim());
    url.searchParams.set("start", String(start.at + skipped));
    if (start.text === "headline") url.searchParams.set("headline", "on");
    return url.href;
  };

  document.addEventListener("mousedown", (event) => { // the words stay selected when the link is pressed
    if (event.target instanceof Element && event.target.closest("#add-claim")) event.preventDefault();
  });
  document.addEventListener("corrected", () => {
    if (dialog.open) dialog.close();
    body.replaceChildren();
    back();
  });
  let held = "";
  const back = () => { // to the claim one was at, in the new text
    if (!held) return;
    const link = area.querySelector(`mark a[href="#read-${held}"]`);
    if (link) link.focus({ preventScroll: true });
    else document.getElementById("claims")?.focus({ preventScroll: true });
    if (!link) present = "";
    hide();
    if (link) mark(link);
    held = "";
  };
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target !== area) return;
    const active = document.activeElement;
    held = area.contains(active) || dialog.contains(active) || card.contains(active) || active === document.body ? present : "";
    hide();
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== area) return;
    tools();
    if (!dialog.open) back();
  });
  document.addEventListener("submit", (event) => {
    if (event.target.id === "decide" && event.submitter) { event.preventDefault(); }
  });
})();
