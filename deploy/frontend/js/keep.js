// A form's content, kept in this tab when the session runs out, given back to the same person only.
// Never kept: passwords, files, hidden fields but the version that was seen. Without a session-owner (an opaque key) nothing is kept at all.
const owner = document.querySelector("meta[name=session-owner]")?.content;
const PREFIX = "hall-kept:";
const place = () => PREFIX + location.pathname;

const kept = (form) => [...form.elements].filter((one) => one.name && !["password", "file", "hidden", "submit", "button"].includes(one.type));
const versions = (form) => [...form.querySelectorAll("input[type=hidden][name=version], input[type=hidden][name=seen]")];
const chosen = (one) => ["radio", "checkbox"].includes(one.type);

/** Write down every POST form of the page. */
export function keep() {
  const forms = [...document.querySelectorAll("main form[method=post]")];
  const values = forms.map((form) => kept(form).map((one) => [one.name, one.value, chosen(one) ? one.checked : null]));
  const seen = forms.map((form) => versions(form).map((one) => one.value));
  if (owner && values.flat().length) sessionStorage.setItem(place(), JSON.stringify({ owner, values, seen }));
}

/** Fill the forms again; true if anything was given back. */
export function giveBack() {
  const text = sessionStorage.getItem(place());
  if (!owner || !text) return false;
  sessionStorage.removeItem(place());
  const note = JSON.parse(text);
  if (note.owner !== owner) return false;
  document.querySelectorAll("main form[method=post]").forEach((form, at) => {
    restore(form, note.values[at] ?? []);
    // What others saved meanwhile is not written over: the server shows both sides to whoever holds an old version.
    versions(form).forEach((one, n) => { one.value = note.seen?.[at]?.[n] ?? one.value; });
  });
  return true;
}

function restore(form, values) {
  values.forEach(([name, value, checked]) => {
    const one = kept(form).find((field) => field.name === name && (checked === null || field.value === value));
    if (!one) return;
    if (checked === null) one.value = value;
    else one.checked = checked;
    one.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

/** Another person, or nobody, is here now: forget what belongs to somebody else. */
export function forgetOthers() {
  Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX)).forEach((key) => {
    const mine = owner && JSON.parse(sessionStorage.getItem(key)).owner === owner;
    if (owner && !mine) sessionStorage.removeItem(key);
  });
}

/** Signing out on purpose leaves nothing behind. */
export function forgetAll() {
  Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX)).forEach((key) => sessionStorage.removeItem(key));
}
