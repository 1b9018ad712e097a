// Choosing passages and linked items, and what one key does with the chosen one.
//
// Contract: in [data-choices] each li.ev is a passage that can be linked (it holds form.link), a linked item (it
// holds button[data-unlink]) or one that a decision keeps or drops (input[data-kept]). One passage and one linked
// item are .here: the first passage, and the newest item that this person linked (data-mine), else the first that may
// be kept, until another is chosen by the arrows, by a press of the mouse or by the focus. The chosen passage's
// buttons have the keys s (supports), d (refutes) and f (context), - (it does not bear on the claim), = (same origin
// as …) and W (quote fewer of its words: choose.ts); the chosen item's button has l, its box x. A passage or an item
// that is out of sight is shown by its key first, wherever the focus is, and #status says so: nobody links, unlinks
// or drops what they do not see. What was loaded stays where it is while #work changes, and is renewed after it
// (data-renew is its address).
import htmx from "htmx.org";
import { seen } from "./focus";
import { showLiving } from "./keybar";
import { type Taker, chosenByKey, find } from "./keys";
import { deadEnds } from "./rows";

// What the buttons of the chosen passage and item do, as the table of keys names it, with their keys.
const buttons: [selector: string, act: string, key: string][] = [
  ['form.link button[value="supports"]', "supports", "s"],
  ['form.link button[value="refutes"]', "refutes", "d"],
  ['form.link button[value="context"]', "context", "f"],
  ["button[data-refuse]", "no-bearing", "-"],
  ["details.same > summary", "same-origin", "="],
  [".cut > [data-choose]", "fewer", "Shift+W"],
  ["button[data-unlink]", "unlink", "l"],
  ["input[data-kept]", "keep", "x"],
];

export function startPassages(doc: Document): Taker {
  show(doc);
  doc.addEventListener("htmx:after:swap", event => {
    const ctx = (event as CustomEvent<{ ctx?: { target?: unknown; request?: { method?: string } } }>).detail.ctx;
    if (held) requestAnimationFrame(() => stay(doc)); // when the new list has all that is added to it
    const sent = ctx?.request?.method?.toUpperCase() === "POST";
    if (sent && ctx?.target instanceof Element && ctx.target.id === "work") renew(doc);
    const found = findOf(doc, event);
    if (found) choose(doc, found);
    show(doc);
    if (found) found.focus({ preventScroll: true });
    else if (hadFocus && doc.activeElement === doc.body) focusOnChosen(doc);
    found?.scrollIntoView({ block: "nearest" });
  });
  let hadFocus = false; // what is replaced
  doc.addEventListener("htmx:before:swap", event => {
    hadFocus = doc.activeElement !== doc.body;
    const { target } = (event as CustomEvent<{ ctx?: { target?: unknown } }>).detail.ctx ?? {};
    if (target instanceof Element && target.matches("[data-renew]")) hold(target);
  });
  for (const kind of ["pointerdown", "focusin"]) {
    doc.addEventListener(kind, event => {
      const item = (event.target as Element).closest<HTMLElement>("[data-choices] .ev");
      if (item) choose(doc, item);
    });
  }
  for (const kind of ["focusin", "focusout"]) doc.addEventListener(kind, () => tell(doc));
  doc.addEventListener("submit", event => {
    const form = event.target as HTMLElement;
    // What is pressed while the answer comes is for what is found, and not typed into the field.
    if (form.matches("[data-find] form.seek[hx-post]")) form.closest<HTMLElement>("[data-find]")?.focus();
    if (form.matches("[data-choices] .ev form[hx-post]")) leave(doc, form.closest<HTMLElement>(".ev")!);
  });
  return (shortcut, at) => {
    if (/^[sdflx-]$/.test(shortcut)) return showFirst(doc, shortcut);
    if (shortcut !== "ArrowDown" && shortcut !== "ArrowUp") return false;
    if (at?.matches("input, select") && !chosenByKey(at)) return false; // the arrows choose among radios
    return move(doc, shortcut === "ArrowDown" ? 1 : -1);
  };
}

let cramped: Element | null = null; // shown a press ago, and there is no room to see it

/** Brings the passage or item that a key would act on into sight; false: it is, and the key may act. */
function showFirst(doc: Document, shortcut: string): boolean {
  const item = find(doc, shortcut)?.closest<HTMLElement>("[data-choices] .ev");
  if (!item || cramped === item || inSight(item)) {
    cramped = null;
    return false;
  }
  goTo(item);
  cramped = inSight(item) ? null : item;
  const status = doc.querySelector("#status");
  if (status) status.textContent = `This was out of sight: press the key again (${shortcut}) to do it here.`;
  return true;
}

/** Whether a line of the words of an item is in sight, in all that scrolls around it and below what sticks there. */
function inSight(item: HTMLElement): boolean {
  const words = item.querySelector("blockquote") ?? item;
  const { top, bottom } = words.getBoundingClientRect();
  let [from, to] = [Math.max(0, top), Math.min(innerHeight, bottom)];
  for (let around = item.parentElement; around && around !== item.ownerDocument.body; around = around.parentElement) {
    if (getComputedStyle(around).overflowY === "visible") continue;
    const box = around.getBoundingClientRect();
    const stuck = around.querySelector(":scope > .bar.stick")?.getBoundingClientRect().height ?? 0;
    [from, to] = [Math.max(from, box.top + stuck), Math.min(to, box.bottom)];
  }
  return to - from >= Math.min(bottom - top, 20) && to > from;
}

/** Gives an item the focus, in sight. */
function goTo(item: HTMLElement): void {
  item.tabIndex = -1;
  item.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
  item.querySelector("blockquote")?.scrollIntoView({ block: "nearest" }); // of one that is taller than its pane
}

/** Says which of the arrows would lead nowhere. */
function tell(doc: Document): void {
  const all = items(doc);
  const at = all.findIndex(item => item.contains(doc.activeElement));
  for (const part of doc.querySelectorAll<HTMLElement>('[data-act~="choose-next"]')) {
    deadEnds(part, at, all.length, "choose-next", "choose-prev");
  }
}

/** The first passage of a search whose answer came: what is pressed next is for it. */
function findOf(doc: Document, event: Event): HTMLElement | null {
  const ctx = (event as CustomEvent<{ ctx?: { request?: { action?: string } } }>).detail.ctx;
  if (!ctx?.request?.action?.endsWith("/searches")) return null;
  return doc.querySelector<HTMLElement>("[data-find] .ev");
}

/** The items that can be chosen, in their order on the page: all, passages, or linked items. */
function items(doc: Document, holding = "form, [data-kept]"): HTMLElement[] {
  return [...doc.querySelectorAll<HTMLElement>("[data-choices] .ev")].filter(
    item => item.querySelector(holding) !== null && seen(item),
  );
}

const passage = "form.link";
const linked = "[data-unlink], [data-kept]";

/** Sees to it that one passage and one linked item are chosen. */
function show(doc: Document): void {
  for (const holding of [passage, linked]) {
    const all = items(doc, holding);
    const mine = all.filter(item => item.dataset["mine"] !== undefined);
    const own = mine[mine.length - 1] ?? all.find(item => item.querySelector("[data-kept]"));
    const first = holding === passage ? all.find(item => !item.matches(".sent")) : own;
    const chosen = all.filter(item => item.matches(".here:not(.sent)"));
    if (chosen.length === 1) mark(chosen[0]!, true);
    else {
      for (const item of all) mark(item, false);
      if (first) mark(first, true);
    }
  }
}

/** What had the focus is gone: the next passage has it. */
function focusOnChosen(doc: Document): void {
  const next = items(doc, passage).find(item => item.matches(".here")) ?? doc.querySelector<HTMLElement>("[data-work]");
  next?.focus({ preventScroll: true });
}

function choose(doc: Document, item: HTMLElement): void {
  for (const other of items(doc, item.querySelector(linked) ? linked : passage)) mark(other, other === item);
}

/** The chosen item's buttons have the keys, and no other's. */
function mark(item: HTMLElement, here: boolean): void {
  item.classList.toggle("here", here);
  for (const [selector, act, key] of buttons) {
    const button = item.querySelector<HTMLElement>(selector);
    if (!button) continue;
    if (here) {
      button.setAttribute("aria-keyshortcuts", key);
      button.dataset["act"] = act;
    } else {
      button.removeAttribute("aria-keyshortcuts");
      delete button.dataset["act"];
    }
  }
}

/** Moves the choice through passages and linked items, as they stand on the page. */
function move(doc: Document, step: number): boolean {
  const all = items(doc);
  if (all.length === 0) return false;
  const at = all.findIndex(item => item === doc.activeElement || item.contains(doc.activeElement));
  const here = at >= 0 ? at : all.findIndex(item => item.matches(".here") && item.querySelector(passage));
  const fresh = at < 0 && step > 0 && here >= 0 && !all[here]!.dataset["seen"]; // the first press shows what is chosen
  const next = all[Math.min(all.length - 1, Math.max(0, fresh ? here : here + step))];
  if (!next) return true;
  next.dataset["seen"] = "1";
  next.dispatchEvent(new CustomEvent("desk:looked", { bubbles: true }));
  goTo(next);
  return true;
}

/** The form of an item is on its way: the choice goes on to the next one. */
function leave(doc: Document, item: HTMLElement): void {
  const all = items(doc, item.querySelector(linked) ? linked : passage);
  const next = all[all.indexOf(item) + 1] ?? all[all.indexOf(item) - 1];
  item.classList.add("sent");
  if (!next) return;
  choose(doc, next);
  if (item.contains(doc.activeElement)) {
    next.tabIndex = -1;
    next.focus({ preventScroll: true });
  }
}

let held: { id: string; top: number; pane: HTMLElement } | undefined;

/** Remembers where the chosen passage stands, before its list is put anew. */
function hold(list: Element): void {
  const item = list.querySelector<HTMLElement>(".ev.here") ?? list.querySelector<HTMLElement>(".ev");
  const pane = list.closest<HTMLElement>(".pane");
  held = item && pane ? { id: item.id, top: item.getBoundingClientRect().top, pane } : undefined;
}

/** Has it stand there again: the browser takes the list that comes beside the old one for words put in above. */
function stay(doc: Document): void {
  showLiving(doc); // caps take room in the rows above
  const item = held && doc.getElementById(held.id);
  if (held && item) held.pane.scrollTop += item.getBoundingClientRect().top - held.top;
  held = undefined;
}

/** Asks again for what is proposed: what was linked or refused has changed it. */
function renew(doc: Document): void {
  for (const part of doc.querySelectorAll<HTMLElement>("[data-renew]")) {
    const url = part.dataset["renew"] ?? "";
    void htmx.ajax("GET", url, { target: part, swap: "outerHTML" } as never);
  }
}
