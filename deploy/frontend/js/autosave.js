// form[data-autosave="URL"]: the changed fields are posted a moment after the hand rests; the line above says so.
import { now, statusLine, word } from "./words.js";

const REST = 800;
const RETRY = 15000;

class Autosave {
  constructor(form) {
    this.form = form;
    this.changed = new Set();
    this.say = statusLine((line) => form.prepend(line));
    form.addEventListener("input", (event) => this.note(event.target));
    form.addEventListener("change", (event) => this.note(event.target));
    form.addEventListener("submit", () => clearTimeout(this.timer));
    window.addEventListener("pagehide", () => this.changed.size && navigator.sendBeacon(form.dataset.autosave, this.body()));
  }

  note(field) {
    if (!field.name || ["file", "password", "hidden"].includes(field.type)) return;
    this.changed.add(field.name);
    this.later(REST);
  }

  later(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), pause);
  }

  body() {
    const all = new FormData(this.form);
    const some = new FormData();
    some.set("csrf_token", all.get("csrf_token") ?? "");
    // An emptied group of boxes sends nothing by itself: `changed` says which fields the server must look at.
    this.changed.forEach((name) => {
      some.append("changed", name);
      all.getAll(name).forEach((value) => some.append(name, value));
    });
    return some;
  }

  async send() {
    if (this.busy) return this.later(REST);
    const body = this.body();
    const sent = [...this.changed];
    this.changed.clear();
    this.busy = true;
    this.say(word("saving"));
    const answer = await fetch(this.form.dataset.autosave, { method: "POST", body, redirect: "manual", headers: { Accept: "application/json" } }).catch(() => null);
    this.busy = false;
    if (answer?.ok) this.say(word("saved", { time: now() }));
    else this.failed(answer, sent);
  }

  failed(answer, names) {
    names.forEach((name) => this.changed.add(name));
    const gone = answer && (answer.status === 401 || answer.status === 403 || answer.type === "opaqueredirect");
    this.say(word(gone ? "saveSignedOut" : "saveFailed"), true);
    if (!gone && (!answer || answer.status >= 500 || answer.status === 429)) this.later(RETRY);
  }
}

export function autosave(root) {
  root.querySelectorAll("form[data-autosave]:not([data-awake])").forEach((form) => {
    form.dataset.awake = "1";
    new Autosave(form);
  });
}
