// form[data-asked-url]: questions come and go as the ones they hang on are answered. The server decides, nothing is
// kept by asking it; data-asked-by names the answers that matter. [data-asked] holds a question, its <template> the
// question as it is asked once that is sure.
import { word } from "./words.js";

const REST = 250;
const SHOWN = ["visible", "open"];

class Asked {
  constructor(form) {
    this.form = form;
    this.by = new Set(form.dataset.askedBy.split(" "));
    this.status = Object.assign(document.createElement("div"), { className: "govuk-visually-hidden" });
    this.status.setAttribute("role", "status");
    form.append(this.status);
    this.boxes = [...form.querySelectorAll("[data-asked]")];
    this.boxes.forEach((box) => this.prepare(box));
    form.addEventListener("input", (event) => this.note(event.target));
    form.addEventListener("change", (event) => this.note(event.target));
    this.ask(); // the browser may have given back answers of its own
  }

  prepare(box) {
    const sure = box.querySelector("template");
    sure.remove();
    box.question = [...(SHOWN.includes(box.dataset.standing) ? box : sure.content).childNodes];
    box.name = sure.content.querySelector("legend, label").textContent.trim();
    this.show(box, box.dataset.standing);
  }

  show(box, standing) {
    box.dataset.standing = standing;
    if (SHOWN.includes(standing)) box.replaceChildren(...box.question);
    else box.replaceChildren(...(standing === "waiting" ? [waiting(box.name)] : []));
  }

  note(field) {
    if (!this.by.has(field.name)) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), REST);
  }

  async ask() {
    this.pending?.abort();
    this.pending = new AbortController();
    try {
      const answer = await fetch(this.form.dataset.askedUrl, {
        method: "POST", body: new URLSearchParams(new FormData(this.form)), redirect: "manual",
        signal: this.pending.signal, headers: { Accept: "application/json" },
      });
      if (answer.ok) this.follow((await answer.json()).questions);
    } catch { /* what is shown stays; the server looks again when the page is sent */ }
  }

  follow(standings) {
    const moved = this.boxes.filter((box) => box.dataset.standing !== standings[box.dataset.asked]);
    const before = moved.filter((box) => SHOWN.includes(box.dataset.standing));
    moved.forEach((box) => this.show(box, standings[box.dataset.asked]));
    const now = moved.filter((box) => SHOWN.includes(box.dataset.standing) && !before.includes(box));
    const gone = before.filter((box) => !SHOWN.includes(box.dataset.standing));
    const names = (boxes) => boxes.map((box) => box.name).join(word("comma"));
    const told = [now.length && word("askedNow", { names: names(now) }), gone.length && word("askedNoMore", { names: names(gone) })];
    if (told.some(Boolean)) this.status.textContent = told.filter(Boolean).join(" ");
    if (now.length || gone.length) this.ask(); // an answer that came back with its question has a say again
  }
}

function waiting(name) {
  const box = Object.assign(document.createElement("div"), { className: "govuk-form-group hall-waiting" });
  box.append(Object.assign(document.createElement("p"), { className: "govuk-label", textContent: name }));
  box.append(Object.assign(document.createElement("p"), { className: "govuk-hint", textContent: word("askedLater") }));
  return box;
}

export function asked(root) {
  root.querySelectorAll("form[data-asked-url]:not([data-asking])").forEach((form) => {
    form.dataset.asking = "1";
    new Asked(form);
  });
}
