// The camera of the page that verifies (/verify): what is read is put into the field and sent, as if it were typed.
import { Camera, NoCamera } from "./camera.js";

const panel = document.querySelector("[data-scan]");
const [start, stop] = [panel.querySelector("[data-scan-start]"), panel.querySelector("[data-scan-stop]")];
const camera = new Camera(panel.querySelector("video"));
const code = document.getElementById("code");

function say(name) {
  for (const one of panel.querySelectorAll("[data-scan-says]")) one.hidden = one.dataset.scanSays !== name;
}

function running(on) {
  [start.hidden, stop.hidden] = [on, !on];
}

start.addEventListener("click", async () => {
  running(true);
  say("looking");
  try {
    const said = await camera.look();
    if (said === null) return;
    say("read");
    code.value = said;
    code.form.requestSubmit();
  } catch (error) {
    if (!(error instanceof NoCamera)) throw error;
    say(error.message);
  } finally {
    running(false);
  }
});
stop.addEventListener("click", () => {
  camera.away();
  say("");
});
addEventListener("pagehide", () => camera.away());
panel.hidden = false;
panel.dataset.ready = "yes";
