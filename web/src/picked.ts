// Choosing words in the reader: the file that is loaded when it is first done (select.ts).
//
// Contract: a choice fills the hidden form #picked (sentence, start, end) and shows it; Enter sends it. Keys: j and k
// move by sentence, w takes one word more at the end, b one less, W and B the same at the start, Escape drops the
// choice. On a page that has the new-claim form (#start, #end) the choice fills that form as well. Nothing is drawn
// over the text: the choice is a CSS highlight.
import type { elsewhere, shortcutOf } from "./keys";
import { byWord, pointsAt, wholeGraphemes } from "./points";
import type { reveal } from "./reader";
import type { deadEnds } from "./rows";

interface Choice {
  row: HTMLElement;
  text: string;
  start: number; // UTF-16 units within the sentence
  end: number;
}

/** What is taken from the page's own script, so that no file holds it twice. */
export interface Desk {
  elsewhere: typeof elsewhere;
  shortcutOf: typeof shortcutOf;
  reveal: typeof reveal;
  deadEnds: typeof deadEnds;
}

/** Begins with what is selected already. */
export function startPicked(doc: Document, edition: HTMLElement, desk: Desk): void {
  const { elsewhere, shortcutOf, reveal, deadEnds } = desk;
  let choice: Choice | null = null;
  const choose = (next: Choice | null) => {
    choice = next;
    paint(next);
    fill(doc, next);
    const rows = [...edition.querySelectorAll(".sent")];
    deadEnds(edition, next ? rows.indexOf(next.row) : -1, rows.length, "sentence-next", "sentence-prev");
  };
  const selected = () => {
    const next = fromSelection(doc, edition);
    if (next) choose(next);
  };
  selected();

  doc.addEventListener("pointerup", event => {
    if (!(event.target instanceof Node) || !edition.contains(event.target)) return;
    requestAnimationFrame(selected); // the selection is final only after the event
  });

  doc.addEventListener("keydown", event => {
    if (event.defaultPrevented || elsewhere(event)) return;
    const next = onKey(doc, edition, choice, shortcutOf(event));
    if (next === undefined) return;
    event.preventDefault();
    choose(next);
    if (next) reveal(next.row);
  });
}

/** undefined: the key is not ours. */
function onKey(doc: Document, edition: HTMLElement, choice: Choice | null, key: string): Choice | null | undefined {
  switch (key) {
    case "j":
      return step(edition, choice, 1);
    case "k":
      return step(edition, choice, -1);
    case "Escape":
      return choice ? null : undefined;
    case "w":
    case "b":
    case "W":
    case "B":
      return choice ? { ...choice, ...byWord(choice, key, choice.row.lang) } : undefined;
    case "Enter":
      if (!choice || doc.activeElement?.closest("a, button")) return undefined;
      doc.querySelector<HTMLFormElement>("#picked")?.requestSubmit();
      return choice;
  }
  return undefined;
}

function step(edition: HTMLElement, choice: Choice | null, direction: number): Choice | null {
  const rows = [...edition.querySelectorAll<HTMLElement>(".sent")];
  const here = choice?.row ?? edition.querySelector<HTMLElement>(".sent.here");
  const at = here ? rows.indexOf(here) : -1;
  const row = rows[Math.min(rows.length - 1, Math.max(0, at + direction))];
  return row ? whole(row) : null;
}

function body(row: HTMLElement): HTMLElement | null {
  return row.querySelector<HTMLElement>(":scope > p, :scope > h2");
}

function whole(row: HTMLElement): Choice | null {
  const text = body(row)?.textContent ?? "";
  return text ? { row, text, start: 0, end: text.length } : null;
}

/** The browser's selection as a choice; one that runs over several sentences is cut to the first. */
function fromSelection(doc: Document, edition: HTMLElement): Choice | null {
  const selection = doc.getSelection();
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  for (const row of edition.querySelectorAll<HTMLElement>(".sent")) {
    const p = body(row);
    if (!p || !range.intersectsNode(p)) continue;
    const text = p.textContent ?? "";
    const start = p.contains(range.startContainer) ? unitsBefore(p, range.startContainer, range.startOffset) : 0;
    const end = p.contains(range.endContainer) ? unitsBefore(p, range.endContainer, range.endOffset) : text.length;
    const spans = wholeGraphemes(text, start, end, row.lang);
    if (spans) return { row, text, start: spans[0], end: spans[1] };
  }
  return null;
}

/** UTF-16 units of p's text before a place in it. */
export function unitsBefore(p: HTMLElement, node: Node, offset: number): number {
  const range = p.ownerDocument.createRange();
  range.setStart(p, 0);
  range.setEnd(node, offset);
  return range.toString().length;
}

function paint(choice: Choice | null): void {
  if (!("highlights" in CSS)) return;
  CSS.highlights.delete("picked");
  const p = choice && body(choice.row);
  if (!choice || !p) return;
  const range = p.ownerDocument.createRange();
  const [from, fromAt] = place(p, choice.start);
  const [to, toAt] = place(p, choice.end);
  range.setStart(from, fromAt);
  range.setEnd(to, toAt);
  CSS.highlights.set("picked", new Highlight(range));
}

/** The text node and offset at a number of UTF-16 units into p. */
export function place(p: HTMLElement, units: number): [Node, number] {
  const walker = p.ownerDocument.createTreeWalker(p, NodeFilter.SHOW_TEXT);
  let left = units;
  let last: Node = p;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.textContent?.length ?? 0;
    if (left <= length) return [node, left];
    left -= length;
    last = node;
  }
  return [last, last.textContent?.length ?? 0];
}

function fill(doc: Document, choice: Choice | null): void {
  const form = doc.querySelector<HTMLFormElement>("#picked");
  if (!form) return;
  form.hidden = choice === null;
  if (!choice) return;
  const base = Number(choice.row.dataset["start"]);
  const start = base + pointsAt(choice.text, choice.start);
  const end = base + pointsAt(choice.text, choice.end);
  const words = choice.text.slice(choice.start, choice.end);
  set(form, "sentence", choice.row.dataset["n"] ?? "");
  set(form, "start", String(start));
  set(form, "end", String(end));
  quote(doc.querySelector("#picked-words"), words, choice.row);
  const open = doc.querySelector<HTMLInputElement>("#start");
  const sentence = doc.querySelector<HTMLInputElement>('#panel form[method="post"] [name="sentence"]');
  if (open && sentence && sentence.value === choice.row.dataset["n"]) {
    open.value = String(start);
    const close = doc.querySelector<HTMLInputElement>("#end");
    if (close) close.value = String(end);
    quote(doc.querySelector("#panel [data-chosen] q"), words, choice.row);
    form.hidden = true;
  }
}

function quote(element: HTMLElement | null, words: string, row: HTMLElement): void {
  if (!element) return;
  element.textContent = words;
  element.lang = row.lang;
  element.dir = row.dir;
}

function set(form: HTMLFormElement, name: string, value: string): void {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLInputElement) field.value = value;
}
