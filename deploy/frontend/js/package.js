// The signed record within an OFD file (GB/T 33190: a ZIP package). Its seal is SM2 over SM3, which no browser can
// check: the record is proven, not the package.
import { Refused } from "./proof.js";

const RECORD = "Doc_0/Attachs/license.json";
const [END, ENTRY, LOCAL] = [0x06054b50, 0x02014b50, 0x04034b50];
const LARGEST = 1 << 20; // bytes of a record

export const isPackage = (content) => content[0] === 0x50 && content[1] === 0x4b;

// The text of the record in the package *content*. Raises Refused.
export async function packed(content) {
  try {
    const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
    let end = content.length - 22;
    while (view.getUint32(end, true) !== END) end -= 1;
    let entry = view.getUint32(end + 16, true);
    for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
      if (view.getUint32(entry, true) !== ENTRY) break;
      const [name, extra, note] = [28, 30, 32].map((place) => view.getUint16(entry + place, true));
      const said = new TextDecoder().decode(content.subarray(entry + 46, entry + 46 + name));
      if (said === RECORD) return await unpacked(content, view, entry);
      entry += 46 + name + extra + note;
    }
  } catch {
    throw new Refused("altered", "package");
  }
  throw new Refused("unknown_issuer", "none");
}

async function unpacked(content, view, entry) {
  const [way, size, place] = [view.getUint16(entry + 10, true), view.getUint32(entry + 20, true), view.getUint32(entry + 42, true)];
  if (view.getUint32(place, true) !== LOCAL || view.getUint32(entry + 24, true) > LARGEST) throw new Error("entry");
  const start = place + 30 + view.getUint16(place + 26, true) + view.getUint16(place + 28, true);
  const piece = content.slice(start, start + size);
  if (way === 0) return new TextDecoder().decode(piece);
  const stream = new Blob([piece]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return await new Response(stream).text();
}
