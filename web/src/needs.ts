// What a verdict still needs is mended where it is said.
//
// Contract: a[data-answer="#8"] puts "#8 " into the rationale, unless it is there, and goes there; a[data-goto="ID"]
// goes to that field. What a field lies folded in is unfolded for it: its need ([data-open]), or the form of its
// verdict, which is chosen then. Nothing unfolds by the press itself, so that no link moves away under it. Without
// script both are links, and nothing is folded.
import { seen } from "./focus";

export function startNeeds(doc: Document): void {
  doc.addEventListener("click", event => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-answer], a[data-goto]");
    if (!link) return;
    const answer = link.dataset["answer"];
    const field = doc.getElementById(answer ? "why" : (link.dataset["goto"] ?? ""));
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return;
    event.preventDefault();
    unfold(link.closest<HTMLElement>(".need"), field);
    field.focus();
    if (!answer || new RegExp(`${answer}(?![0-9])`).test(field.value)) return;
    const apart = field.value === "" || /\s$/.test(field.value) ? "" : "\n";
    field.setRangeText(`${apart}${answer} `, field.value.length, field.value.length, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

function unfold(need: HTMLElement | null, field: HTMLElement): void {
  if (!need || seen(field)) return;
  if (need.contains(field)) need.dataset["open"] = "";
  else need.parentElement?.querySelector<HTMLElement>(`input[value="${CSS.escape(need.dataset["v"] ?? "")}"]`)?.click();
}
