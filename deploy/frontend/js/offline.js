// The page that verifies licenses without a network: saved once, it works from a memory stick. It may not connect
// anywhere (its content security policy says so); what it believes stands in #known, written when it was saved.
import { Camera, NoCamera } from "./camera.js";
import { logged, proofIn } from "./logged.js";
import { offlineCode, PREFIX } from "./offlinecode.js";
import { isPackage, packed } from "./package.js";
import { carried, copy, isCopy, record, Refused, refuseStolen, standing, statuses } from "./proof.js";
import { read } from "./qr.js";

const known = JSON.parse(document.getElementById("known").textContent);
const words = known.words;
const place = document.getElementById("result");
const stop = document.getElementById("away");
const scan = document.getElementById("scan");
const camera = new Camera(document.querySelector("video"));
const ADDRESS = /\/verify\/[0-9A-Za-z-]{12,19}\/?$/;
const SHOWN = /^[0-9A-Z $%*+./:-]{45}$/; // a show code (亮证码): minutes old, nothing without the hall
const PICTURES = [[0x89, 0x50, 0x4e, 0x47], [0xff, 0xd8, 0xff]];
let list = null;
let last = null; // what was checked last, for a proof that is brought afterwards

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

function shown(result, why, found) {
  const said = found?.said;
  place.replaceChildren();
  place.dataset.result = result;
  add(place, "h2", words.results[result]);
  if (why) add(place, "p", words.why[why] ?? why);
  if (list && said) add(place, "p", `${words.list} ${list.at.toLocaleString(document.documentElement.lang)}${list.ends < new Date() ? ` ${words.old}` : ""}`);
  for (const note of found?.notes ?? []) add(place, "p", note);
  if (said) {
    add(place, "p", words.compare);
    const table = add(place, "table", "");
    for (const [key, value] of found.about ?? []) row(table, key, value);
    row(table, words.type, said.type.name);
    row(table, words.holder, said.holder.code ? `${said.holder.name} ${found.code ? said.holder.code : ""}` : said.holder.name);
    row(table, words.issuer, said.issuer.name);
    row(table, words.number, said.number);
    row(table, words.dates, `${said.valid_from} – ${said.valid_to ?? words.forever}`);
    for (const face of said.faces.filter((one) => one.value)) row(table, face.name, face.kind === "money" ? (face.value / 100).toFixed(2) : face.value);
  }
  place.focus();
}

// The text that a file, a picture or a field brings.
async function text(content) {
  if (PICTURES.some((head) => head.every((byte, at) => content[at] === byte))) {
    const said = await read(await createImageBitmap(new Blob([content])).catch(() => ({})));
    if (!said) throw new Refused("unknown_issuer", "picture");
    return said;
  }
  if (isPackage(content)) return packed(content);
  const plain = new TextDecoder("latin1").decode(content.subarray(0, 4096)).trim();
  return plain.startsWith(PREFIX) || ADDRESS.test(plain) || SHOWN.test(plain) ? plain : carried(content);
}

// What *content* proves: the record `said`, `notes` on what was and was not checked, and `about` a code or a copy.
async function proven(content, proof) {
  const carriedText = (await text(content)).trim();
  if (ADDRESS.test(carriedText)) throw new Refused("unknown_issuer", "address");
  if (carriedText.startsWith(PREFIX)) {
    const found = await offlineCode(carriedText, list, known.roots);
    return { said: found.said, code: true, ended: found.ended && "ended_code", about: [[words.code_until, found.until.toLocaleString(document.documentElement.lang)]], notes: [] };
  }
  if (SHOWN.test(carriedText)) throw new Refused("unknown_issuer", "showcode");
  const notes = isPackage(content) ? [words.seal] : [];
  let [said, jws, about, ended] = [null, carriedText, [], false];
  if (isCopy(carriedText)) {
    const made = await copy(carriedText, known.roots);
    refuseStolen(made.certificate, list);
    [said, jws, ended] = [made.said, made.inner, made.until < today() && "ended_copy"];
    about = [[words.purpose, made.purpose], [words.receiver, made.receiver], [words.copy_until, made.until]];
    notes.push(words.copy);
  } else {
    said = await record(carriedText, known.roots);
  }
  if (said.second) notes.push(words.second);
  if (proof) {
    const told = await logged(proof, jws, known.head, known.roots);
    refuseStolen(said.certificate, list, told.at);
    notes.push(`${words.logged} ${told.at.toLocaleString(document.documentElement.lang)} (${told.index + 1} / ${told.size})`);
  } else {
    refuseStolen(said.certificate, list);
    notes.push(words.unlogged);
  }
  return { said, about, ended, notes };
}

const today = () => new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format(new Date());

async function check(content, proof = null) {
  last = content;
  try {
    const found = await proven(content, proof);
    const result = standing(found.said, list, today());
    if (found.ended && (result === "valid" || result === "status_stale")) shown("expired", found.ended, found);
    else shown(result, result === "status_stale" ? "unlisted" : "", found);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    shown(error.result, error.why);
  }
}

// A license, a proof of the log, or both: a proof alone is held to what was checked before it.
async function bringFiles(files) {
  const contents = await Promise.all([...files].map(async (file) => new Uint8Array(await file.arrayBuffer())));
  const proofs = contents.map((one) => one[0] === 0x7b && proofIn(new TextDecoder().decode(one)));
  const license = contents.find((_, at) => !proofs[at]) ?? last;
  if (license) await check(license, proofs.find(Boolean));
  else if (contents.length) shown("status_stale", "alone");
}

async function bring(token) {
  const found = await statuses(token, known.roots);
  if (list && found.at < list.at) return;
  list = found;
  document.getElementById("age").textContent = `${words.list} ${list.at.toLocaleString(document.documentElement.lang)}`;
}

const typed = (said) => check(new TextEncoder().encode(said));

document.getElementById("file").addEventListener("change", ({ target }) => bringFiles(target.files));
document.getElementById("check").addEventListener("click", () => {
  const said = document.getElementById("text").value.trim();
  if (said) typed(said);
});
document.getElementById("status").addEventListener("change", async ({ target }) => {
  if (!target.files.length) return;
  await bring(await target.files[0].text()).catch(() => shown("status_stale", "list"));
});
scan.addEventListener("click", async () => {
  [scan.hidden, stop.hidden] = [true, false];
  const says = document.getElementById("camera");
  says.textContent = words.camera.looking;
  try {
    const said = await camera.look();
    if (said) await typed(said);
    says.textContent = "";
  } catch (error) {
    if (!(error instanceof NoCamera)) throw error;
    says.textContent = words.camera[error.message];
  } finally {
    [scan.hidden, stop.hidden] = [false, true];
  }
});
stop.addEventListener("click", () => camera.away());
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => {
  event.preventDefault();
  bringFiles(event.dataTransfer.files);
});
await bring(known.status);
document.body.dataset.ready = "yes";
