// What a person has typed in a form, and how it comes back.

/** What stands in a form's fields, by name: the values of a group of boxes are those that are ticked. */
export type Kept = Record<string, string[]>;

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** Fields a person fills in; hidden ones (versions, ids) are the server's. */
export function fields(form: HTMLFormElement): Field[] {
  return [...form.elements]
    .filter(
      (field): field is Field =>
        (field instanceof HTMLInputElement && !["hidden", "file", "password", "submit"].includes(field.type)) ||
        field instanceof HTMLTextAreaElement ||
        field instanceof HTMLSelectElement,
    )
    .filter(field => field.name !== "");
}

export function isBox(field: Element): field is HTMLInputElement {
  return field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio");
}

/** Whether anybody typed or chose something in a field since it came from the server. */
export function changed(field: Element): boolean {
  if (isBox(field)) return field.checked !== field.defaultChecked;
  if (field instanceof HTMLSelectElement) {
    const first = [...field.options].findIndex(option => option.defaultSelected);
    return field.selectedIndex !== Math.max(0, first);
  }
  if (field instanceof HTMLInputElement && field.type === "hidden") return false; // a script's, not a person's
  const typed = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
  return typed && field.value !== field.defaultValue;
}

export function read(form: HTMLFormElement): Kept {
  const kept: Kept = {};
  for (const field of fields(form)) {
    const values = (kept[field.name] ??= []);
    if (!isBox(field) || field.checked) values.push(field.value);
  }
  return kept;
}

/** The form as the server gave it, without what was typed in it since. */
export function served(form: HTMLFormElement): HTMLFormElement {
  const apart = form.ownerDocument.createElement("template"); // it runs and loads nothing
  apart.innerHTML = form.outerHTML;
  return apart.content.querySelector("form")!;
}

/** The boxes that could be ticked in a form. */
export function offered(form: HTMLFormElement): Kept {
  const out: Kept = {};
  for (const field of fields(form)) {
    if (field instanceof HTMLInputElement && field.type === "checkbox") (out[field.name] ??= []).push(field.value);
  }
  return out;
}

/**
 * Puts what was typed back. A box that was not there then (boxes: those that were) is ticked when what it stands for is
 * this person's own (data-mine); else it is left, and its mark "new" shown.
 */
export function restore(form: HTMLFormElement, kept: Kept, boxes?: Kept, clears = false): void {
  const used: Record<string, number> = {};
  for (const field of fields(form)) {
    const values = kept[field.name];
    if (!values) continue;
    if (isBox(field)) {
      const known = field.type === "radio" || !boxes || (boxes[field.name] ?? []).includes(field.value);
      field.checked = known ? values.includes(field.value) : "mine" in field.dataset;
      const mark = field.closest("label")?.querySelector<HTMLElement>(".new");
      if (mark && !known) mark.hidden = "mine" in field.dataset;
      continue;
    }
    const index = used[field.name] ?? 0;
    used[field.name] = index + 1;
    const value = values[index];
    if (value !== undefined && (value !== "" || clears) && field.value !== value) field.value = value;
  }
}
