// form[data-draft]: the whole page of a draft is saved a moment after the hand rests; the line beside its buttons says
// how it stands. data-sign-in is where to sign in again; input[name=version] is what the server must still hold, input[name=seen] what
// this page of it said.
import { keep } from "./keep.js";
import { statusLine, word } from "./words.js";

const REST = 1500;
const RETRY = 8000;
const KEEPALIVE = 60000; // a browser sends no more than 64 KiB for a page that goes away

class Draft {
  constructor(form) {
    this.form = form;
    this.edits = this.saved = 0;
    this.say = statusLine((line) => form.querySelector("[data-draft-state]").append(line));
    form.addEventListener("input", () => this.note());
    form.addEventListener("change", () => this.note());
    form.addEventListener("submit", (event) => this.submitted(event));
    window.addEventListener("beforeunload", (event) => this.dirty && !this.leaving && event.preventDefault());
    window.addEventListener("pageshow", () => { this.leaving = false; });
    window.addEventListener("online", () => this.dirty && this.send());
    document.addEventListener("visibilitychange", () => document.hidden && this.dirty && this.send());
    form.addEventListener("change", (event) => opens(event.target));
    this.recall();
    if ([...form.elements].some(differs)) this.note(); // given back after a sign-in, or by the browser
  }

  /** What was unfolded stays so when the page comes back after a save. */
  recall() {
    const place = `hall-open:${location.pathname}`;
    const open = JSON.parse(sessionStorage.getItem(place) ?? "[]");
    const folds = [...this.form.querySelectorAll("details[id]")];
    folds.filter((one) => open.includes(one.id)).forEach((one) => { one.open = true; });
    this.form.addEventListener("toggle", () => {
      sessionStorage.setItem(place, JSON.stringify(folds.filter((one) => one.open).map((one) => one.id)));
    }, true);
  }

  get dirty() {
    return this.edits !== this.saved;
  }

  note() {
    this.edits += 1;
    if (this.stopped) return;
    this.say(word("unsaved"));
    this.later(REST);
  }

  later(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), pause);
  }

  submitted(event) {
    clearTimeout(this.timer);
    if (!this.busy) {
      this.leaving = true;
      return;
    }
    event.preventDefault(); // the version on its way must come back first
    this.waiting = event.submitter ?? this.form;
  }

  async send() {
    clearTimeout(this.timer);
    if (this.busy || this.stopped || this.leaving) return;
    const edits = this.unsure?.edits ?? this.edits; // what was never answered goes first, as it was
    const body = this.unsure?.body ?? new URLSearchParams(new FormData(this.form)).toString();
    this.busy = true;
    this.say(word("saving"));
    const answer = await this.post(body);
    this.busy = false;
    if (answer?.ok) this.kept(await answer.json(), edits);
    else await this.failed(answer, { edits, body });
    this.goOn();
  }

  post(body) {
    return fetch(this.form.action, {
      method: "POST", body, redirect: "manual", keepalive: document.hidden && body.length < KEEPALIVE,
      headers: { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" },
    }).catch(() => null);
  }

  kept(told, edits) {
    this.unsure = null;
    this.saved = edits;
    ["version", "seen"].forEach((name) => { this.form.elements.namedItem(name).value = told[name]; });
    if (this.dirty) this.later(REST);
    this.say(this.dirty ? word("unsaved") : word("saved", { time: told.saved_at }));
  }

  async failed(answer, sent) {
    if (!answer || answer.status >= 500 || answer.status === 429) {
      this.unsure = sent;
      this.say(word("saveRetry"), true);
      this.later(RETRY);
      return;
    }
    this.stopped = true;
    if (answer.status === 409) this.stop(word("saveConflict"), this.button(word("seeBoth")));
    else if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 400) this.signedOut();
    else this.stop((await answer.json().catch(() => ({}))).detail ?? word("saveFailed"));
  }

  signedOut() {
    keep();
    document.addEventListener("input", keep);
    const link = Object.assign(document.createElement("a"), { className: "govuk-link", href: this.form.dataset.signIn, textContent: word("signInAgain") });
    link.addEventListener("click", () => { this.leaving = true; });
    this.stop(word("saveExpired"), link);
  }

  button(text) {
    return Object.assign(document.createElement("button"), { className: "hall-textbutton", textContent: text });
  }

  stop(text, next) {
    this.say(text, true);
    if (next) this.form.querySelector("[data-draft-state] p").append(" ", next);
  }

  goOn() {
    const button = this.waiting;
    this.waiting = null;
    if (!button) return;
    if (button === this.form) this.form.requestSubmit();
    else this.form.requestSubmit(button);
  }
}

/** What is ticked to be there unfolds, to be filled in at once. */
function opens(field) {
  if (field.type !== "checkbox" || !field.name.endsWith(".?")) return;
  const fold = field.closest("fieldset").querySelector("details");
  if (fold) fold.open = field.checked;
}

function differs(field) {
  if (field.type === "hidden" || !field.name) return false;
  if (field.tagName === "SELECT") return [...field.options].some((one) => one.selected !== one.defaultSelected) && [...field.options].some((one) => one.defaultSelected);
  return ["radio", "checkbox"].includes(field.type) ? field.checked !== field.defaultChecked : (field.value !== (field.defaultValue ?? field.value));
}

export function draft(root) {
  root.querySelectorAll("form[data-draft]:not([data-awake])").forEach((form) => {
    form.dataset.awake = "1";
    new Draft(form);
  });
}
