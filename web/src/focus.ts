// The focus is where the work goes on.
//
// Contract: when a page opens, the focus goes to the field that was refused, else to the refusal, else to where the
// page's work begins: what the address names (#…), [data-begin], the field of it, the statement of a claim that is made
// of chosen words (data-follows), [data-work], the first row of its list, its main heading, else main. An act (a form
// sent, or a link that a key follows; to choose words, #picked, is an act too) that brings another page leaves a note
// in sessionStorage: then what the address names comes after the page's own places. Otherwise html[data-still] keeps
// the ring around a place that nobody went to from being drawn, until a key is pressed. What changes a part of the page
// and takes away what had the focus, or folds it away (htmx, a form in details), gives it to where the work goes on:
// the same places, but for the fields.
import { rowLinks } from "./rows";
import { session } from "./store";

const note = "claimbench.acted";
const patience = 30_000; // for how long a page may take to come

const begins = "main [data-begin], main [data-follows] textarea";

/** Says that an act of a person makes the browser leave for another page. */
export function acted(): void {
  session.setItem(note, String(Date.now()));
}

/** Starts looking after the focus. The modules that restore what was typed have done so. */
export function startFocus(doc: Document): void {
  addEventListener("submit", event => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || form.hasAttribute("data-download")) return;
    if (form.method === "post" || form.id === "picked") acted();
  });
  const at = Number(session.getItem(note) ?? 0);
  session.removeItem(note);
  const come = () => {
    if (doc.activeElement === doc.body) arrive(doc, Date.now() - at < patience);
  };
  come();
  // An address with a fragment takes the focus away once more, in the frame in which the browser scrolls there.
  const later = () => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(come, 0)));
  if (location.hash !== "") addEventListener("load", () => setTimeout(later, 0));
  let had: Element | null = null;
  doc.addEventListener("htmx:before:swap", () => (had = doc.activeElement));
  doc.addEventListener("htmx:after:swap", () => {
    const before = had; // looked at later: to ask the browser now would have it lay out the page once more
    setTimeout(() => {
      if (before !== null && before !== doc.body && !seen(before) && !holdsFocus(doc)) goOn(doc);
    }, 0);
  });
}

function arrive(doc: Document, byAct: boolean): void {
  const wrong = refusedIn(doc);
  if (wrong) focusOn(wrong);
  else goOn(doc, (byAct ? null : named(doc)) ?? [...doc.querySelectorAll(begins)].find(seen));
  if (wrong || byAct) return;
  doc.documentElement.dataset["still"] = "";
  doc.addEventListener("keydown", () => delete doc.documentElement.dataset["still"], { once: true, capture: true });
}

/** What the address names, within the work. */
function named(doc: Document): Element | null {
  const target = doc.getElementById(location.hash.slice(1));
  return target?.closest("main") && seen(target) ? target : null;
}

/** The first row of a list, where it is in sight as the page stands. */
function firstRow(doc: Document): Element | null {
  const link = rowLinks(doc)[0];
  const box = link?.getBoundingClientRect();
  return link && box && box.top >= 0 && box.bottom <= innerHeight ? link : null;
}

/** Whether an element is seen: what is folded away has a place, but is not; nor is what was taken away. */
export function seen(element: Element): boolean {
  return element.checkVisibility();
}

/**
 * Whether something that is seen has the focus. What a swap folded away has it still for a moment: the browser gives it
 * to the page as a whole when it paints next.
 */
export function holdsFocus(doc: Document): boolean {
  const at = doc.activeElement;
  return at !== null && at !== doc.body && seen(at);
}

/** The field that was refused, else what says why. */
export function refusedIn(root: ParentNode): HTMLElement | null {
  const field = root.querySelector<HTMLElement>("main [aria-invalid=true]");
  if (field && seen(field)) return field;
  return [...root.querySelectorAll<HTMLElement>("main [role=alert], main .wrong")].find(seen) ?? null;
}

/** Gives the focus to a place (first), else to where the work goes on. */
export function goOn(doc: Document, first?: Element | null): void {
  const heading = doc.querySelector("main h1:not(.hush)");
  for (const place of [first, doc.querySelector("main [data-work]"), named(doc), firstRow(doc), heading]) {
    if (place instanceof HTMLElement && seen(place)) {
      focusOn(place, true);
      return;
    }
  }
  focusOn(doc.querySelector("#main"), true);
}

/** Gives an element the focus, whether or not Tab stops there; in a text, one goes on at its end. */
export function focusOn(element: Element | null, still = false): void {
  if (!(element instanceof HTMLElement)) return;
  if (element instanceof HTMLTextAreaElement && element.selectionEnd === 0) {
    element.setSelectionRange(element.value.length, element.value.length);
  }
  if (element.tabIndex < 0) element.tabIndex = -1;
  element.focus({ preventScroll: still });
}

/** Goes into a field by its key: what stands in a line is selected, so that what is typed takes its place. */
export function goInto(field: HTMLElement | null): void {
  focusOn(field);
  if (field instanceof HTMLInputElement) field.select();
}
