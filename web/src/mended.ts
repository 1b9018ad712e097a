// What was wrong with a field is not said of what stands there now.
//
// Contract: when a person changes a field, each .wrong that it names in aria-describedby is hidden, and it is no longer
// aria-invalid. Another verdict or reason hides all .wrong of its form and its note (.note.no), for what is asked
// depends on them. What is still wrong the server says anew.

/** Takes away what a form was refused for: another choice stands in it. */
export function mended(form: HTMLFormElement): void {
  for (const words of form.querySelectorAll<HTMLElement>('.wrong, .note.no[role="alert"]')) words.hidden = true;
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
}

export function startMended(doc: Document): void {
  doc.addEventListener("input", event => {
    const field = event.target;
    // What a script puts in (a draft, a note that is proposed) mends nothing.
    if (!event.isTrusted || !(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return;
    if (field.form && /^(verdict$|reason_)/.test(field.name)) mended(field.form);
    if (!field.hasAttribute("aria-invalid")) return;
    field.removeAttribute("aria-invalid");
    for (const id of (field.getAttribute("aria-describedby") ?? "").split(" ")) {
      const words = id === "" ? null : doc.getElementById(id);
      if (words?.matches(".wrong")) words.hidden = true;
    }
  });
}
