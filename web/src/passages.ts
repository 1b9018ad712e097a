// Linking a suggested passage by keys.
//
// Contract: in [data-suggestions] each li.ev with a form.link is a passage; one of them is .here. s, d and f mark its
// stance button (aria-pressed), Enter presses the marked one and stays on the page, Shift+Enter goes to the section's
// data-return afterwards; j and k move; = opens "same origin as …", - says that the passage does not bear on the claim.
// A press of the mouse on a stance button links at once. Must be started before keys.ts, which leaves alone what was
// handled here.
import { isField, keysAreOff, shortcutOf } from "./keys";

const stances: Record<string, string> = { s: "supports", d: "refutes", f: "context" };

export function startPassages(doc: Document): void {
  const show = () => {
    if (!doc.querySelector("[data-suggestions] .ev.here"))
      doc.querySelector("[data-suggestions] .ev")?.classList.add("here");
  };
  show();
  doc.addEventListener("htmx:after:swap", show);
  doc.addEventListener("keydown", event => {
    const section = doc.querySelector<HTMLElement>("[data-suggestions]");
    const at = event.target instanceof HTMLElement ? event.target : null;
    if (
      !section ||
      event.defaultPrevented ||
      event.repeat ||
      keysAreOff() ||
      (at && isField(at)) ||
      doc.querySelector("dialog[open]")
    )
      return;
    if (onPassageKey(section, shortcutOf(event), event.shiftKey, at)) event.preventDefault();
  });
}

function onPassageKey(section: HTMLElement, shortcut: string, shift: boolean, at: HTMLElement | null): boolean {
  const here = section.querySelector<HTMLElement>(".ev.here");
  if (!here) return false;
  const stance = stances[shortcut];
  if (stance !== undefined) return mark(here, stance);
  switch (shortcut) {
    case "j":
    case "k":
      return move(section, here, shortcut === "j" ? 1 : -1);
    case "=":
      return openSame(here);
    case "-":
      return refuse(here);
    case "Enter":
      return link(section, here, shift, at);
  }
  return false;
}

function mark(here: HTMLElement, stance: string): boolean {
  const button = here.querySelector<HTMLButtonElement>(`form.link button[value="${stance}"]`);
  if (!button) return false;
  for (const other of here.querySelectorAll("form.link button")) other.removeAttribute("aria-pressed");
  button.setAttribute("aria-pressed", "true");
  button.focus();
  return true;
}

function move(section: HTMLElement, here: HTMLElement, step: number): boolean {
  const all = [...section.querySelectorAll<HTMLElement>(".ev")];
  const next = all[all.indexOf(here) + step];
  if (!next) return true;
  here.classList.remove("here");
  for (const button of here.querySelectorAll("[aria-pressed]")) button.removeAttribute("aria-pressed");
  next.classList.add("here");
  next.scrollIntoView({ block: "nearest" });
  next.querySelector<HTMLElement>("form.link button")?.focus({ preventScroll: true });
  return true;
}

/** Says that the passage does not bear on the claim, as its button does. */
function refuse(here: HTMLElement): boolean {
  const button = here.querySelector<HTMLButtonElement>("button[data-refuse]");
  if (!button?.form) return false;
  button.form.requestSubmit(button);
  return true;
}

function openSame(here: HTMLElement): boolean {
  const details = here.querySelector<HTMLDetailsElement>("details.same");
  if (!details) return false;
  details.open = true;
  details.querySelector<HTMLElement>("button")?.focus();
  return true;
}

/** Presses the marked button. Enter on anything else that can be pressed is left to the browser. */
function link(section: HTMLElement, here: HTMLElement, shift: boolean, at: HTMLElement | null): boolean {
  const button = here.querySelector<HTMLButtonElement>('form.link button[aria-pressed="true"]');
  if (!button?.form || (at !== button && at?.closest("a, button, summary, label, input"))) return false;
  const back = button.form.querySelector<HTMLInputElement>('input[name="back"]');
  const away = section.dataset["return"];
  if (shift && back && away) back.value = away;
  button.form.requestSubmit(button);
  return true;
}
