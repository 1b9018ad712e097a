// Selecting rows for an act on many claims, or on many items of a feed.
//
// Contract: a row of #rows has input[data-pick] with its number; form#bulk takes those that are checked. What
// the server checked (a form that was refused) is selected too. x
// checks the row that is looked at (.here, or where the focus is), X all from the one selected last to it. What is
// selected is kept for the tab of the browser while other rows and pages are shown, and goes with the form;
// [data-picked] says how many there are.
import type { Taker } from "./keys";
import { session } from "./store";

const prefix = "claimbench.picked:";

export function startPicks(doc: Document): Taker {
  const picks = new Picks(doc);
  picks.show();
  doc.addEventListener("htmx:after:swap", () => picks.show());
  doc.addEventListener("change", event => {
    if (event.target instanceof HTMLInputElement && event.target.matches("[data-pick]")) picks.set(event.target);
  });
  doc.addEventListener("submit", event => {
    if (event.target instanceof HTMLFormElement && event.target.id === "bulk") picks.send(event.target);
  });
  const keeps = () => doc.querySelector('#work [data-kept]') !== null; // which has the key there (keys.tsv)
  return shortcut => (shortcut === "x" && !keeps() && picks.one()) || (shortcut === "X" && picks.range());
}

class Picks {
  private last = "";
  private readonly known = new WeakSet<Element>(); // boxes that were shown before

  constructor(private readonly doc: Document) {}

  private form(): HTMLFormElement | null {
    return this.doc.querySelector<HTMLFormElement>("form#bulk");
  }

  private boxes(): HTMLInputElement[] {
    return this.form() ? [...this.doc.querySelectorAll<HTMLInputElement>("#rows input[data-pick]")] : [];
  }

  private name(): string {
    return prefix + new URL(this.form()?.action ?? "", location.href).pathname;
  }

  private read(): Set<string> {
    return new Set(JSON.parse(session.getItem(this.name()) ?? "[]") as string[]);
  }

  /** Shows on this page what is selected. */
  show(): void {
    if (!this.form()) return;
    const all = this.read();
    for (const box of this.boxes()) {
      if (box.defaultChecked && !this.known.has(box)) all.add(box.value);
      this.known.add(box);
      box.checked = all.has(box.value);
    }
    if (all.size > 0) session.setItem(this.name(), JSON.stringify([...all]));
    for (const count of this.doc.querySelectorAll("[data-picked]")) {
      const said = String(all.size); // the same text again would have the whole list styled again
      if (count.textContent !== said) count.textContent = said;
      count.toggleAttribute("data-some", all.size > 0); // on other pages, too
    }
  }

  /** Keeps that a box was checked or unchecked. */
  set(...boxes: HTMLInputElement[]): void {
    const all = this.read();
    for (const box of boxes) {
      if (box.checked) all.add(box.value);
      else all.delete(box.value);
      this.last = box.value;
    }
    session.setItem(this.name(), JSON.stringify([...all]));
    this.show();
  }

  private here(): HTMLInputElement | undefined {
    const boxes = this.boxes();
    const at = this.doc.activeElement;
    return boxes.find(box => box.closest(".here")) ?? boxes.find(box => at && box.closest("tr, li")?.contains(at));
  }

  one(): boolean {
    const box = this.here();
    box?.click();
    return box !== undefined;
  }

  range(): boolean {
    const boxes = this.boxes();
    const here = this.here();
    const to = here ? boxes.indexOf(here) : -1;
    if (to < 0) return false;
    const at = boxes.findIndex(box => box.value === this.last);
    const from = at < 0 ? to : at;
    const some = boxes.slice(Math.min(from, to), Math.max(from, to) + 1);
    for (const box of some) box.checked = true;
    this.set(...some);
    this.last = boxes[to]?.value ?? "";
    return true;
  }

  /** Sends what is selected on other pages too; the next selection begins anew. */
  send(form: HTMLFormElement): void {
    const boxes = this.boxes();
    const shown = new Set(boxes.map(box => box.value));
    for (const picked of this.read()) {
      if (shown.has(picked)) continue;
      const field = this.doc.createElement("input");
      field.type = "hidden";
      field.name = boxes[0]?.name ?? "claim";
      field.value = picked;
      form.append(field);
    }
    session.removeItem(this.name());
  }
}
