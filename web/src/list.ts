// The list beside the work.
//
// Contract: in #rows, the element .here is the one looked at. It is brought into view when a page of panes opens and
// after each swap. On pages without a "next" link of their own j and k move the focus through the links of #rows: of
// each row the one with data-row, else the first.

import { elsewhere, keysAreOff } from "./keys";

export function startList(doc: Document): void {
  const show = () => {
    // Only where the list scrolls on its own; a whole page stays where it is.
    if (doc.body.classList.contains("fixed")) bringHere(doc);
  };
  show();
  doc.addEventListener("htmx:after:swap", show);
  doc.addEventListener("keydown", event => {
    if (keysAreOff()) return;
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (elsewhere(event)) return;
    const step = event.code === "KeyJ" ? 1 : event.code === "KeyK" ? -1 : 0;
    if (step === 0 || doc.querySelector('[aria-keyshortcuts~="j"], [aria-keyshortcuts~="k"]')) return;
    if (move(doc, step)) event.preventDefault();
  });
}

/**
 * Scrolls the row that is looked at into view in the next frame: sooner, the page would be laid out once more before
 * the rest of what changes has changed.
 */
export function bringHere(doc: Document): void {
  requestAnimationFrame(() => doc.querySelector("#rows .here")?.scrollIntoView({ block: "nearest" }));
}

function move(doc: Document, step: number): boolean {
  const links = firstLinks(doc);
  if (links.length === 0) return false;
  const at = links.findIndex(link => link === doc.activeElement);
  const next = at < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, at + step));
  const link = links[next];
  link?.focus();
  link?.scrollIntoView({ block: "nearest" });
  return true;
}

/** The link of each row that is gone to. */
function firstLinks(doc: Document): HTMLElement[] {
  const rows = doc.querySelectorAll("#rows > li, #rows > ol > li, #rows > tbody > tr");
  const first = (row: Element, link: string) => row.querySelector<HTMLElement>(link);
  return [...rows].flatMap(row => first(row, "a[data-row]") ?? first(row, "a[href]") ?? []);
}
