// The list of people that opens behind an @: the file that is loaded when somebody first types one (members.ts).
//
// Contract: people are asked for at the field's data-members: GET …?q=, answered by {"items": [{name, display}]}. While
// the words before the caret end with an @ and the beginning of a name, in any script, the list stands under the field,
// or over it where the window ends, never on the words that are typed; arrows choose, Enter or Tab puts the name in,
// Escape closes. Names are put in as people sign in.

interface Member {
  name: string;
  display: string;
}

const gap = 4; // CSS px between field and list

/** What is typed of a name behind the last @ before the caret, null where there is none. */
export function typedName(before: string): string | null {
  const found = /(^|[^A-Za-z0-9._+-])[@＠]([^\s@＠]{0,40})$/u.exec(before);
  return found ? (found[2] ?? "") : null;
}

export class Picker {
  private list: HTMLElement | null = null;
  private asked = 0;

  constructor(
    readonly field: HTMLTextAreaElement,
    private readonly url: string,
  ) {}

  async look(): Promise<void> {
    const typed = typedName(this.field.value.slice(0, this.field.selectionStart));
    const mine = ++this.asked;
    if (typed === null || typed === "") return this.close();
    try {
      const address = `${this.url}?q=${encodeURIComponent(typed)}`;
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      if (mine !== this.asked || !answer.ok) return;
      const { items } = (await answer.json()) as { items: Member[] };
      this.show(items);
    } catch {
      this.close(); // the line is away: names are typed whole
    }
  }

  private show(items: Member[]): void {
    this.drop();
    if (items.length === 0 || this.field.ownerDocument.activeElement !== this.field) return;
    const doc = this.field.ownerDocument;
    const list = doc.createElement("div");
    list.className = "members";
    list.id = "members-list";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "People of this collection");
    items.forEach((member, n) => {
      const option = doc.createElement("div");
      option.id = `member-${n}`;
      option.setAttribute("role", "option");
      option.dataset.name = member.name;
      for (const words of member.display === member.name ? [member.name] : [member.display, member.name]) {
        const word = doc.createElement("bdi");
        word.textContent = words;
        option.append(word);
      }
      option.addEventListener("mousedown", event => {
        event.preventDefault(); // the field keeps the focus
        this.put(member.name);
      });
      list.append(option);
    });
    this.field.after(list);
    this.list = list;
    this.place(list);
    this.field.setAttribute("aria-controls", list.id);
    this.field.setAttribute("aria-autocomplete", "list");
    this.choose(0);
  }

  /** Under the field; over it when the window has more room there. */
  private place(list: HTMLElement): void {
    const field = this.field.getBoundingClientRect();
    const under = window.innerHeight - field.bottom;
    const over = under < list.offsetHeight + gap && field.top > under;
    const top = over ? this.field.offsetTop - list.offsetHeight - gap : this.field.offsetTop + field.height + gap;
    list.style.top = `${top}px`;
    list.scrollIntoView({ block: "nearest" });
  }

  private options(): HTMLElement[] {
    return [...(this.list?.querySelectorAll<HTMLElement>("[role=option]") ?? [])];
  }

  private choose(n: number): void {
    const all = this.options();
    const at = (n + all.length) % all.length;
    all.forEach((option, i) => option.setAttribute("aria-selected", String(i === at)));
    const chosen = all[at];
    if (!chosen) return;
    this.field.setAttribute("aria-activedescendant", chosen.id);
    chosen.scrollIntoView({ block: "nearest" });
  }

  onKey(event: KeyboardEvent): void {
    if (!this.list || event.target !== this.field || event.isComposing) return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const all = this.options();
    const at = all.findIndex(option => option.getAttribute("aria-selected") === "true");
    switch (event.key) {
      case "ArrowDown":
        this.choose(at + 1);
        break;
      case "ArrowUp":
        this.choose(at - 1);
        break;
      case "Enter":
      case "Tab":
        this.put(all[at]?.dataset.name ?? "");
        break;
      case "Escape":
        this.close();
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  private put(name: string): void {
    const end = this.field.selectionStart;
    const typed = typedName(this.field.value.slice(0, end)) ?? "";
    this.field.setRangeText(`${name} `, end - typed.length, end, "end");
    this.close();
    this.field.dispatchEvent(new Event("input", { bubbles: true })); // drafts.ts keeps it
  }

  private drop(): void {
    this.list?.remove();
    this.list = null;
    for (const name of ["aria-controls", "aria-autocomplete", "aria-activedescendant"]) {
      this.field.removeAttribute(name);
    }
  }

  close(): void {
    this.asked++;
    this.drop();
  }
}
