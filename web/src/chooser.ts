// Choosing in a form the words of a text: the file that is loaded when it is first asked for (choose.ts).
//
// Contract: the text is copied into the fieldset. There arrows go from word to word, with Shift they take more or less;
// w and b take a word more or less at the end, W and B at the start; up and down go by sentence, and an arrow then to
// its first or last word; + adds a stretch, - takes one away, Enter ends it, Escape puts back what was there. What the
// mouse selects is the stretch. Of a passage (data-from) there is one stretch, and s, d and f end choosing and link it.
// Nothing is drawn over the text: stretches are CSS highlights, so no letter of a line moves, whatever its direction.
import { mostStretches, ordered, readStretches, type Row, type Stretch, Text, written } from "./stretch";
import { pointsAt } from "./points";
import { place, unitsBefore } from "./picked";

function field(set: HTMLElement, name: string): HTMLInputElement | null {
  return set.querySelector<HTMLInputElement>(`input[name$="${name}"]`);
}

/** The stretches that the fields of a form have. */
function typedIn(set: HTMLElement): Stretch[] {
  const first = { start: Number(field(set, "start")?.value), end: Number(field(set, "end")?.value) };
  return [first, ...readStretches(field(set, "stretches")?.value ?? "")].filter(s => s.end > s.start);
}

function rowOf(row: HTMLElement): Row {
  const text = row.querySelector(":scope > p, :scope > h2")?.textContent ?? "";
  return { start: Number(row.dataset["start"]), text, lang: row.lang };
}

/** What stands in the numbers of a form was changed by hand, in sentences that the form chooses from. */
export function typedNumbers(set: HTMLElement, rows: HTMLElement[]): void {
  follow(set, new Text(rows.map(rowOf)));
}

/** The proposed statement of a new claim, which nobody has typed, follows the words that it is made of. */
function follow(set: HTMLElement, text: Text): void {
  const statement = set.closest("form[data-follows]")?.querySelector<HTMLTextAreaElement>('textarea[name="statement"]');
  if (!statement || statement.value !== (statement.dataset["put"] ?? statement.defaultValue)) return;
  const words = typedIn(set).map(s => text.quote(s)).join(" … ");
  if (words === "" || words === statement.value) return;
  statement.value = statement.dataset["put"] = words;
  statement.dispatchEvent(new Event("input", { bubbles: true }));
}

export class Chooser {
  readonly #box: HTMLElement;
  readonly #told: HTMLElement;
  readonly #bodies = new Map<Row, HTMLElement>();
  readonly #text: Text;
  readonly #before: Stretch[];
  #chosen: Stretch[];
  #at = 0; // the stretch that keys and mouse move
  #whole = false; // it is a sentence that ↑ or ↓ chose: an arrow then goes to a word in it
  readonly #several: boolean;

  constructor(
    private readonly set: HTMLElement,
    private readonly button: HTMLButtonElement,
    rows: HTMLElement[],
    private readonly closed: () => void,
  ) {
    const doc = set.ownerDocument;
    this.#several = field(set, "stretches") !== null;
    this.#box = doc.createElement("div");
    this.#box.className = "chooser";
    const list = doc.createElement("ol");
    list.tabIndex = 0;
    list.setAttribute("role", "application");
    list.setAttribute("aria-label", "Text to choose words from. Arrows: word. Shift and arrows: more or less.");
    this.#text = new Text(rows.map(row => this.#copy(list, row)));
    this.#told = doc.createElement("p");
    this.#told.className = "hush";
    this.#told.setAttribute("aria-live", "polite");
    this.#box.append(list, this.#help(), this.#told);
    button.after(this.#box);
    button.setAttribute("aria-expanded", "true");
    this.#before = typedIn(set);
    this.#chosen = this.#before.length > 0 ? this.#before.map(s => ({ ...s })) : [];
    list.addEventListener("keydown", event => this.#onKey(event));
    list.addEventListener("pointerup", () => requestAnimationFrame(() => this.#onMouse()));
    // All of it, what is said of its keys too; where it does not fit, the chosen words come into sight after it.
    this.#box.scrollIntoView({ block: "nearest" });
    list.focus({ preventScroll: true });
    this.#show();
  }

  #copy(list: HTMLElement, from: HTMLElement): Row {
    const doc = this.set.ownerDocument;
    const item = doc.createElement("li");
    const p = doc.createElement("p");
    item.className = "line";
    p.className = "txt";
    p.lang = from.lang;
    p.dir = from.dir;
    const row = rowOf(from);
    p.textContent = row.text;
    item.append(p);
    list.append(item);
    this.#bodies.set(row, p);
    return row;
  }

  #help(): HTMLElement {
    const doc = this.set.ownerDocument;
    const acts = doc.createElement("div");
    acts.className = "acts";
    const act = (word: string, key: string, does: () => void, there = true) => {
      if (!there) return;
      const button = doc.createElement("button");
      button.type = "button";
      button.className = "btn small";
      button.textContent = word + " ";
      const cap = doc.createElement("kbd");
      cap.setAttribute("aria-hidden", "true");
      cap.textContent = key;
      button.append(cap);
      button.addEventListener("click", () => {
        does();
        if (this.#box.isConnected) this.#list().focus();
      });
      acts.append(button);
    };
    act("Done", "↵", () => this.close(true));
    act("One more stretch", "+", () => this.#add(), this.#several);
    act("Take this stretch away", "-", () => this.#remove(), this.#several);
    const hint = doc.createElement("p");
    hint.className = "hint";
    hint.textContent = "Select with the mouse, or: ← → word, with Shift more or less, ↑ ↓ sentence.";
    const out = doc.createElement("div");
    out.append(hint, acts);
    return out;
  }

  #list(): HTMLElement {
    return this.#box.querySelector("ol")!;
  }

  #onKey(event: KeyboardEvent): void {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const next = this.#moved(event);
    if (next === undefined) {
      // The key that links the passage links the words that are chosen.
      if (this.set.dataset["from"] !== undefined && links(event)) this.close(true);
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    this.#whole = /^Arrow(Up|Down)$/.test(event.key);
    if (next) this.#put(next);
  }

  /** Where a key takes the stretch; null: it did something else; undefined: it is not ours. */
  #moved(event: KeyboardEvent): Stretch | null | undefined {
    const s = this.#chosen[this.#at];
    const key = /^Key[WB]$/.test(event.code) && !/^[wbWB]$/.test(event.key) ? event.code.slice(3) : event.key;
    const on = key === "ArrowLeft" === (this.#dirAt(s) === "rtl") ? 1 : -1;
    switch (key) {
      case "Enter":
        return (this.close(true), null);
      case "Escape":
        return (this.close(false), null);
      case "+":
        return this.#several ? (this.#add(), null) : undefined;
      case "-":
        return this.#several ? (this.#remove(), null) : undefined;
      case "ArrowLeft":
      case "ArrowRight":
        if (!s) return this.#text.words[0];
        if (this.#whole && !event.shiftKey) return this.#text.wordIn(s, on);
        return event.shiftKey ? this.#text.moveEnd(s, on) : (this.#text.wordBeside(s, on) ?? s);
      case "ArrowDown":
      case "ArrowUp":
        if (!s) return this.#text.sentence(0, 0);
        return this.#bySentence(s, key === "ArrowDown" ? 1 : -1, event.shiftKey);
    }
    const shift = event.shiftKey;
    if (!s || !/^[wb]$/i.test(key)) return undefined;
    const more = key.toLowerCase() === "w";
    return shift ? this.#text.moveStart(s, more ? -1 : 1) : this.#text.moveEnd(s, more ? 1 : -1);
  }

  #bySentence(s: Stretch, step: 1 | -1, extend: boolean): Stretch {
    const to = this.#text.sentence(extend && step > 0 ? s.end - 1 : s.start, step) ?? s;
    return extend ? { start: Math.min(s.start, to.start), end: Math.max(s.end, to.end) } : to;
  }

  #dirAt(s: Stretch | undefined): string {
    const row = s && this.#text.rowAt(s.start);
    return (row && this.#bodies.get(row)?.dir) ?? "ltr";
  }

  #onMouse(): void {
    const selection = this.set.ownerDocument.getSelection();
    if (!selection || selection.isCollapsed || selection.rangeCount === 0) return;
    const range = selection.getRangeAt(0);
    const ends: Stretch[] = [];
    for (const [row, p] of this.#bodies) {
      if (!range.intersectsNode(p)) continue;
      const from = p.contains(range.startContainer) ? unitsBefore(p, range.startContainer, range.startOffset) : 0;
      const to = p.contains(range.endContainer)
        ? unitsBefore(p, range.endContainer, range.endOffset)
        : row.text.length;
      const part = this.#text.whole(row, row.start + pointsAt(row.text, from), row.start + pointsAt(row.text, to));
      if (part) ends.push(part);
    }
    if (ends.length === 0) return;
    selection.removeAllRanges();
    this.#put({ start: ends[0]!.start, end: ends.at(-1)!.end });
  }

  #put(next: Stretch): void {
    this.#chosen[this.#at] = next;
    this.#show();
  }

  /** One stretch more: the word behind the last one, or the one before the first. */
  #add(): void {
    this.#tidy();
    const last = this.#chosen.at(-1);
    const first = this.#chosen[0];
    const next =
      (last ? this.#text.wordBeside(last, 1) : this.#text.words[0]) ?? (first && this.#text.wordBeside(first, -1));
    if (!next || this.#chosen.length >= mostStretches) {
      this.#say(next ? `A claim has at most ${mostStretches} stretches.` : "There are no other words here.");
      return;
    }
    this.#chosen.push({ ...next });
    this.#at = this.#chosen.length - 1;
    this.#show();
  }

  #remove(): void {
    if (this.#chosen.length < 2) {
      this.#say("A claim has one stretch at least.");
      return;
    }
    this.#chosen.splice(this.#at, 1);
    this.#at = Math.min(this.#at, this.#chosen.length - 1);
    this.#show();
  }

  #say(words: string): void {
    this.#told.textContent = words;
  }

  /** Brings the stretches in order, those that meet into one; the one in work stays so. */
  #tidy(): void {
    const here = this.#chosen[this.#at];
    this.#chosen = ordered(this.#chosen);
    this.#at = Math.max(
      0,
      this.#chosen.findIndex(s => here !== undefined && s.start <= here.start && here.end <= s.end),
    );
  }

  #show(): void {
    paint("picked", this.#rangesOf(this.#chosen.slice(this.#at, this.#at + 1)));
    paint("picked-more", this.#rangesOf(this.#chosen.filter((_, i) => i !== this.#at)));
    const here = this.#chosen[this.#at];
    if (!here) return;
    const row = this.#text.rowAt(here.start);
    if (row) this.#bodies.get(row)?.scrollIntoView({ block: "nearest" });
    this.#say(this.#text.quote(here));
  }

  #rangesOf(all: Stretch[]): Range[] {
    const out: Range[] = [];
    for (const s of all) {
      for (const part of this.#text.parts(s)) {
        const p = this.#bodies.get(part.row)!;
        const range = p.ownerDocument.createRange();
        range.setStart(...place(p, part.from));
        range.setEnd(...place(p, part.to));
        out.push(range);
      }
    }
    return out;
  }

  /** Ends choosing: what was chosen goes into the fields, or what was there before stays. */
  close(take: boolean): void {
    this.#tidy();
    const all = take ? this.#chosen : this.#before;
    if (take && all.length > 0) this.#fill(all);
    paint("picked", []);
    paint("picked-more", []);
    this.#box.remove();
    this.button.setAttribute("aria-expanded", "false");
    this.button.scrollIntoView({ block: "nearest" });
    this.button.focus({ preventScroll: true });
    this.closed();
  }

  #fill(all: Stretch[]): void {
    const [first, ...more] = all;
    put(field(this.set, "start"), String(first!.start));
    put(field(this.set, "end"), String(first!.end));
    put(field(this.set, "stretches"), written(more));
    follow(this.set, this.#text);
    const shown = this.set.querySelector<HTMLElement>("[data-chosen]");
    const doc = this.set.ownerDocument;
    shown?.replaceChildren(
      ...all.map(s => {
        const item = doc.createElement("li");
        const words = doc.createElement("q");
        const row = this.#text.rowAt(s.start);
        words.className = "txt";
        words.lang = row?.lang ?? "";
        words.dir = (row && this.#bodies.get(row)?.dir) ?? "auto";
        words.textContent = this.#text.quote(s);
        item.append(words);
        return item;
      }),
    );
  }
}

/** Whether a key links a passage with a stance; another script's letter goes by its place, as everywhere. */
function links(event: KeyboardEvent): boolean {
  return /^[sdf]$/.test(event.key) || (/^Key[SDF]$/.test(event.code) && !event.shiftKey && !/^[!-~]$/.test(event.key));
}

function put(input: HTMLInputElement | null, value: string): void {
  if (!input || input.value === value) return;
  input.value = value;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

function paint(name: string, ranges: Range[]): void {
  if (!("highlights" in CSS)) return;
  CSS.highlights.delete(name);
  if (ranges.length > 0) CSS.highlights.set(name, new Highlight(...ranges));
}
