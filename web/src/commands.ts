// What the palette shows, and how it is found: the file that is loaded when the palette is first opened (palette.ts).
//
// Contract: its commands are the living lines of #keysheet (keybar.ts) whose act an element of the page does, each with
// its keys; the other buttons of main, and those that send a form, by their own words; the links of #places; and the
// collections, which /collections gives as JSON. What is typed filters them, in any script; the arrows move, Enter does
// it.
import type { actor, showLiving } from "./keybar";
import type { act, works } from "./keys";

/** What is taken from the page's own script, so that no file holds it twice. */
export interface Page {
  actor: typeof actor;
  showLiving: typeof showLiving;
  act: typeof act;
  works: typeof works;
}

interface Command {
  word: string;
  group: string;
  caps: string[];
  run: () => void;
}

export class Palette {
  #all: Command[] = [];
  #shown: Command[] = [];
  #at = 0;
  readonly #doc: Document;

  constructor(
    private readonly dialog: HTMLDialogElement,
    private readonly input: HTMLInputElement,
    private readonly list: HTMLElement,
    private readonly page: Page,
  ) {
    this.#doc = dialog.ownerDocument;
    input.addEventListener("input", () => this.#show());
    input.addEventListener("keydown", event => this.#onKey(event));
  }

  /** Shows the commands of the page as it stands, in the dialog that is open. */
  fill(): void {
    this.#all = commands(this.#doc, this.page);
    this.#show();
    void collections(this.#doc).then(more => {
      this.#all = [...this.#all, ...more];
      if (this.dialog.open && more.length > 0) this.#show();
    });
  }

  #run(command: Command | undefined): void {
    if (!command) return;
    this.dialog.close();
    command.run();
  }

  #show(): void {
    this.#shown = this.#all.filter(command => holds(`${command.group} ${command.word}`, this.input.value));
    this.#at = 0;
    draw(this.list, this.#shown, command => this.#run(command));
    point(this.input, this.list, this.#at);
  }

  #onKey(event: KeyboardEvent): void {
    if (!this.dialog.open || event.isComposing || event.keyCode === 229) return;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const n = this.#shown.length;
    if (step !== 0 && n > 0) {
      event.preventDefault();
      this.#at = (this.#at + step + n) % n;
      point(this.input, this.list, this.#at);
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.#run(this.#shown[this.#at]);
    }
  }
}

/** What can be done on this page, and where one can go. */
function commands(doc: Document, { actor, showLiving, act, works }: Page): Command[] {
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

/** Whether a text holds all words that were typed, in any order. */
export function holds(text: string, typed: string): boolean {
  const hay = folded(text);
  return folded(typed)
    .split(/\s+/)
    .every(word => hay.includes(word));
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
