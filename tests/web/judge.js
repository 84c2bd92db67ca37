// The arguments' first is a list of pages; for each, the beginnings of elements that our templates never write:
// a script without an address of ours, an event attribute, a style, an address that runs, a frame, an htmx
// attribute that evaluates. Parsed by the browser itself.
const runs = (address) => /^[\s\x00-\x20]*(javascript|vbscript|data(?!:image\/(png|gif)))\s*:/i
  .test((address || "").replace(/[\t\n\r]/g, ""));
return arguments[0].map((html) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  const wrong = [];
  for (const each of page.querySelectorAll("*")) {
    const name = each.localName;
    const shown = each.outerHTML.slice(0, 160);
    if (name === "script" && each.type !== "application/ld+json" && !["/static/", "/admin/jsi18n/"].some((start) => (each.getAttribute("src") || "").startsWith(start)))
      wrong.push(shown);
    if (["iframe", "object", "embed", "base", "style", "marquee", "applet", "frame", "math"].includes(name)) wrong.push(shown);
    if (name === "meta" && (each.httpEquiv || "").toLowerCase() === "refresh" && !page.documentElement.dataset.refreshes) wrong.push(shown);
    if (name === "link" && !["/static/", "/", "http"].some((start) => (each.getAttribute("href") || "").startsWith(start))) wrong.push(shown);
    for (const attribute of each.attributes) {
      const key = attribute.name.toLowerCase();
      if (key.startsWith("on") || key.startsWith("hx-on") || key.startsWith("data-hx") || key === "style" || key === "srcdoc")
        wrong.push(shown);
      if (["href", "src", "action", "formaction", "xlink:href", "data", "poster"].includes(key) && runs(attribute.value)) wrong.push(shown);
      if (key === "hx-vals" && /^\s*(js|javascript):/.test(attribute.value)) wrong.push(shown);
      if (key.includes("boom") || (!["value", "title", "content", "aria-label", "alt", "placeholder", "href", "action", "id", "data-label", "hx-confirm", "datetime", "hx-get", "hx-post"].includes(key)
        && !key.startsWith("data-") && attribute.value.includes("boom()"))) wrong.push(shown);
    }
  }
  return wrong.slice(0, 5);
});
