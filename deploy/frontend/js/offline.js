// The page that verifies licenses without a network: saved once, it works from a memory stick. It may not connect
// anywhere (its content security policy says so); what it believes stands in #known, written when it was saved.
import { carried, record, Refused, standing, statuses } from "./proof.js";

const known = JSON.parse(document.getElementById("known").textContent);
const words = known.words;
const place = document.getElementById("result");
let list = null;

function add(parent, name, text, attributes = {}) {
  const made = Object.assign(document.createElement(name), { textContent: text });
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  parent.append(made);
  return made;
}

function row(table, key, value) {
  const line = add(table, "tr", "");
  add(line, "th", key, { scope: "row" });
  add(line, "td", value, { lang: "zh-CN" });
}

function shown(result, why, said) {
  place.replaceChildren();
  place.dataset.result = result;
  add(place, "h2", words.results[result]);
  if (why) add(place, "p", words.why[why] ?? why);
  if (list && said) add(place, "p", `${words.list} ${list.at.toLocaleString()}${list.ends < new Date() ? ` ${words.old}` : ""}`);
  if (said?.second) add(place, "p", words.second);
  if (said) {
    add(place, "p", words.compare);
    const table = add(place, "table", "");
    row(table, words.type, said.type.name);
    row(table, words.holder, said.holder.name);
    row(table, words.issuer, said.issuer.name);
    row(table, words.number, said.number);
    row(table, words.dates, `${said.valid_from} – ${said.valid_to ?? words.forever}`);
    for (const face of said.faces.filter((one) => one.value)) row(table, face.name, face.kind === "money" ? (face.value / 100).toFixed(2) : face.value);
  }
  place.focus();
}

async function check(content) {
  try {
    const said = await record(await carried(content), known.roots);
    const today = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format(new Date());
    const result = standing(said, list, today);
    shown(result, result === "status_stale" ? "unlisted" : "", said);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    shown(error.result, error.why);
  }
}

async function bring(token) {
  const found = await statuses(token, known.roots);
  if (list && found.at < list.at) return;
  list = found;
  const age = document.getElementById("age");
  age.textContent = `${words.list} ${list.at.toLocaleString()}`;
}

const content = async (field) => new Uint8Array(await field.files[0].arrayBuffer());

document.getElementById("file").addEventListener("change", async ({ target }) => {
  if (target.files.length) await check(await content(target));
});
document.getElementById("status").addEventListener("change", async ({ target }) => {
  if (!target.files.length) return;
  await bring(new TextDecoder().decode(await content(target))).catch(() => shown("status_stale", "list"));
});
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", async (event) => {
  event.preventDefault();
  const [file] = event.dataTransfer.files;
  if (file) await check(new Uint8Array(await file.arrayBuffer()));
});
await bring(known.status);
document.body.dataset.ready = "yes";
