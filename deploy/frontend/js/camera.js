// A camera held before a QR code: *video* shows it until a code is read, or until it is put away.
import { read } from "./qr.js";

const PAUSE = 150; // milliseconds between looks: five a second are enough and leave a phone cool
const REFUSED = { NotAllowedError: "denied", SecurityError: "denied", NotFoundError: "none", OverconstrainedError: "none" };

// Why there is no camera: "denied", "none", "busy", or "unsafe" where the page came without TLS.
export class NoCamera extends Error {}

export class Camera {
  #video;
  #stream = null;

  constructor(video) {
    this.#video = video;
  }

  // What the code says that is held before the camera; null once it was put away. Raises NoCamera.
  async look() {
    if (!navigator.mediaDevices?.getUserMedia) throw new NoCamera(globalThis.isSecureContext ? "none" : "unsafe");
    try {
      this.#stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
    } catch (error) {
      throw new NoCamera(REFUSED[error.name] ?? "busy");
    }
    const stream = this.#stream;
    this.#video.srcObject = stream;
    this.#video.hidden = false;
    await this.#video.play();
    while (this.#stream === stream) {
      const said = await read(this.#video);
      if (said) {
        this.away();
        return said;
      }
      await new Promise((wait) => setTimeout(wait, PAUSE));
    }
    return null;
  }

  away() {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = null;
    this.#video.srcObject = null;
    this.#video.hidden = true;
  }
}
