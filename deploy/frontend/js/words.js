// What a person reads comes from the page (templates/parts/words.html), so that every string stands in the catalogues.
const holder = document.getElementById("hall-words");

/** The text `key` of this page, `%(name)s` filled from `values`. */
export function word(key, values = {}) {
  const text = holder?.dataset[key] ?? "";
  return text.replace(/%\((\w+)\)s/g, (all, name) => (name in values ? String(values[name]) : all));
}

/** Local time as HH:MM. */
export function now() {
  return new Date().toTimeString().slice(0, 5);
}

/** A line that screen readers announce, placed by `place`. */
export function statusLine(place) {
  const line = document.createElement("p");
  line.className = "hall-saved";
  line.setAttribute("role", "status");
  place(line);
  return (text, bad = false) => {
    line.textContent = text;
    line.classList.toggle("hall-saved--bad", bad);
  };
}
