// What unfolds by a key takes the focus, and Escape gives it back.
//
// Contract: when details[data-unfold] opens, its field [data-first], else the first that a person fills in, has the
// focus; a field of choices with none chosen before the others. The key of its summary opens it, and goes into one that
// is open; Escape shuts the one that one is in, else the last that is open, and gives the focus to the work. One with
// data-unfold="pressed" may be open as it comes from the server: there it has the focus only when its summary was
// pressed. A press of the mouse, Space or Enter opens it at once as the key does: the browser would take a moment, in
// which the first letter that is typed would be a key.
import { focusOn, goOn, seen } from "./focus";

export function startUnfold(doc: Document): void {
  const pressed = new WeakSet<Element>();
  doc.addEventListener(
    "click",
    event => {
      const details = event.target instanceof Element ? event.target.closest("summary")?.parentElement : null;
      if (details) pressed.add(details);
    },
    true,
  );
  doc.addEventListener("click", event => {
    const details = event.target instanceof Element ? event.target.closest("summary")?.parentElement : null;
    if (event.defaultPrevented || !(details instanceof HTMLDetailsElement) || details.open) return;
    if (!details.hasAttribute("data-unfold")) return;
    event.preventDefault();
    details.open = true;
    focusOn(firstField(details));
  });
  doc.addEventListener(
    "toggle",
    event => {
      const details = event.target;
      if (!(details instanceof HTMLDetailsElement) || !details.open || !details.hasAttribute("data-unfold")) return;
      if (!pressed.delete(details) && details.dataset["unfold"] === "pressed") return;
      if (details.contains(doc.activeElement) && doc.activeElement?.closest("summary") === null) return;
      focusOn(firstField(details));
    },
    true, // it does not bubble
  );
}

/** Opens what a summary heads, or goes into what is open. */
export function unfold(summary: HTMLElement): void {
  const details = summary.parentElement;
  if (!(details instanceof HTMLDetailsElement)) return summary.click();
  const shut = !details.open;
  if (shut) summary.click();
  // At once: "toggle" comes later than a key pressed right after this one, which is meant for what opens.
  if (!shut) focusOn(firstField(details) ?? summary);
  else if (details.open && details.hasAttribute("data-unfold")) focusOn(firstField(details));
}

/** Shuts the part that one is in, else the last that is open; false: there is none. */
export function shut(doc: Document, at: Element | null): boolean {
  const all = [...doc.querySelectorAll<HTMLElement>("main details[open] > summary[aria-keyshortcuts]")]
    .filter(seen)
    .map(summary => summary.parentElement as HTMLDetailsElement);
  const within = all.filter(details => details.contains(at));
  if (within.length === 0 && at?.matches("input, textarea, select")) return false; // one is in a form of its own
  const details = (within.length > 0 ? within : all).pop();
  if (!details) return false;
  details.open = false;
  goOn(doc);
  return true;
}

function firstField(details: HTMLElement): HTMLElement | null {
  const marked = details.querySelector<HTMLElement>("[data-first]");
  if (marked) return marked;
  const fields = [...details.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input, textarea, select")];
  const found = fields.find(field => {
    if (field.type === "hidden" || field.disabled || field.getClientRects().length === 0) return false;
    if (field.type !== "radio") return true;
    const same = details.querySelectorAll<HTMLInputElement>(`input[type="radio"][name="${CSS.escape(field.name)}"]`);
    return ![...same].some(choice => choice.checked);
  });
  return found ?? null;
}
