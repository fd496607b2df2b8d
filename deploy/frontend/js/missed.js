// form[data-missed="words"]: what found nothing is told by itself; the words then stand in the form's place.
export function missed(root) {
  root.querySelectorAll("form[data-missed]").forEach(async (form) => {
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      const told = document.createElement("p");
      told.className = "govuk-hint";
      told.textContent = form.dataset.missed;
      form.replaceWith(told);
    } catch {
      // the button stays: whoever wants to tell us can
    }
  });
}
