// input[data-suggest="URL"]: GET URL?q=… → [{name, url, department}]; the ARIA combobox pattern with a list box.
import { word } from "./words.js";

const PAUSE = 160;
const MOST = 8;

class Suggest {
  constructor(input) {
    this.input = input;
    this.found = [];
    this.active = -1;
    this.list = document.createElement("ul");
    Object.assign(this.list, { className: "hall-suggest", id: `${input.id}-suggest`, hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", word("suggestions"));
    this.status = document.createElement("div");
    this.status.className = "govuk-visually-hidden";
    this.status.setAttribute("role", "status");
    input.parentElement.append(this.list, this.status);
    this.describe();
    this.listen();
  }

  describe() {
    const pattern = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id, autocomplete: "off" };
    Object.entries(pattern).forEach(([name, value]) => this.input.setAttribute(name, value));
  }

  listen() {
    this.input.addEventListener("input", (event) => {
      if (event.isComposing) return; // pinyin on its way to characters
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), PAUSE);
    });
    this.input.addEventListener("compositionend", () => this.ask());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.choose([...this.list.children].indexOf(event.target.closest("li"))));
  }

  async ask() {
    const query = this.input.value.trim();
    this.pending?.abort();
    if (!query) return this.close();
    this.pending = new AbortController();
    const url = new URL(this.input.dataset.suggest, location.href);
    url.searchParams.set("q", query);
    try {
      const answer = await fetch(url, { signal: this.pending.signal, headers: { Accept: "application/json" } });
      if (answer.ok) this.show((await answer.json()).slice(0, MOST));
    } catch (error) {
      if (error.name !== "AbortError") this.close(); // suggestions are a help, never a hindrance
    }
  }

  show(found) {
    this.found = found;
    this.active = -1;
    this.list.replaceChildren(...found.map((one, place) => this.option(one, place)));
    this.list.hidden = !found.length;
    this.input.setAttribute("aria-expanded", String(Boolean(found.length)));
    this.input.removeAttribute("aria-activedescendant");
    this.status.textContent = found.length ? word("suggestionCount", { count: found.length }) : word("suggestionNone");
  }

  option(one, place) {
    const line = document.createElement("li");
    line.className = "hall-suggest__option";
    line.id = `${this.list.id}-${place}`;
    line.setAttribute("role", "option");
    line.setAttribute("aria-selected", "false");
    line.append(one.name);
    if (one.department) line.append(Object.assign(document.createElement("small"), { textContent: one.department }));
    return line;
  }

  key(event) {
    if (this.list.hidden || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.move(step);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && this.active >= 0) this.choose(this.active);
    else return;
    event.preventDefault();
  }

  move(step) {
    const count = this.found.length;
    this.active = (this.active + step + count + (this.active < 0 && step < 0 ? 1 : 0)) % count;
    [...this.list.children].forEach((line, place) => line.setAttribute("aria-selected", String(place === this.active)));
    this.input.setAttribute("aria-activedescendant", `${this.list.id}-${this.active}`);
  }

  choose(place) {
    const url = this.found[place] && new URL(this.found[place].url, location.href);
    if (url && url.origin === location.origin) location.assign(url);
  }

  close() {
    this.pending?.abort();
    this.show([]);
    this.status.textContent = "";
  }
}

export function suggest(root) {
  root.querySelectorAll("input[data-suggest]:not([role])").forEach((input) => new Suggest(input));
}
