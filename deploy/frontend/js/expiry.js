// <meta name="session-expires" content="SECONDS">: warn two minutes before, keep what was typed, offer to stay.
import { forgetAll, forgetOthers, giveBack, keep } from "./keep.js";
import { now, statusLine, word } from "./words.js";

const WARNING = 120;

function banner() {
  const box = document.createElement("div");
  box.className = "hall-expiry hall-no-print";
  box.setAttribute("role", "alert");
  const text = Object.assign(document.createElement("p"), { textContent: word("expiring") });
  const stay = Object.assign(document.createElement("button"), { type: "button", className: "govuk-button", textContent: word("stay") });
  box.append(text, stay);
  stay.addEventListener("click", () => renew(box, text));
  document.querySelector("main").append(box);
  return { box, text, stay };
}

async function renew(box, text) {
  // Any signed-in GET moves the idle limit; a redirect means the sign-in page: too late.
  const answer = await fetch(location.href, { credentials: "same-origin", redirect: "manual", cache: "no-store" }).catch(() => null);
  if (!answer?.ok) {
    text.textContent = word("expired");
    return;
  }
  box.remove();
  arm();
}

function arm() {
  const seconds = Number(document.querySelector("meta[name=session-expires]")?.content);
  if (!seconds) return;
  setTimeout(warn, Math.max(0, seconds - WARNING) * 1000, Math.min(seconds, WARNING));
}

function warn(left) {
  const { box, text, stay } = banner();
  keep();
  document.addEventListener("input", keep);
  setTimeout(() => {
    if (!box.isConnected) return;
    text.textContent = word("expired");
    stay.remove();
  }, left * 1000);
}

export function expiry() {
  forgetOthers();
  if (giveBack()) {
    const say = statusLine((line) => document.querySelector("main form[method=post]")?.before(line));
    say(word("restored", { time: now() }));
  }
  document.querySelector("form[data-sign-out]")?.addEventListener("submit", forgetAll);
  arm();
}
