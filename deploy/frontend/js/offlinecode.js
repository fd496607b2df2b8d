// The offline code (离线码) as showing/offlinecode.py makes it and verifying/codecheck.py proves it: LC1:, base45
// (RFC 9285), a COSE_Sign1 (RFC 9052) by the service whose certificate the status list brings along.
import { decode, encode, Tagged } from "cborg";

import { Refused, signedBy } from "./proof.js";

export const PREFIX = "LC1:";
const LASTS = 30 * 24 * 3600; // seconds; then the holder draws a new one
const BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const [NAME, HOLDER, CODE, ISSUER, FROM, TO, PLACE, AT, ID] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
const SIGN1 = 18;
const READ = { useMaps: true, strict: true, rejectDuplicateMapKeys: true };

function base45(text) {
  const found = [];
  for (let start = 0; start < text.length; start += 3) {
    const group = [...text.slice(start, start + 3)].map((one) => BASE45.indexOf(one));
    const number = group.reduceRight((sum, digit) => sum * 45 + digit, 0);
    if (group.includes(-1) || group.length === 1 || number >= 256 ** (group.length - 1)) throw new Error("base45");
    if (group.length === 3) found.push(number >> 8);
    found.push(number & 255);
  }
  return Uint8Array.from(found);
}

const same = (one, other) => one.length === other.length && one.every((byte, place) => byte === other[place]);
const day = (number) => new Date(number * 86400000).toISOString().slice(0, 10);

function opened(text) {
  try {
    const content = base45(text.slice(PREFIX.length).trimEnd());
    const { value } = decode(content, { ...READ, tags: Tagged.preserve(SIGN1) });
    const [shielded, loose, payload, signature] = value;
    const header = decode(shielded, READ);
    if (!same(encode(new Tagged(SIGN1, [shielded, loose, payload, signature])), content) || loose.size
      || header.size !== 2 || header.get(1) !== -7) throw new Error("form");
    return { kid: header.get(4), signed: encode(["Signature1", shielded, new Uint8Array(), payload]), signature, told: decode(payload, READ) };
  } catch {
    throw new Refused("altered", "code");
  }
}

// What the code *text* says, proven by one of the certificates that *list* brings along.
export async function offlineCode(text, list, roots) {
  const { kid, signed, signature, told } = opened(text);
  const at = new Date(told.get(AT) * 1000);
  if (await signedBy(list?.signers ?? [], kid, signature, signed, roots, at) !== "QR") throw new Refused("unknown_issuer", "signer");
  const said = {
    type: { name: told.get(NAME) }, holder: { name: told.get(HOLDER), code: told.get(CODE) }, issuer: { name: told.get(ISSUER) },
    number: told.get(ID).slice(39, -3), valid_from: day(told.get(FROM)), valid_to: told.has(TO) ? day(told.get(TO)) : null,
    status: { uri: list.uri, index: told.get(PLACE) }, faces: [],
  };
  const until = new Date(at.getTime() + LASTS * 1000);
  return { said, until, ended: until < new Date() };
}
