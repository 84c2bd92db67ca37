// What somebody has typed into the other forms of a fact-check survives an answer that renews the page, and a
// reload: a text goes back into its field together with what it was typed over, so that the server still sees
// whether somebody else changed that meanwhile. Forms are told apart by data-act and, of several, by their ids.
"use strict";

(() => {
  const PLACE = `factcheck:${location.pathname}`;
  const SKIPPED = new Set(["csrfmiddlewaretoken", "seen"]);
  const name = (form) => [form.dataset.act, form.elements.source?.value, form.elements.letter?.value].filter(Boolean).join(":");
  const fields = (form) => [...form.elements].filter((f) => f.name && !SKIPPED.has(f.name) && f.type !== "submit");
  const value = (f) => (f.type === "checkbox" || f.type === "radio" ? f.checked : f.value);
  const begun = (f) => (f.type === "checkbox" || f.type === "radio" ? f.checked !== f.defaultChecked
    : f.type !== "hidden" && f.tagName !== "SELECT" && f.value !== f.defaultValue);

  const typed = (but) => {
    const found = {};
    for (const form of document.querySelectorAll("form[data-act]")) {
      if (form === but || !fields(form).some(begun)) continue;
      found[name(form)] = fields(form).map((f) => [f.name, f.type === "radio" ? f.value : "", value(f)]);
    }
    return found;
  };
  const putBack = (found) => {
    for (const form of document.querySelectorAll("form[data-act]")) {
      const kept = found[name(form)];
      if (!kept) continue;
      for (const [field, choice, was] of kept) {
        const target = fields(form).find((f) => f.name === field && (f.type !== "radio" || f.value === choice));
        if (!target) continue;
        if (typeof was === "boolean") target.checked = was;
        else target.value = was;
      }
      for (let box = form.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    }
  };
  const keep = (found) => {
    try {
      if (Object.keys(found).length) sessionStorage.setItem(PLACE, JSON.stringify(found));
      else sessionStorage.removeItem(PLACE);
    } catch { /* a browser that keeps nothing: then only the page itself holds it */ }
  };

  let kept = {};
  document.addEventListener("htmx:beforeSwap", (event) => {
    const form = event.detail.requestConfig?.elt?.closest?.("form[data-act]");
    if (event.detail.target?.id === "factcheck") kept = typed(form);
  });
  document.addEventListener("htmx:afterSwap", () => {
    putBack(kept);
    keep(typed(null));
    kept = {};
  });
  document.addEventListener("input", () => keep(typed(null)));
  document.addEventListener("submit", (event) => keep(typed(event.target)));
  // The button of the next step opens the part it leads to and puts the cursor there.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-opens-part]");
    const part = link && document.getElementById(link.hash.slice(1));
    if (!part) return;
    event.preventDefault();
    if (part.tagName === "DETAILS") part.open = true;
    const inner = part.querySelector("details");
    if (inner && !part.querySelector("textarea:not(details *)")) inner.open = true;
    part.scrollIntoView({ block: "start" });
    part.querySelector("input:not([type=hidden]), textarea")?.focus({ preventScroll: true });
  });

  let stored = null;
  try { stored = sessionStorage.getItem(PLACE); } catch { stored = null; }
  if (stored && !document.querySelector("[role=alert].note")) putBack(JSON.parse(stored));
})();
