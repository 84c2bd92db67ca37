// The spell-checker for numbers: marks under the text as it is typed, one card for each figure. The text itself
// is never replaced by an answer, so the caret stays; marks move with their words until the next answer comes.
"use strict";

(() => {
  const form = document.getElementById("draft");
  if (!form) return;
  const text = document.getElementById("text");
  const under = document.getElementById("under");
  const paper = document.getElementById("paper");
  const answer = document.getElementById("answer");
  const peek = document.getElementById("peek");
  const day = form.elements.day;
  const file = form.elements.file;
  const PATIENCE = 350; // milliseconds without a key before the text is sent

  let marks = []; // {start, end, mark, id, problem} into the text as it stands now
  let known = text.value; // the text the marks are of
  let sent = text.value; // the text the last question was about
  let now = ""; // the id of the figure that is open
  let timer = 0;

  // --- marks under the text --------------------------------------------------------------------------------
  const draw = () => {
    const parts = [];
    let at = 0;
    for (const mark of marks) {
      if (mark.start < at) continue;
      parts.push(document.createTextNode(text.value.slice(at, mark.start)));
      const element = document.createElement("mark");
      element.className = `f f-${mark.mark}${mark.id === now ? " now" : ""}`;
      element.dataset.id = mark.id;
      element.textContent = text.value.slice(mark.start, mark.end);
      parts.push(element);
      at = mark.end;
    }
    // A last empty line is drawn only if something stands on it.
    parts.push(document.createTextNode(text.value.slice(at) + "\u200b"));
    under.replaceChildren(...parts);
  };

  // What changed between two texts, as one stretch: marks before it stay, marks behind it move, others go.
  const carry = (from, to, list) => {
    if (from === to) return list;
    const most = Math.min(from.length, to.length);
    let head = 0;
    while (head < most && from[head] === to[head]) head += 1;
    let tail = 0;
    while (tail < most - head && from[from.length - 1 - tail] === to[to.length - 1 - tail]) tail += 1;
    const moved = to.length - from.length;
    return list
      .filter((mark) => mark.end <= head || mark.start >= from.length - tail)
      .map((mark) => (mark.end <= head ? mark : { ...mark, start: mark.start + moved, end: mark.end + moved }));
  };

  const typed = () => {
    marks = carry(known, text.value, marks);
    known = text.value;
    draw();
    answer.classList.add("old");
    clearTimeout(timer);
    timer = setTimeout(ask, PATIENCE);
  };

  const ask = () => {
    clearTimeout(timer);
    sent = text.value;
    form.dispatchEvent(new CustomEvent("draft-changed"));
  };

  // --- the answer -------------------------------------------------------------------------------------------
  const cards = () => [...answer.querySelectorAll(".figure")];
  const card = (id) => (id ? document.getElementById(id) : null);
  const name = (element) => (element ? element.querySelector(".said").textContent : "");

  const take = (about) => {
    const list = cards().map((element) => ({
      start: Number(element.dataset.start),
      end: Number(element.dataset.end),
      mark: element.dataset.mark,
      id: element.id,
      problem: "problem" in element.dataset,
      words: element.querySelector(".words").textContent,
    }));
    marks = carry(about, text.value, list);
    known = text.value;
    answer.classList.remove("old");
  };

  let open = ""; // the quote of the open card, and where the list stood, over a swap
  let scrolled = 0;
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target !== answer) return;
    open = name(card(now));
    scrolled = answer.scrollTop;
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== answer) return;
    take(sent);
    const same = open && cards().find((element) => name(element) === open);
    now = same ? same.id : "";
    if (same) same.querySelector("details").open = true;
    answer.scrollTop = scrolled;
    draw();
    tell();
  });

  // --- one figure -------------------------------------------------------------------------------------------
  const tell = () => {
    const mark = marks.find((each) => each.id === now);
    peek.hidden = !mark;
    if (!mark) return;
    const words = document.createElement("span");
    words.textContent = `${name(card(now))}: ${mark.words.trim()}`;
    const link = document.createElement("a");
    link.href = `#${now}`;
    link.textContent = "Evidence";
    peek.replaceChildren(words, link);
  };

  const show = (id, { scroll = true } = {}) => {
    if (now !== id) {
      now = id;
      for (const element of cards()) {
        const details = element.querySelector("details");
        if (details.open !== (element.id === id)) details.open = element.id === id;
      }
      draw();
      tell();
    }
    const element = card(id);
    // Only the list is scrolled, and only where it scrolls by itself: never the page under somebody who writes.
    if (!element || !scroll || answer.scrollHeight <= answer.clientHeight + 1) return;
    const head = answer.querySelector(".sum").offsetHeight;
    const top = element.offsetTop - answer.offsetTop;
    if (top < answer.scrollTop + head || top + element.offsetHeight > answer.scrollTop + answer.clientHeight)
      answer.scrollTop = Math.max(0, top - head - 8);
  };

  const at = (place) => marks.find((mark) => mark.start <= place && place <= mark.end);
  const caret = () => {
    const mark = document.activeElement === text && text.selectionStart === text.selectionEnd && at(text.selectionStart);
    if (mark) show(mark.id);
  };

  const go = (step) => {
    const problems = marks.filter((mark) => mark.problem);
    if (!problems.length) return;
    const here = document.activeElement === text
      ? text.selectionStart
      : (marks.find((mark) => mark.id === now)?.start ?? (step > 0 ? -1 : Infinity));
    const next = step > 0
      ? problems.find((mark) => mark.start > here) ?? problems[0]
      : [...problems].reverse().find((mark) => mark.end < here || mark.start < here) ?? problems[problems.length - 1];
    text.setSelectionRange(next.start, next.end);
    show(next.id);
    const drawn = under.querySelector(`[data-id="${next.id}"]`);
    if (drawn) drawn.scrollIntoView({ block: "nearest" });
  };

  const put = (words) => {
    const mark = marks.find((each) => each.id === now);
    if (!mark) return;
    text.focus({ preventScroll: true });
    text.setSelectionRange(mark.start, mark.end);
    // The one way that the browser's undo takes back.
    if (!document.execCommand("insertText", false, words)) {
      text.setRangeText(words, mark.start, mark.end, "end");
      typed();
    }
    ask();
  };

  const copy = async (button) => {
    const label = button.querySelector("span");
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      label.textContent = "Copied";
    } catch {
      const range = document.createRange();
      range.selectNodeContents(button.closest(".instead").querySelector("q"));
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      label.textContent = "Selected";
    }
  };

  // --- what people do ---------------------------------------------------------------------------------------
  text.addEventListener("input", typed);
  text.addEventListener("click", caret);
  text.addEventListener("keyup", (event) => {
    if (event.key.startsWith("Arrow") || event.key === "Home" || event.key === "End") caret();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "F8" || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    go(event.shiftKey ? -1 : 1);
  });
  text.addEventListener("mousemove", (event) => {
    const over = [...under.querySelectorAll("mark")].find((element) =>
      [...element.getClientRects()].some((box) =>
        box.left <= event.clientX && event.clientX <= box.right && box.top <= event.clientY && event.clientY <= box.bottom));
    const words = over ? marks.find((mark) => mark.id === over.dataset.id)?.words.trim() ?? "" : "";
    if (text.title !== words) text.title = words;
    paper.classList.toggle("pointing", Boolean(over));
  });
  day.addEventListener("change", ask);
  answer.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.go) go(Number(button.dataset.go));
    else if (button.dataset.put) put(button.dataset.put);
    else if (button.dataset.copy) copy(button);
  });
  answer.addEventListener("toggle", (event) => {
    const element = event.target.closest(".figure");
    if (!element) return;
    if (event.target.open) {
      show(element.id, { scroll: false });
      const drawn = under.querySelector(`[data-id="${element.id}"]`);
      if (drawn) drawn.scrollIntoView({ block: "nearest" });
    } else if (now === element.id) {
      now = "";
      draw();
      tell();
    }
  }, true);
  answer.addEventListener("keys-current", (event) => {
    const mark = marks.find((each) => each.id === event.target.id);
    if (mark) under.querySelector(`[data-id="${mark.id}"]`)?.scrollIntoView({ block: "nearest" });
  });

  // A file is read by the server like any form; its story then stands in the text.
  file.addEventListener("change", () => { if (file.files.length) form.submit(); });
  for (const kind of ["dragenter", "dragover"]) paper.addEventListener(kind, (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    paper.classList.add("over");
  });
  for (const kind of ["dragleave", "drop"]) paper.addEventListener(kind, () => paper.classList.remove("over"));
  paper.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    file.files = event.dataTransfer.files;
    form.submit();
  });

  form.classList.add("live");
  file.value = "";
  take(text.value);
  draw();
  if (text.value.trim() && !cards().length) ask(); // the browser came back to a text it had kept
})();
