// Adopting a review fills the form of the decision; only a second press, or sending the form, decides.
//
// Contract: button[name=adopt] of a review has its verdict, reason, items of evidence, rationale and note of what was
// searched in data-*. The first press puts them into its form, but for items that the editor dropped and a rationale
// that they wrote, and marks the button (aria-pressed); what is changed afterwards takes the mark away. A press of the
// marked button sends the form with it. Without script each such button sends at once, and the server fills the form.
//
// Contract: #adopted of the form says, while some decision was put in, whose it is ([data-letter]) and what decides.
import { isBox } from "./fields";
import { mended } from "./mended";

export function startAdopt(doc: Document): void {
  let filling = false;
  doc.addEventListener("click", event => {
    const button = (event.target as Element).closest<HTMLButtonElement>('button[name="adopt"]');
    if (!button?.form || button.ariaPressed === "true") return;
    event.preventDefault();
    filling = true;
    fill(button, button.form);
    filling = false;
    mended(button.form);
    mark(button.form, button);
    const status = doc.querySelector("#status");
    if (status) status.textContent = `The decision of reviewer ${button.value} stands in the form. Not decided yet.`;
  });
  doc.addEventListener("input", event => {
    const field = event.target;
    if (filling || !(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) || !field.form) return;
    if (field.name === "evidence") field.dataset["dropped"] = String(!(field as HTMLInputElement).checked);
    if (!["rationale", "cause"].includes(field.name)) mark(field.form, null);
  });
}

/** Says which review stands in the form. */
function mark(form: HTMLFormElement, button: HTMLButtonElement | null): void {
  for (const other of form.elements) {
    if (other instanceof HTMLButtonElement && other.name === "adopt") other.ariaPressed = String(other === button);
  }
  const says = form.querySelector<HTMLElement>("#adopted");
  if (!says) return;
  says.hidden = button === null;
  for (const letter of says.querySelectorAll("[data-letter]")) letter.textContent = button?.value ?? "";
}

function fill(button: HTMLButtonElement, form: HTMLFormElement): void {
  const { verdict = "", reason = "", evidence = "", rationale = "", searched = "" } = button.dataset;
  const relied = evidence.split(" ");
  for (const field of form.elements) {
    if (field instanceof HTMLTextAreaElement && ["rationale", "searched"].includes(field.name)) {
      const words = field.name === "rationale" ? rationale : searched;
      if (field.value.trim() === "" || field.value === field.dataset["adopted"]) put(field, words);
    } else if (isBox(field) && field.name === "verdict") {
      check(field, field.value === verdict);
    } else if (isBox(field) && field.name === `reason_${verdict}`) {
      check(field, field.value === reason);
    } else if (isBox(field) && field.name === "evidence") {
      check(field, relied.includes(field.value) && field.dataset["dropped"] !== "true");
    }
  }
}

function put(field: HTMLTextAreaElement, words: string): void {
  field.dataset["adopted"] = words;
  if (field.value === words) return;
  field.value = words;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function check(box: HTMLInputElement, on: boolean): void {
  if (box.checked === on) return;
  box.checked = on;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}
