// What every page needs of a script; each works without it, or is not there.
"use strict";

// Says so when a request made in the background gets no good answer; what was typed stays where it is.
(() => {
  const say = (text) => {
    const place = document.getElementById("trouble");
    if (!place) return;
    place.replaceChildren();
    if (!text) return;
    const note = document.createElement("p");
    note.className = "note error";
    note.textContent = text;
    place.append(note);
  };
  document.addEventListener("htmx:sendError", () =>
    say("The server cannot be reached. What you typed is still here; try again in a moment."));
  document.addEventListener("htmx:responseError", (event) => {
    const status = event.detail.xhr.status;
    if (status === 503) say("The database cannot be reached just now. What you typed is still here; try again in a moment.");
    else if (status === 403) say("The page was open too long or you may not do this. Reload the page and try again.");
    else say(`The server answered with an error (${status}). What you typed is still here; reload the page if it happens again.`);
  });
  document.addEventListener("htmx:afterSwap", () => say(""));
})();

// The reader's zone, for the server to write times in (claims/web/reader.py); it changes nothing on this page.
(() => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  if (zone) document.cookie = `zone=${zone}; Path=/; Max-Age=34560000; SameSite=Lax${secure}`;
})();

// Toasts go after a while, but never from under the pointer or the focus; whoever wants them gone closes them.
(() => {
  const PATIENCE = 15000; // milliseconds
  const place = document.getElementById("toasts");
  if (!place) return;
  let timer = 0;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => (place.matches(":hover, :focus-within") ? later() : place.replaceChildren()), PATIENCE);
  };
  new MutationObserver(() => place.childElementCount && later()).observe(place, { childList: true });
})();

// data-opens="id" opens a dialog, data-closes takes away the toast or dialog around it; the menu closes by Escape and
// by a click beside it, and gives the focus back.
document.addEventListener("click", (event) => {
  const at = event.target instanceof Element ? event.target : null;
  if (!at) return;
  const opener = at.closest("[data-opens]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.opens);
    if (dialog instanceof HTMLDialogElement && !dialog.open) {
      event.preventDefault();
      dialog.showModal();
    }
  }
  const closer = at.closest("[data-closes]");
  if (closer) {
    const around = closer.closest("dialog, .toast");
    if (around instanceof HTMLDialogElement) around.close();
    else around?.remove();
  }
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(at)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
});
