// Choosing words in the reader, with the mouse or the keyboard.
//
// Contract: #edition[data-claim-url] holds .sent rows with data-n, data-start and data-end (code points of the
// article), each with one p or h2 whose text is the sentence's raw text. The first j or k, and the first words that are
// selected, load the rest (picked.ts), which says what a choice does.
import { elsewhere, shortcutOf } from "./keys";
import { later } from "./later";
import { reveal } from "./reader";
import { deadEnds } from "./rows";

export function startSelect(doc: Document): void {
  const edition = doc.querySelector<HTMLElement>("#edition[data-claim-url]");
  if (!edition) return;
  const file = later(doc, () => import("./words"));
  let there = false;
  const start = (first?: KeyboardEvent) =>
    file(({ startPicked }) => {
      if (!there) startPicked(doc, edition, { elsewhere, shortcutOf, reveal, deadEnds });
      there = true;
    }, first);

  doc.addEventListener("pointerup", event => {
    if (there || !(event.target instanceof Node) || !edition.contains(event.target)) return;
    // The selection is final only after the event.
    requestAnimationFrame(() => {
      if (doc.getSelection()?.isCollapsed === false) start();
    });
  });
  doc.addEventListener("keydown", event => {
    if (there || event.defaultPrevented || elsewhere(event) || !/^[jk]$/.test(shortcutOf(event))) return;
    start(event);
  });
}
