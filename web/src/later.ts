// Files of script that are loaded when they are first used.
//
// Contract: what needs such a file asks for it at the press that needs it. Until it is there keys are held, and pressed
// again in their order where the focus is then; typing goes into its field meanwhile. When it cannot be had, #saved
// says so, what was held is dropped (it was meant for what did not come), and the next press asks again.
import { seen } from "./focus";
import { isField, seenAt } from "./keys";
import { say } from "./saved";

/** Uses a file, now or when it has come; first is the press that asked, where what comes should do what it says. */
export type Later<T> = (use: (file: T) => void, first?: KeyboardEvent) => void;

/** Which keys are held besides those that a field does not take. */
export type Holds = (event: KeyboardEvent) => boolean;

export function later<T>(
  doc: Document,
  load: () => Promise<T>,
  holds: Holds = outsideFields,
  failed: () => void = () => notLoaded(doc),
): Later<T> {
  let there: T | undefined;
  let uses: ((file: T) => void)[] = [];
  return (use, first) => {
    if (there !== undefined) {
      use(there);
      return;
    }
    uses.push(use);
    if (uses.length > 1) return; // it is on its way, and the press was held
    const keys = new HeldKeys(doc, holds);
    if (first) keys.hold(first);
    load().then(
      file => {
        there = file;
        const all = uses;
        uses = [];
        for (const one of all) one(file);
        keys.press();
      },
      () => {
        uses = [];
        keys.drop();
        failed();
      },
    );
  };
}

export function notLoaded(doc: Document): void {
  say(doc, "offline", "A part of this page could not be loaded. Try again, or open the page again");
}

class HeldKeys {
  #held: KeyboardEvent[] = [];
  readonly #listen = (event: KeyboardEvent) => {
    if (this.holds(event)) this.hold(event);
  };
  /** What was pressed in a dialog that is left was meant for it: when it is opened again, it is another time. */
  readonly #left = (event: Event) => {
    const { target } = event;
    if (target instanceof Node) this.#held = this.#held.filter(key => !target.contains(key.target as Node | null));
  };

  constructor(
    private readonly doc: Document,
    private readonly holds: Holds,
  ) {
    doc.addEventListener("keydown", this.#listen, true);
    doc.addEventListener("close", this.#left, true); // a dialog's, which does not bubble
  }

  hold(event: KeyboardEvent): void {
    event.preventDefault();
    event.stopImmediatePropagation();
    this.#held.push(event);
  }

  drop(): void {
    this.doc.removeEventListener("keydown", this.#listen, true);
    this.doc.removeEventListener("close", this.#left, true);
  }

  /** Gives on what was held: in a field to that field, if it is still there, else where the focus is. */
  press(): void {
    this.drop();
    for (const event of this.#held) {
      const field = event.target instanceof HTMLElement && isField(event.target) ? event.target : null;
      if (field && !seen(field)) continue;
      const at = field ?? seenAt(this.doc.activeElement) ?? this.doc.body;
      at.dispatchEvent(new KeyboardEvent("keydown", again(event)));
    }
  }
}

function again(event: KeyboardEvent): KeyboardEventInit {
  const { key, code, shiftKey, repeat } = event;
  return { key, code, shiftKey, repeat, bubbles: true, cancelable: true };
}

/** Letters, signs and arrows where nobody types; Enter and Escape where nothing is pressed by them. */
function outsideFields(event: KeyboardEvent): boolean {
  if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.altKey || event.metaKey) return false;
  const at = seenAt(event.target) ?? document.body;
  if (isField(at)) return false;
  if (/^(Enter|Escape)$/.test(event.key)) return !at.matches("a, button, summary, input") && !at.closest("dialog");
  return (event.key.length === 1 && event.key !== " ") || (/^Arrow/.test(event.key) && !at.matches("input"));
}
