// What a license's signed record proves to whoever has our root and a status list, as licenses/record.py,
// signing/jws.py, signing/certificates.py and licenses/statuslist.py prove it: nothing is asked of anybody.
import "reflect-metadata";
import {
  BasicConstraintsExtension, ExtendedKeyUsageExtension, KeyUsageFlags, KeyUsagesExtension, X509Certificate,
} from "@peculiar/x509";

const ECDSA = { name: "ECDSA", hash: "SHA-256" };
const SERIAL_NUMBER = "2.5.4.5"; // a department's credit code stands there (X.520)
const RECORD = /^(eyJ[\w-]+\.[\w-]+\.[\w-]+|\{"payload":"eyJ[\w-]+","signatures":\[.+\]\})\s*$/;
const STANDING = ["valid", "revoked", "suspended", "superseded"]; // by the two bits of the list

// Refused: `result` is one of the eight, `why` a word of the page.
export class Refused extends Error {
  constructor(result, why) {
    super(why);
    this.result = result;
    this.why = why;
  }
}

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (character) => character.charCodeAt(0));
}

function json(content) {
  return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(content));
}

const inForce = (one, at) => one.notBefore <= at && at <= one.notAfter;

function forSigning(leaf) {
  const usage = leaf.getExtension(KeyUsagesExtension);
  const wanted = KeyUsageFlags.digitalSignature | KeyUsageFlags.nonRepudiation;
  return usage && (usage.usages & wanted) === wanted && !leaf.getExtension(BasicConstraintsExtension)?.ca
    && !leaf.getExtension(ExtendedKeyUsageExtension);
}

// The credit code of whom *leaf* (DER) is of, and its key; issued by one of *roots* and in force at *at*.
async function trusted(leaf, roots, at) {
  const certificate = new X509Certificate(leaf);
  for (const root of roots.map((one) => new X509Certificate(bytes(one)))) {
    const publicKey = await root.publicKey.export();
    if (certificate.issuer === root.subject && inForce(root, at) && inForce(certificate, at)
      && forSigning(certificate) && await certificate.verify({ publicKey, signatureOnly: true })) {
      const [code] = certificate.subjectName.getField(SERIAL_NUMBER);
      return { code, key: await certificate.publicKey.export({ name: "ECDSA", namedCurve: "P-256" }, ["verify"]) };
    }
  }
  throw new Refused("unknown_issuer", "root");
}

// The three parts of a compact JWS, or of the first signature (ES256) of one with two (RFC 7515 7.2.1).
function pieces(text) {
  if (!text.startsWith("{")) return text.split(".");
  try {
    const { payload, signatures: [first, second, ...more] } = JSON.parse(text);
    return second && !more.length ? [first.protected, payload, first.signature] : [];
  } catch {
    return [];
  }
}

// The payload of a JWS of *typ*, its ES256 signature and path proven, and the code of who signed it; `second`
// where there is an SM2 signature beside it, which no browser can check.
async function opened(text, typ, roots) {
  const parts = pieces(text);
  let header, content, signature, leaf;
  try {
    if (parts.length !== 3) throw new Error("three parts");
    header = json(bytes(parts[0]));
    [content, signature, leaf] = [bytes(parts[1]), bytes(parts[2]), bytes(header.x5c[0])];
  } catch {
    throw new Refused("altered", "form");
  }
  const members = Object.keys(header).sort().join();
  if (header.alg !== "ES256" || header.typ !== typ || members !== "alg,iat,typ,x5c") throw new Refused("altered", "form");
  const signer = await trusted(leaf, roots, new Date(header.iat * 1000)).catch((error) => {
    throw error instanceof Refused ? error : new Refused("unknown_issuer", "root");
  });
  const signed = new TextEncoder().encode(`${parts[0]}.${parts[1]}`);
  if (!await crypto.subtle.verify(ECDSA, signer.key, signature, signed)) throw new Refused("altered", "signature");
  const certificate = btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.digest("SHA-256", leaf))));
  return { payload: json(content), code: signer.code, second: text.startsWith("{"), at: new Date(header.iat * 1000), certificate };
}

// The certificate of *list* (DER, base64) that *kid* names signed *content* at *at*: whose it is. Raises Refused.
export async function signedBy(list, kid, signature, content, roots, at) {
  for (const one of list) {
    const named = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes(one))).slice(0, kid.length);
    if (kid.length !== 8 || named.some((byte, place) => byte !== kid[place])) continue;
    const signer = await trusted(bytes(one), roots, at);
    if (!await crypto.subtle.verify(ECDSA, signer.key, signature, content)) throw new Refused("altered", "signature");
    return signer.code;
  }
  throw new Refused("unknown_issuer", "signer");
}

// A signed root of the log of licenses: {size, root, at}. Raises Refused.
export async function checkpoint(text, roots) {
  const { payload, code, at } = await opened(text, "checkpoint+jwt", roots);
  if (code !== "AUDIT" || payload.log !== "licenses") throw new Refused("altered", "proof");
  return { size: payload.size, root: payload.root, at };
}

// What is said of a copy (加注件): {purpose, receiver, until}, and the record of the license in it, both by one department.
export async function copy(text, roots) {
  const { payload, code, certificate } = await opened(text.trim(), "license-copy+jwt", roots);
  const said = await record(payload.license, roots);
  if (said.issuer.code !== code) throw new Refused("unknown_issuer", "issuer");
  return { said, certificate, inner: payload.license, purpose: payload.JZJZZSY, receiver: payload.receiver, until: payload.JZJYXQJZSJ };
}

// Whether *text* says that it is the record of a copy; nothing is believed yet.
export function isCopy(text) {
  try {
    return json(bytes(text.split(".")[0])).typ === "license-copy+jwt";
  } catch {
    return false;
  }
}

export async function record(text, roots) {
  const { payload, code, second, certificate } = await opened(text.trim(), "license+jwt", roots);
  if (payload.issuer.code !== code) throw new Refused("unknown_issuer", "issuer");
  return { ...payload, second, certificate };
}

async function inflated(content) {
  const stream = new Blob([content]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

// A signed status list: {at, ends, of(place)}; `of` gives one of STANDING.
export async function statuses(token, roots) {
  const { payload, code } = await opened(token.trim(), "statuslist+jwt", roots);
  if (code !== "STATUS" || payload.status_list.bits !== 2) throw new Refused("status_stale", "list");
  const content = await inflated(bytes(payload.status_list.lst));
  return {
    signers: payload.qr_signers ?? [], stolen: payload.distrusted ?? [], uri: payload.sub, at: new Date(payload.iat * 1000), ends: new Date(payload.exp * 1000),
    of: (place) => STANDING[(content[place >> 2] >> ((place & 3) * 2)) & 3],
  };
}

// Of a certificate (base64 of its SHA-256) whose key was stolen only that is believed which the log had before.
export function refuseStolen(certificate, list, logged = null) {
  const found = list?.stolen.find((one) => one.sha256 === certificate);
  if (found && !(logged && logged <= new Date(found.since * 1000))) throw new Refused("unknown_issuer", "stolen");
}

// The record that a file carries: the text itself, or what is attached to a PDF.
export async function carried(content) {
  const text = new TextDecoder("latin1").decode(content);
  if (RECORD.test(text)) return text;
  if (!text.startsWith("%PDF-")) throw new Refused("unknown_issuer", "file");
  for (const found of text.matchAll(/stream\r?\n/g)) {
    const start = found.index + found[0].length;
    const end = text.indexOf("endstream", start);
    const piece = content.slice(start, end);
    for (const unpack of [async () => piece, () => inflated(trimmed(piece))]) {
      const said = await unpack().then((one) => new TextDecoder("latin1").decode(one), () => "");
      if (RECORD.test(said)) return said;
    }
  }
  throw new Refused("unknown_issuer", "none");
}

// A line's end stands before `endstream`; an inflater takes what follows its stream for an error.
function trimmed(piece) {
  let end = piece.length;
  while (end > 0 && (piece[end - 1] === 10 || piece[end - 1] === 13)) end -= 1;
  return piece.slice(0, end);
}

// Which of the eight is true of *said* on *today* (ISO) by *list*; null where no list is there.
export function standing(said, list, today) {
  const listed = list && list.uri === said.status.uri ? list.of(said.status.index) : null;
  if (listed && listed !== "valid") return listed;
  if (said.valid_from > today || (said.valid_to && said.valid_to < today)) return "expired";
  return listed ? "valid" : "status_stale";
}
