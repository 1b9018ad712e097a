// What unfolds by a key takes the focus.
//
// Contract: when details[data-unfold] opens, its first field that a person fills in has the focus; a field of choices
// with none chosen first. One with data-unfold="pressed" may be open as it comes from the server: there it has the
// focus only when its summary was pressed.
import { focusOn } from "./focus";

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
  doc.addEventListener(
    "toggle",
    event => {
      const details = event.target;
      if (!(details instanceof HTMLDetailsElement) || !details.open || !details.hasAttribute("data-unfold")) return;
      if (!pressed.delete(details) && details.dataset["unfold"] === "pressed") return;
      if (details.contains(doc.activeElement) && doc.activeElement?.closest("summary") === null) return;
      focusOn(first(details) ?? null);
    },
    true, // it does not bubble
  );
}

function first(details: HTMLElement): HTMLElement | undefined {
  const fields = [...details.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input, textarea, select")];
  return fields.find(field => {
    if (field.type === "hidden" || field.disabled || field.getClientRects().length === 0) return false;
    if (field.type !== "radio") return true;
    const same = details.querySelectorAll<HTMLInputElement>(`input[type="radio"][name="${CSS.escape(field.name)}"]`);
    return ![...same].some(choice => choice.checked);
  });
}
