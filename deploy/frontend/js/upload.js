// input[data-max-bytes]: the size is checked before anything travels. form[data-upload]: sent with a progress bar,
// the answer takes the place of <main>, so that it looks just as it does without JavaScript.
import { release } from "./once.js";
import { statusLine, word } from "./words.js";

const MEGA = 1024 * 1024;

function tooLarge(form) {
  return [...form.querySelectorAll("input[type=file][data-max-bytes]")].find(
    (input) => [...input.files].some((file) => file.size > Number(input.dataset.maxBytes)),
  );
}

function complain(input) {
  const group = input.closest(".govuk-form-group");
  const id = `${input.id}-size-error`;
  let line = document.getElementById(id);
  if (!line) {
    line = Object.assign(document.createElement("p"), { className: "govuk-error-message", id });
    line.setAttribute("role", "alert");
    (input.closest(".govuk-file-upload-wrapper, .govuk-drop-zone") ?? input).before(line);
  }
  line.textContent = word("tooLarge", { limit: Math.floor(Number(input.dataset.maxBytes) / MEGA) });
  group?.classList.add("govuk-form-group--error");
  (group?.querySelector("button") ?? input).focus();
}

function bar(form) {
  const box = Object.assign(document.createElement("div"), { className: "hall-progress" });
  const meter = Object.assign(document.createElement("progress"), { max: 100, value: 0 });
  meter.setAttribute("aria-label", word("uploading"));
  form.append(box);
  const say = statusLine((line) => box.append(line));
  box.append(meter);
  return { box, meter, say };
}

function show(request, awaken) {
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  const main = page.querySelector("main");
  if (!main) return location.reload();
  document.title = page.title;
  document.querySelector("main").replaceWith(main);
  if (request.responseURL !== location.href) history.pushState(null, "", request.responseURL);
  window.scrollTo(0, 0);
  awaken(main);
}

function send(form, submitter, awaken) {
  const body = new FormData(form);
  if (submitter?.name) body.set(submitter.name, submitter.value);
  const request = new XMLHttpRequest();
  const { box, meter, say } = bar(form);
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) return;
    meter.value = Math.floor((100 * event.loaded) / event.total);
    say(word("uploaded", { percent: meter.value }));
  });
  request.addEventListener("load", () => show(request, awaken));
  request.addEventListener("error", () => {
    say(word("uploadFailed"), true);
    meter.remove();
    box.removeAttribute("class");
    release(form);
  });
  request.open("POST", submitter?.formAction && submitter.hasAttribute("formaction") ? submitter.formAction : form.action);
  request.send(body);
}

let listening = false;

export function upload(awaken) {
  if (listening) return;
  listening = true;
  window.addEventListener("popstate", () => location.reload());
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const input = tooLarge(form);
    if (input) {
      event.preventDefault();
      complain(input);
    } else if (form.matches("form[data-upload]") && [...form.querySelectorAll("input[type=file]")].some((one) => one.files.length)) {
      if (form.dataset.sent) return;
      event.preventDefault();
      form.dataset.sent = "1";
      send(form, event.submitter, awaken);
    }
  }, true);
}
