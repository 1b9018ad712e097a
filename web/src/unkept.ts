// What was typed beside an act that cannot be undone is not lost in silence.
//
// Contract: form[data-beside="ID"] is stopped once when a field of the form with that id was changed since it came and
// not sent: [data-unkept] in that form says so, and the field has the focus. Sent once more, it goes, unless more was
// typed since.
import { changed, fields } from "./fields";

export function startUnkept(doc: Document): void {
  const warned = new WeakSet<HTMLFormElement>(); // of what stands in it now
  doc.addEventListener("input", event => {
    const form = (event.target as HTMLInputElement).form;
    if (form) warned.delete(form);
  });
  // Before anything else sends the form.
  const early = (event: SubmitEvent) => {
    const beside = doc.getElementById((event.target as HTMLFormElement).dataset["beside"] ?? "");
    if (!(beside instanceof HTMLFormElement) || warned.has(beside)) return;
    const field = fields(beside).find(changed);
    if (!field) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    warned.add(beside);
    const words = beside.querySelector<HTMLElement>("[data-unkept]");
    if (words) {
      words.setAttribute("role", "alert");
      words.hidden = false;
    }
    field.focus();
  };
  doc.addEventListener("submit", early, true);
}
