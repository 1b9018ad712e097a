// Single-key shortcuts.
//
// Contract: an element says its keys in aria-keyshortcuts (space-separated: "1", "j", "o Enter", "/",
// "Control+Enter"). A press clicks a link or button, checks a radio or box, and focuses a field. Where two elements
// have a key, the one in main has it. Nothing fires in a field (except Control+Enter, which sends the form that one is
// in), during composition, with Alt or Meta held, on a repeated verdict, or while a dialog is open. What is pressed
// while a part of the page loads waits for it (held.ts). "?" opens the list
// of keys, Escape leaves a field.

import { Held } from "./held";

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
}

/**
 * The shortcut a press stands for, or "" for none. An ASCII key wins, which keeps AZERTY and Dvorak right; another
 * script's letter falls back to its place on the keyboard, so that "j" works under a Persian layout; Persian and
 * Arabic digits are digits wherever they are typed.
 */
export function shortcutOf(press: Press): string {
  if (press.isComposing || press.keyCode === 229) return "";
  if (press.altKey || press.metaKey) return "";
  if (press.ctrlKey) return press.key === "Enter" ? "Control+Enter" : "";
  if (press.key.length > 1 && /^[A-Z][A-Za-z]+$/.test(press.key)) return press.key === "Dead" ? "" : press.key;
  if (press.key === "؟" || press.key === "？") return "?";
  const digit = digitOf(press.key);
  if (digit) return digit;
  if (/^[!-~]$/.test(press.key)) return press.key;
  const letter = /^Key([A-Z])$/.exec(press.code)?.[1];
  if (letter) return press.shiftKey ? letter : letter.toLowerCase();
  return /^Digit([0-9])$/.exec(press.code)?.[1] ?? "";
}

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
  return localStorage.getItem(offKey) !== null;
}

export function startKeys(doc: Document): void {
  const held = new Held(doc, shortcut => {
    const target = doc.querySelector("dialog[open]") ? null : find(doc, shortcut);
    if (target) act(target);
  });
  doc.addEventListener("keydown", event => onKey(doc, event, held));
  const box = doc.querySelector<HTMLInputElement>("#keys-on");
  if (box) {
    box.checked = localStorage.getItem(offKey) === null;
    box.addEventListener("change", () => {
      if (box.checked) localStorage.removeItem(offKey);
      else localStorage.setItem(offKey, "1");
    });
  }
}

function onKey(doc: Document, event: KeyboardEvent, held: Held): void {
  if (event.defaultPrevented) return;
  const shortcut = shortcutOf(event);
  if (!shortcut) return;
  const at = event.target instanceof HTMLElement ? event.target : null;
  if (at && isField(at)) {
    onFieldKey(doc, event, at, shortcut);
    return;
  }
  if (doc.querySelector("dialog[open]")) return;
  if (shortcut === "Control+Enter") {
    sendFormOf(doc, event, at);
    return;
  }
  if (keysAreOff()) return;
  if (shortcut === "?") {
    event.preventDefault();
    doc.querySelector<HTMLDialogElement>("#keysheet")?.showModal();
    return;
  }
  if (shortcut === "Enter" && at?.closest("a, button, summary, label, input")) return;
  if (event.repeat && /^[0-9a-c]$/.test(shortcut)) return;
  if (held.take(shortcut)) {
    event.preventDefault();
    return;
  }
  const target = find(doc, shortcut);
  if (!target) return;
  event.preventDefault();
  act(target);
}

function onFieldKey(doc: Document, event: KeyboardEvent, field: HTMLElement, shortcut: string): void {
  if (shortcut === "Escape") {
    field.blur();
  } else if (shortcut === "Control+Enter") {
    sendFormOf(doc, event, field);
  }
}

/** Sends the form that holds an element: by the button that is marked for it, else by its first one. */
function sendFormOf(doc: Document, event: KeyboardEvent, at: HTMLElement | null): void {
  const form = at?.closest("form");
  const button =
    form?.querySelector<HTMLElement>('[aria-keyshortcuts~="Control+Enter"]') ??
    form?.querySelector<HTMLElement>('button[type="submit"]') ??
    find(doc, "Control+Enter");
  if (!button) return;
  event.preventDefault();
  button.click();
}

/** Whether typing goes into this element. Radios, boxes and buttons take no text, so keys stay alive on them. */
export function isField(element: HTMLElement): boolean {
  if (element.isContentEditable || element.matches("textarea, select")) return true;
  return element.matches("input:not([type=radio], [type=checkbox], [type=button], [type=submit], [type=file])");
}

function find(doc: Document, shortcut: string): HTMLElement | null {
  const inMain = [...doc.querySelectorAll<HTMLElement>("main [aria-keyshortcuts]")];
  for (const element of [...inMain, ...doc.querySelectorAll<HTMLElement>("[aria-keyshortcuts]")]) {
    const keys = (element.getAttribute("aria-keyshortcuts") ?? "").split(" ");
    if (keys.includes(shortcut) && element.getClientRects().length > 0 && !element.matches(":disabled")) return element;
  }
  return null;
}

function act(target: HTMLElement): void {
  if (isField(target)) {
    target.focus();
    if (target instanceof HTMLInputElement) target.select();
    return;
  }
  if (target instanceof HTMLInputElement) target.focus();
  target.click();
}
