// The palette: Ctrl+K (or ⌘K) finds what can be done by its words.
//
// Contract: #palette is a dialog with an input and a list #palette-list. Its commands are the living lines of #keysheet
// (keybar.ts) whose act an element of the page does, each with its keys; the other buttons of main, and those that send
// a form, by their own words; the links of
// #places; and the collections, which /collections gives as JSON. What is typed filters them, in any script; the arrows
// move, Enter does it. It works in fields too, but not during composition.
import { actor, showLiving } from "./keybar";
import { act, works } from "./keys";

interface Command {
  word: string;
  group: string;
  caps: string[];
  run: () => void;
}

export function startPalette(doc: Document): void {
  const dialog = doc.querySelector<HTMLDialogElement>("#palette");
  const input = dialog?.querySelector<HTMLInputElement>("input");
  const list = dialog?.querySelector<HTMLElement>("#palette-list");
  if (!dialog || !input || !list) return;
  let all: Command[] = [];
  let shown: Command[] = [];
  let at = 0;

  const run = (command: Command | undefined) => {
    if (!command) return;
    dialog.close();
    command.run();
  };
  const show = () => {
    shown = matching(all, input.value);
    at = 0;
    draw(list, shown, run);
    point(input, list, at);
  };
  const open = () => {
    all = commands(doc);
    input.value = "";
    dialog.showModal();
    show();
    void collections(doc).then(more => {
      all = [...all, ...more];
      if (dialog.open && more.length > 0) show();
    });
  };
  doc.addEventListener(
    "keydown",
    event => {
      if (event.isComposing || event.keyCode === 229 || event.altKey || event.shiftKey) return;
      if (!(event.ctrlKey || event.metaKey) || (event.key.toLowerCase() !== "k" && event.code !== "KeyK")) return;
      if (/^[a-z]$/i.test(event.key) && event.key.toLowerCase() !== "k") return; // its letter counts, not its place
      event.preventDefault();
      event.stopPropagation();
      if (dialog.open) dialog.close();
      else if (!doc.querySelector("dialog[open]")) open();
    },
    true,
  );
  input.addEventListener("input", show);
  input.addEventListener("keydown", event => {
    if (event.isComposing || event.keyCode === 229) return;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && shown.length > 0) {
      event.preventDefault();
      at = (at + step + shown.length) % shown.length;
      point(input, list, at);
    } else if (event.key === "Enter") {
      event.preventDefault();
      run(shown[at]);
    }
  });
}

/** What can be done on this page, and where one can go. */
function commands(doc: Document): Command[] {
  showLiving(doc);
  const out: Command[] = [];
  for (const line of doc.querySelectorAll<HTMLElement>("#keysheet [data-for]:not([hidden])")) {
    const name = line.dataset["for"] ?? "";
    const target = actor(doc, name);
    if (!(target instanceof HTMLElement) || target === doc.body || !pressable(target) || target.closest("#places"))
      continue;
    const caps = [...line.querySelectorAll("kbd")].map(cap => cap.textContent ?? "");
    out.push({ word: line.querySelector("dd")?.textContent ?? name, group: "here", caps, run: () => act(target) });
  }
  const seen = new Set<string>();
  for (const button of doc.querySelectorAll<HTMLElement>('main .btn:not([data-act]), main .btn[data-act="submit"]')) {
    const word = named(button);
    if (word === "" || !works(button)) continue;
    const to = button.getAttribute("href") ?? "";
    if (to !== "" && seen.has(word + to)) continue; // several links to one place
    seen.add(word + to);
    out.push({ word, group: "here", caps: [], run: () => button.click() });
  }
  for (const link of doc.querySelectorAll<HTMLAnchorElement>("#places a")) {
    const caps = (link.dataset["chain"] ?? "").split(">").filter(cap => cap !== "");
    out.push({ word: link.textContent ?? "", group: "go to", caps, run: () => link.click() });
  }
  return out;
}

/**
 * The words of a button; where others of the page have the same, with those of what it acts on: the passage, the row.
 */
function named(button: HTMLElement): string {
  const word = wordsOf(button);
  const same = [...button.ownerDocument.querySelectorAll<HTMLElement>("main .btn")].filter(b => wordsOf(b) === word);
  if (word === "" || same.length < 2) return word;
  const about =
    button.closest(".ev, .row, li, tr")?.querySelector(".txt, q")?.textContent ??
    button.closest(".lack, .origin")?.textContent ??
    button.closest("fieldset, form, section")?.querySelector("legend, h2, h3, label")?.textContent ??
    "";
  const first = about.trim().split(/\s+/).slice(0, 6).join(" ");
  return first === "" ? word : `${word}: ${[...first].length > 48 ? [...first].slice(0, 48).join("") + "…" : first}`;
}

/** What a button says, without the cap of its key. */
function wordsOf(button: HTMLElement): string {
  const copy = button.cloneNode(true) as HTMLElement;
  for (const cap of copy.querySelectorAll("kbd, svg")) cap.remove();
  return (copy.textContent ?? "").trim().replace(/\s+/g, " ");
}

/** A container that reads its keys by itself cannot be pressed. */
function pressable(target: HTMLElement): boolean {
  return target.hasAttribute("aria-keyshortcuts") || target.dataset["chain"] !== undefined;
}

/** The collections that this person reads; none when the server does not say. */
async function collections(doc: Document): Promise<Command[]> {
  try {
    const answer = await fetch("/collections", { headers: { Accept: "application/json" } });
    if (!answer.ok) return [];
    const { items } = (await answer.json()) as { items: { id: number; name: string }[] };
    return items.map(({ id, name }) => ({
      word: name,
      group: "collection",
      caps: [],
      run: () => doc.defaultView?.location.assign(`/collections/${id}/articles`),
    }));
  } catch {
    return [];
  }
}

/** A text as it is compared: without case, marks and the letters and digits that scripts write in two ways. */
export function folded(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\p{M}\u200c\u0640]/gu, "")
    .replace(/[يى]/g, "ی")
    .replace(/ك/g, "ک")
    .replace(/[۰-۹٠-٩]/g, digit => String((digit.codePointAt(0) ?? 0) & 0xf));
}

/** Those whose words hold all that was typed, in any order. */
function matching(all: Command[], typed: string): Command[] {
  const words = folded(typed).split(/\s+/).filter(word => word !== "");
  return all.filter(command => {
    const hay = folded(`${command.group} ${command.word}`);
    return words.every(word => hay.includes(word));
  });
}

function draw(list: HTMLElement, shown: Command[], run: (command: Command) => void): void {
  const doc = list.ownerDocument;
  list.replaceChildren(
    ...shown.map((command, n) => {
      const item = doc.createElement("li");
      item.id = `palette-${n}`;
      item.setAttribute("role", "option");
      const word = doc.createElement("bdi");
      word.textContent = command.word;
      const group = doc.createElement("span");
      group.className = "meta";
      group.textContent = command.group === "here" ? "" : command.group;
      const keys = doc.createElement("span");
      keys.className = "push";
      for (const cap of command.caps) {
        const kbd = doc.createElement("kbd");
        kbd.textContent = cap;
        keys.append(kbd, " ");
      }
      item.append(group, word, keys);
      item.addEventListener("click", () => run(command));
      return item;
    }),
  );
  const none = doc.querySelector<HTMLElement>("#palette-none");
  if (none) none.hidden = shown.length > 0;
}

function point(input: HTMLInputElement, list: HTMLElement, at: number): void {
  for (const [n, item] of [...list.children].entries()) item.setAttribute("aria-selected", String(n === at));
  const here = list.children[at];
  if (here) input.setAttribute("aria-activedescendant", here.id);
  else input.removeAttribute("aria-activedescendant");
  here?.scrollIntoView({ block: "nearest" });
}
