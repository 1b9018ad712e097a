// What was typed beside an act that cannot be undone is not lost in silence.
//
// Contract: form[data-beside="ID ID"] is stopped once when a field of a form with one of these ids was changed since
// it came and not sent: [data-unkept] in that form says so, and the field has the focus. Sent once more, it goes,
// unless more was typed since.
import { changed, fields } from "./fields";

export function startUnkept(doc: Document): void {
  const warned = new WeakSet<HTMLFormElement>(); // of what stands in it now
  doc.addEventListener("input", event => {
    const form = (event.target as HTMLInputElement).form;
    if (form) warned.delete(form);
  });
  // Before anything else sends the form.
  const early = (event: SubmitEvent) => {
    const sent = event.target as HTMLFormElement;
    const ids = (sent.dataset["beside"] ?? "").split(" ");
    const all = ids.map(id => doc.getElementById(id)).filter(form => form instanceof HTMLFormElement);
    const beside = all.find(form => !warned.has(form) && fields(form).some(changed));
    const field = beside && fields(beside).find(changed);
    if (!field) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    for (const form of all) warned.add(form);
    const words = (beside.querySelector("[data-unkept]") ?? sent.querySelector("[data-unkept]")) as HTMLElement | null;
    if (words) {
      words.setAttribute("role", "alert");
      words.hidden = false;
    }
    field.focus();
  };
  doc.addEventListener("submit", early, true);
}
