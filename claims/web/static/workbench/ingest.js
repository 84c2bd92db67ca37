// Files dropped on the form stand in its field, as if they had been chosen there. Without this the field works alone.
"use strict";

(() => {
  const place = document.querySelector("[data-drop]");
  const field = place?.querySelector("input[type=file]");
  if (!field) return;
  const list = place.querySelector(".chosen");
  const size = (n) => (n < 1000 ? `${n} bytes` : n < 1e6 ? `${Math.round(n / 1000)} kB` : `${(n / 1e6).toFixed(1)} MB`);
  const show = () => {
    const lines = [...field.files].map((file) => {
      const line = document.createElement("li");
      const name = document.createElement("bdi");
      const weight = document.createElement("span");
      name.textContent = file.name;
      weight.textContent = size(file.size);
      line.append(name, weight);
      return line;
    });
    list.replaceChildren(...lines);
  };
  place.classList.add("ready");
  place.querySelector(".drop-here").hidden = false;
  field.addEventListener("change", show);
  const carries = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  // The whole page takes them: a file that misses the frame must not open in place of the page.
  document.addEventListener("dragover", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    place.classList.add("over");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) place.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    place.classList.remove("over");
    const all = new DataTransfer();
    for (const file of [...field.files, ...event.dataTransfer.files]) all.items.add(file);
    field.files = all.files;
    show();
    field.form.querySelector("button.main").focus();
  });
})();
