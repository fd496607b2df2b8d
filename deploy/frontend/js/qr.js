// Reads a QR code from a picture: the browser's BarcodeDetector where it has one, else jsQR.
import jsQR from "jsqr";

const LARGEST = 1600; // pixels of a side: more finds nothing more and takes long

const native = (async () => {
  const formats = await globalThis.BarcodeDetector?.getSupportedFormats().catch(() => []);
  return formats?.includes("qr_code") ? new BarcodeDetector({ formats: ["qr_code"] }) : null;
})();

// What the first QR code in *picture* (a bitmap or a playing video) says, or null.
export async function read(picture) {
  const detector = await native;
  const found = await detector?.detect(picture).catch(() => []);
  if (found?.length) return found[0].rawValue;
  const [wide, high] = [picture.videoWidth ?? picture.width, picture.videoHeight ?? picture.height];
  if (!wide || !high) return null;
  const part = Math.min(1, LARGEST / Math.max(wide, high));
  const canvas = Object.assign(document.createElement("canvas"), { width: wide * part, height: high * part });
  const drawn = canvas.getContext("2d", { willReadFrequently: true });
  drawn.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const { data, width, height } = drawn.getImageData(0, 0, canvas.width, canvas.height);
  return jsQR(data, width, height)?.data ?? null;
}
