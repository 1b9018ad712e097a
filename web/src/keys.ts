// Single-key shortcuts.
//
// Contract: an element says its keys in aria-keyshortcuts (space-separated: "1", "j", "o Enter", "/", "Shift+X",
// "Control+Enter"), and those pressed one after the other in data-chain ("g>q"); both are written from the table
// internal/httpd/view/keys.tsv. A press clicks a link or button, checks a radio or box, focuses a field or a group, and
// opens a part (unfold.ts). A radio that a press checked keeps its choice while it has the focus, whatever arrow comes.
// At a radio or box that somebody came to otherwise (by Tab and Space, by the mouse), in a form that asks for words,
// only the keys of that form act, for who chooses there may begin to type: what is typed goes into the field that
// [data-types] around the box names by its id, else nowhere, and #status says so. Where two elements have a key, the
// one in main has it. Nothing fires in a field (except Control+Enter, which sends the form that one is in, and Enter
// in a choice of a part that a key unfolded, which does so too, as in a line of text), during composition, with Alt or
// Meta held, while a key repeats (but for j, k, n and p), or while a dialog is open. What is pressed while a part of
// the page loads waits for it (held.ts). Escape leaves a field and ends a chain; body[data-chain] is the press that a
// chain began with. Where a form comes back because its reason (#wrong-reason) is missing, the chain of the verdict
// that stands is begun: the next digit is its reason.

import { changed, fields, isBox } from "./fields";
import { acted, focusOn, goInto, goOn, seen } from "./focus";
import { Held } from "./held";
import { local } from "./store";
import { shut, unfold } from "./unfold";

/** What is read of a keyboard event, so that the resolver can be tested without a browser. */
export interface Press {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  isComposing: boolean;
  keyCode: number;
  getModifierState?: (modifier: string) => boolean;
}

/**
 * The shortcut a press stands for, or "" for none. An ASCII key wins, which keeps AZERTY and Dvorak right; another
 * script's letter falls back to its place on the keyboard, so that "j" works under a Persian layout; Persian and
 * Arabic digits are digits wherever they are typed. The row of digits is digits without Shift too where a layout puts
 * signs there (AZERTY: & is 1), but for signs that are keys of ours. A sign that is typed with AltGr counts as typed.
 */
export function shortcutOf(press: Press): string {
  if (press.isComposing || press.keyCode === 229) return "";
  if (ours.includes(press.key) && press.getModifierState?.("AltGraph")) return press.key;
  if (press.altKey || press.metaKey) return "";
  if (press.ctrlKey) return press.key === "Enter" ? "Control+Enter" : "";
  if (press.key.length > 1 && /^[A-Z][A-Za-z]+$/.test(press.key)) return press.key === "Dead" ? "" : press.key;
  if (press.key === "؟" || press.key === "？") return "?";
  const digit = digitOf(press.key);
  if (digit) return digit;
  const place = /^Digit([0-9])$/.exec(press.code)?.[1];
  if (place && !press.shiftKey && /^[^0-9A-Za-z]$/.test(press.key) && !ours.includes(press.key)) return place;
  if (/^[!-~]$/.test(press.key)) return press.key;
  const letter = /^Key([A-Z])$/.exec(press.code)?.[1];
  if (letter) return press.shiftKey ? letter : letter.toLowerCase();
  return place ?? (press.shiftKey ? "" : (signs[press.code] ?? ""));
}

/** The signs that are keys, and where a US keyboard has those that need no Shift. */
const ours = ["/", "[", "]", "=", "?"];
const signs: Record<string, string> = { BracketLeft: "[", BracketRight: "]", Slash: "/", Equal: "=" };

function digitOf(key: string): string {
  const point = key.codePointAt(0) ?? 0;
  for (const zero of [0x06f0, 0x0660, 0xff10]) {
    if (point >= zero && point <= zero + 9) return String(point - zero);
  }
  return "";
}

const offKey = "claimbench.keys-off";

/** Whether this person has turned single keys off. */
export function keysAreOff(): boolean {
  return local.getItem(offKey) !== null;
}

/**
 * What a part of the page does with a shortcut itself, before the elements that have it are looked for: true when it
 * did. at is where the focus is.
 */
export type Taker = (shortcut: string, at: HTMLElement | null) => boolean;

/** Starts the keys of the page. They are given in the order in which they are pressed (held.ts). */
export function startKeys(doc: Document, takers: Taker[]): void {
  const chain = new Chain(doc);
  /** Does what a shortcut asks; false: nothing takes it as the page stands. */
  const give = (shortcut: string, at: Element | null): boolean => {
    if (doc.querySelector("dialog[open]")) return false;
    for (const take of takers) {
      if (take(shortcut, at instanceof HTMLElement ? at : null)) return true;
    }
    if (shortcut === "Control+Enter") return sendFormOf(doc, at);
    const target = chain.find(shortcut);
    if (target) act(target, held);
    return target !== null || (shortcut === "Escape" && shut(doc, at));
  };
  const held: Held = new Held(doc, shortcut => give(shortcut, seenAt(doc.activeElement)));
  doc.addEventListener("keydown", event => onKey(doc, event, held, give));
  chain.ask();
  doc.addEventListener("htmx:after:swap", () => chain.ask());
  doc.addEventListener("pointerdown", () => chain.drop());
  doc.addEventListener("focusin", event => {
    if (event.target instanceof HTMLElement && isField(event.target)) chain.drop();
  });
  const box = doc.querySelector<HTMLInputElement>("#keys-on");
  if (box) {
    box.checked = local.getItem(offKey) === null;
    box.addEventListener("change", () => {
      if (box.checked) local.removeItem(offKey);
      else local.setItem(offKey, "1");
    });
  }
  held.start();
}

type Give = (shortcut: string, at: Element | null) => boolean;

function onKey(doc: Document, event: KeyboardEvent, held: Held, give: Give): void {
  if (event.defaultPrevented) return;
  const shortcut = shortcutOf(event);
  if (!shortcut) return;
  const at = seenAt(event.target);
  if (at && isField(at)) {
    onFieldKey(event, at, shortcut, held, give);
    return;
  }
  if (doc.querySelector("dialog[open]")) return;
  // Also while the key repeats.
  if (/^Arrow/.test(shortcut) && at?.matches("[type=radio]") && chosenByKey(at)) event.preventDefault();
  if (shortcut === "Control+Enter") {
    if (held.take(shortcut) || give(shortcut, at) || held.await(shortcut)) event.preventDefault();
    return;
  }
  if (keysAreOff()) return;
  const form = restsIn(at);
  if (form && shortcut.length === 1 && !ownsKey(form, shortcut)) {
    restAt(doc, at!, event);
    return;
  }
  if (shortcut === "Enter" && at?.closest("a, button, summary, label, input")) return;
  if (event.repeat && !/^[jknp]$/.test(shortcut)) return; // who leans on a key decides nothing
  if (held.take(shortcut) || give(shortcut, at) || (shortcut.length === 1 && held.await(shortcut)))
    event.preventDefault();
  else if (form && shortcut === "Escape") goOn(doc);
}

/** The form that asks for words too, where one is on a box of it that was not chosen by its key; else null. */
export function restsIn(at: Element | null): HTMLFormElement | null {
  if (!at || !isBox(at) || chosenByKey(at)) return null;
  const form = at.closest("form");
  return form?.querySelector('textarea, input[type="text"], input:not([type])') ? form : null;
}

/**
 * Whether a key acts on something of a form, or on the part that opens it; but where what is typed at its boxes goes
 * into a field, the letter that opened it is a letter.
 */
function ownsKey(form: HTMLFormElement, shortcut: string): boolean {
  const wanted = CSS.escape(/^[A-Z]$/.test(shortcut) ? "Shift+" + shortcut : shortcut);
  const own = `[aria-keyshortcuts~="${wanted}"], [data-chain^="${wanted}>"], [data-chain*=">${wanted}"]`;
  const opens = form.closest("details")?.querySelector<HTMLElement>(":scope > summary");
  const typed = form.querySelector("[data-types]") !== null;
  return (!typed && opens?.matches(own)) || [...form.querySelectorAll<HTMLElement>(own)].some(works);
}

/** What is typed at a box that takes no words. */
function restAt(doc: Document, at: HTMLElement, event: KeyboardEvent): void {
  const field = doc.getElementById(at.closest<HTMLElement>("[data-types]")?.dataset["types"] ?? "");
  if (field) {
    focusOn(field); // and the key is typed there
    return;
  }
  event.preventDefault();
  const status = doc.querySelector("#status");
  if (status) status.textContent = "Letters do nothing here: Tab goes on in the form, Escape leaves it.";
}

/** Keys that are pressed one after the other: g and then q, a verdict and then its reason. */
class Chain {
  private before = "";

  constructor(private readonly doc: Document) {}

  /** What a press acts on; undefined when it begins or ends a chain and acts on nothing, null when it is no key. */
  find(shortcut: string): HTMLElement | undefined | null {
    const whole = this.before ? find(this.doc, `${this.before}>${shortcut}`, "data-chain") : null;
    const waited = this.before !== "";
    this.drop();
    if (whole) return whole;
    const begins = this.doc.querySelector(`[data-chain^="${shortcut}>"], [data-chain*=" ${shortcut}>"]`) !== null;
    if (begins) this.arm(shortcut);
    const target = find(this.doc, shortcut, "aria-keyshortcuts");
    return target ?? (begins || (waited && shortcut === "Escape") ? undefined : null);
  }

  /** The caps of what may come next are shown where they stand. */
  private arm(shortcut: string): void {
    this.before = shortcut;
    this.doc.body.dataset["chain"] = shortcut;
  }

  /** Begins the chain of the verdict whose reason was refused, until one is chosen. */
  ask(): void {
    const form = this.doc.querySelector("main #wrong-reason")?.closest("form");
    const verdict = form?.querySelector<HTMLInputElement>('input[name="verdict"]:checked');
    const key = verdict?.getAttribute("aria-keyshortcuts");
    if (this.before !== "" || !verdict || !key) return;
    if (!form?.querySelector(`input[name="reason_${CSS.escape(verdict.value)}"]:checked`)) this.arm(key);
  }

  drop(): void {
    this.before = "";
    delete this.doc.body.dataset["chain"];
  }
}

function onFieldKey(event: KeyboardEvent, field: HTMLElement, shortcut: string, held: Held, give: Give): void {
  if (shortcut === "Escape") {
    if (shut(field.ownerDocument, field)) event.preventDefault();
    else field.blur();
  } else if (shortcut === "Enter" && field.matches("details[data-unfold] select")) {
    if (sendFormOf(field.ownerDocument, field)) event.preventDefault();
  } else if (shortcut === "Control+Enter") {
    if (held.take(shortcut) || give(shortcut, field) || held.await(shortcut)) event.preventDefault();
  }
}

/**
 * Sends the form that holds an element: by the button that is marked for it, else by its first one. Where the focus is
 * in no form, the page's own form is sent, if somebody has filled in anything of it, or if it has nothing to fill in;
 * what must be filled in gets the focus. A form that stands as it was sent before (data-earlier) is not sent so:
 * #status says why.
 */
function sendFormOf(doc: Document, at: Element | null): boolean {
  const form = at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement ? at.form : at?.closest("form");
  const button =
    form?.querySelector<HTMLElement>('[aria-keyshortcuts~="Control+Enter"]') ??
    form?.querySelector<HTMLElement>('button[type="submit"]');
  const own = button ?? find(doc, "Control+Enter");
  if (!own) return false;
  const theirs = own.closest("form");
  if (!button && theirs && !filledIn(theirs)) {
    if (theirs.hasAttribute("data-earlier")) return saySent(doc);
    if (fields(theirs).length > 0) return askFor(theirs.querySelector<HTMLElement>(":required:enabled"));
  }
  own.click();
  return true;
}

/** Says why the form of a review that was sent before is not sent again. */
function saySent(doc: Document): true {
  const status = doc.querySelector("#status");
  if (status) status.textContent = "Not sent: this is your earlier review. Choose a verdict, or send it from its form.";
  return true;
}

function askFor(field: HTMLElement | null): boolean {
  focusOn(field);
  return field !== null;
}

/**
 * Whether anybody typed or chose something in a form since it came; a verdict that stands in it was chosen before, and
 * so were the words of a claim that is made of them (data-follows). The verdict of a review that was sent before
 * (data-earlier) was chosen for the claim as it stood then, and says nothing of today.
 */
function filledIn(form: HTMLFormElement | null): boolean {
  if (form?.hasAttribute("data-follows")) return true;
  const sent = form?.hasAttribute("data-earlier");
  return [...(form?.elements ?? [])].some(
    field => changed(field) || (!sent && isBox(field) && field.name === "verdict" && field.checked),
  );
}

let byKey: Element | null = null; // the radio or box that has the focus because its key was pressed

/** Whether an element is a radio or box that its key chose, and that was not left since. */
export function chosenByKey(element: Element | null): boolean {
  return element !== null && element === byKey;
}

/** An element that has the focus and is seen. A dialog that was shut has it still, until the browser paints next. */
export function seenAt(at: EventTarget | null): HTMLElement | null {
  return at instanceof HTMLElement && seen(at) ? at : null;
}

/** Whether a key goes into a field or a dialog, and not to the page. */
export function elsewhere(event: KeyboardEvent): boolean {
  return seenAt(event.target)?.closest("input, textarea, select, dialog") != null;
}

/** Whether typing goes into this element. Radios, boxes and buttons take no text, so keys stay alive on them. */
export function isField(element: HTMLElement): boolean {
  if (element.isContentEditable || element.matches("textarea, select")) return true;
  return element.matches("input:not([type=radio], [type=checkbox], [type=button], [type=submit], [type=file])");
}

/** The element that has a key, in the main part of the page before the rest. */
export function find(doc: Document, shortcut: string, attribute = "aria-keyshortcuts"): HTMLElement | null {
  const wanted = /^[A-Z]$/.test(shortcut) ? "Shift+" + shortcut : shortcut;
  const all = doc.querySelectorAll<HTMLElement>(`main [${attribute}~="${CSS.escape(wanted)}"]`);
  for (const element of [...all, ...doc.querySelectorAll<HTMLElement>(`[${attribute}~="${CSS.escape(wanted)}"]`)]) {
    if (works(element)) return element;
  }
  return null;
}

/** As find, for many keys of a page that does not change meanwhile: it is gone through once. */
export function finder(doc: Document): (shortcut: string) => HTMLElement | null {
  const having = new Map<string, HTMLElement[]>();
  for (const place of ["main [aria-keyshortcuts]", "[aria-keyshortcuts]"]) {
    for (const element of doc.querySelectorAll<HTMLElement>(place)) {
      for (const key of (element.getAttribute("aria-keyshortcuts") ?? "").split(" ")) {
        const all = having.get(key);
        if (all) all.push(element);
        else having.set(key, [element]);
      }
    }
  }
  return shortcut => {
    const wanted = /^[A-Z]$/.test(shortcut) ? "Shift+" + shortcut : shortcut;
    return having.get(wanted)?.find(works) ?? null;
  };
}

/** Whether an element can be acted on now: it is seen, or one of the places that are reached by keys alone. */
export function works(element: HTMLElement): boolean {
  if (element.matches(":disabled")) return false;
  return seen(element) || element.closest("#places") !== null;
}

/** Does what a press of the key of an element does. */
export function act(target: HTMLElement, held?: Held): void {
  if (isField(target)) {
    goInto(target);
    return;
  }
  if (target.tagName === "SUMMARY") {
    unfold(target);
    return;
  }
  if (target instanceof HTMLInputElement) {
    target.focus();
    byKey = isBox(target) ? target : null;
    target.addEventListener("blur", () => (byKey = null), { once: true });
  }
  if (!target.matches("a, button, input, summary, label")) {
    target.focus(); // a group: what is in it has keys of its own
    return;
  }
  const powered = target.closest("[hx-get], [hx-post], [hx-put], [hx-delete]");
  if (powered && (powered === target || target.matches("button"))) held?.expect();
  else if (target.matches("a[href]")) acted();
  target.click();
}
