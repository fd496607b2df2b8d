// That a license stands in the public log, as transparency/treeheads.py proves it: the way from its leaf to the
// signed root (RFC 9162 2.1.3). The timestamp over the root is not looked at here.
import { checkpoint, Refused } from "./proof.js";

const hex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const plain = (bytes) => [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");

async function hash(...parts) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", await new Blob(parts).arrayBuffer()));
}

// The proof that *text* is, or null for something else.
export function proofIn(text) {
  try {
    const told = JSON.parse(text);
    return told.kind === "license" && typeof told.checkpoint === "string" ? told : null;
  } catch {
    return null;
  }
}

// What the proof *told* proves of the signed record *jws*: {at, size, index}. *head* is the signed root that the page
// brought along: of one size there is one root. Raises Refused.
export async function logged(told, jws, head, roots) {
  const kept = await checkpoint(told.checkpoint, roots);
  if (!/^[0-9a-f]{32}$/.test(told.salt) || !Array.isArray(told.path) || !told.path.every((one) => /^[0-9a-f]{64}$/.test(one))
    || !Number.isInteger(told.index) || told.index < 0 || told.index >= kept.size) throw new Refused("altered", "proof");
  let node = await hash(Uint8Array.of(0), hex(told.salt), jws);
  let [place, last] = [told.index, kept.size - 1];
  for (const beside of told.path) {
    if (last === 0) throw new Refused("altered", "proof");
    if (place % 2 === 1 || place === last) {
      node = await hash(Uint8Array.of(1), hex(beside), node);
      while (place % 2 === 0 && place !== 0) [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
    } else {
      node = await hash(Uint8Array.of(1), node, hex(beside));
    }
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  if (last !== 0 || plain(node) !== kept.root) throw new Refused("altered", "proof");
  if (head && (await checkpoint(head, roots)).size === kept.size && (await checkpoint(head, roots)).root !== kept.root) throw new Refused("altered", "fork");
  return { at: kept.at, size: kept.size, index: told.index };
}
