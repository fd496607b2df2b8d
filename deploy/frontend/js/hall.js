// static/hall.js: every page works without it; it only makes things quicker.
import { expiry } from "./expiry.js";
import { missed } from "./missed.js";
import { once } from "./once.js";
import { suggest } from "./suggest.js";
import { tools } from "./tools.js";

const NEEDS_PARTS = "[data-module], form[data-autosave], form[data-draft], form[data-upload], input[data-max-bytes]";

async function awaken(root) {
  tools(root);
  suggest(root);
  missed(root);
  once();
  if (!root.querySelector(NEEDS_PARTS)) return;
  const { parts } = await import(PARTS_URL);
  parts(root, awaken);
}

document.body.classList.add("js-enabled", "govuk-frontend-supported");
expiry();
awaken(document.querySelector("main"));
