// Buttons that only make sense with JavaScript are born hidden; here they wake up.
import { word } from "./words.js";

function wake(button, act) {
  if (button.dataset.awake) return;
  button.dataset.awake = "1";
  button.hidden = false;
  button.addEventListener("click", act);
}

async function copy(button) {
  const text = button.dataset.copy || document.getElementById(button.dataset.copyFrom)?.textContent.trim() || "";
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = word("copied");
  } catch {
    button.textContent = word("copyFailed");
  }
  setTimeout(() => { button.textContent = label; }, 2500);
}

/** [data-print], [data-copy="text"], [data-copy-from="id"]. */
export function tools(root) {
  root.querySelectorAll("[data-print]").forEach((button) => wake(button, () => window.print()));
  root.querySelectorAll("[data-copy], [data-copy-from]").forEach((button) => wake(button, () => copy(button)));
}
