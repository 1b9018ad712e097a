// The list beside the work.
//
// Contract: in #rows, the element .here is the one looked at. It is brought into view when a page of panes opens, when
// its list is another (#view), and when another one is looked at (parts.ts); who scrolls the list stays where they
// are, whatever else changes. On pages without a "next" link of their own j and k move the focus through the links of
// the rows (rows.ts), and #rows says which of the two would lead nowhere.

import type { Taker } from "./keys";
import { targetOf } from "./parts";
import { deadEnds, rowLinks } from "./rows";

export function startList(doc: Document): Taker {
  // Only where the list scrolls on its own; a whole page stays where it is.
  if (doc.body.classList.contains("fixed")) bringHere(doc);
  tell(doc);
  doc.addEventListener("htmx:after:swap", event => {
    if (targetOf(event) === "view" && doc.body.classList.contains("fixed")) bringHere(doc);
    tell(doc);
  });
  for (const kind of ["focusin", "focusout"]) doc.addEventListener(kind, () => tell(doc));
  return shortcut => {
    const step = shortcut === "j" ? 1 : shortcut === "k" ? -1 : 0;
    return step !== 0 && !doc.querySelector('[aria-keyshortcuts~="j"], [aria-keyshortcuts~="k"]') && move(doc, step);
  };
}

/**
 * Scrolls the row that is looked at into view in the next frame: sooner, the page would be laid out once more before
 * the rest of what changes has changed.
 */
export function bringHere(doc: Document): void {
  requestAnimationFrame(() => doc.querySelector("#rows .here")?.scrollIntoView({ block: "nearest" }));
}

function move(doc: Document, step: number): boolean {
  const links = rowLinks(doc);
  if (links.length === 0) return false;
  const at = links.findIndex(link => link === doc.activeElement);
  const next = at < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, at + step));
  const link = links[next];
  link?.focus();
  link?.scrollIntoView({ block: "nearest" });
  return true;
}

function tell(doc: Document): void {
  const rows = doc.querySelector<HTMLElement>('#rows[data-act~="row-next"]');
  if (!rows) return;
  const links = rowLinks(doc);
  const at = links.findIndex(link => link === doc.activeElement);
  deadEnds(rows, at, links.length, "row-next", "row-prev");
}
