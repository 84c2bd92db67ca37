// Says so when a request made in the background gets no good answer; what was typed stays where it is.
"use strict";

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

// The reader's zone, for the server to write times in; it asks nothing and changes nothing on this page.
(() => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  if (zone) document.cookie = `zone=${zone}; Path=/; Max-Age=34560000; SameSite=Lax${secure}`;
})();
