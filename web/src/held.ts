// Keys pressed while the page is not ready for them.
//
// Contract: while htmx brings what a key or button asked for, a key press is held; when it has come, the keys held are
// given on in their order, each when what the one before it asked for has come. What fails, or is refused, ends them:
// they were meant for another page. Panels that load by themselves (hx-trigger="load") hold nothing but a key that
// nothing on the page takes yet: it waits for the panels of #work that are still coming, and those after it too. What
// is sent or shown without htmx says "desk:busy" on the document, and "desk:done" with whether it went well. When the
// browser itself leaves for another page of ours, what is pressed meanwhile is given to that page. Nothing is given
// while a dialog is open, but when it is shut; of what waits behind a key that opens one, Escape shuts it, and what
// comes before that was meant for the dialog.
import { session } from "./store";

/** What is read of an event of htmx. */
interface Asked {
  ctx?: { sourceElement?: unknown; response?: { status?: number } };
}

const mostHeld = 200;
const carried = "claimbench.held";
const patience = 10_000; // for how long a press waits for a page that was left for

export class Held {
  #asked = 0; // a request was asked for by a press, and htmx has not begun it
  readonly #running = new Set<unknown>(); // requests under way
  readonly #panels = new Set<unknown>(); // of #work, still coming
  #leaving = false;
  #keys: string[] = [];

  /** give does what a key asks; false: nothing on the page takes it. */
  constructor(
    private readonly doc: Document,
    private readonly give: (key: string) => boolean,
  ) {
    doc.addEventListener("htmx:before:request", event => {
      const ctx = contextOf(event);
      if (ctx && loadsByItself(ctx)) {
        if (ctx.sourceElement instanceof Element && ctx.sourceElement.closest("#work")) this.#panels.add(ctx);
      } else if (ctx) this.#begun(ctx);
    });
    doc.addEventListener("htmx:finally:request", event => {
      const ctx = contextOf(event);
      if (ctx && this.#panels.delete(ctx)) this.#next();
      if (!ctx || !this.#running.has(ctx)) return;
      const status = ctx.response?.status ?? 0;
      this.#ended(ctx, status > 0 && status < 400);
    });
    doc.addEventListener("desk:busy", () => this.#begun(doc));
    doc.addEventListener("desk:done", event => this.#ended(doc, (event as CustomEvent<boolean>).detail));
    // After everybody had their say: what nobody prevented makes the browser leave.
    addEventListener("submit", event => this.#leaves(event, (event.target as HTMLFormElement).target));
    addEventListener("click", event => {
      const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href]") : null;
      if (link && link.origin === location.origin && !samePage(link) && !modified(event))
        this.#leaves(event, link.target || (link.hasAttribute("download") ? "download" : ""));
    });
    addEventListener("pageshow", () => (this.#leaving = false));
    doc.addEventListener("close", () => this.#next(), true); // a dialog's, which does not bubble
  }

  /** Gives on what was pressed while the browser came here. */
  start(): void {
    const raw = session.getItem(carried);
    session.removeItem(carried);
    if (raw === null) return;
    const { keys, at } = JSON.parse(raw) as { keys: string[]; at: number };
    const came = performance.getEntriesByType("navigation")[0] as { responseStatus?: number } | undefined;
    if (Date.now() - at > patience || (came?.responseStatus ?? 200) >= 400) return;
    this.#keys = keys;
    this.#next();
  }

  #begun(what: unknown): void {
    this.#asked = 0;
    this.#running.add(what);
  }

  #ended(what: unknown, well: boolean): void {
    this.#running.delete(what);
    if (!well) this.#keys = [];
    this.#next();
  }

  /** Whether a key that nothing takes waits for a panel that is still coming. */
  await(key: string): boolean {
    if (this.#panels.size === 0) return false;
    if (this.#keys.length < mostHeld) this.#keys.push(key);
    return true;
  }

  /** Says that a press asked for something that htmx brings, which it begins a moment later. */
  expect(): void {
    const n = (this.#asked += 1);
    setTimeout(() => {
      if (this.#asked !== n) return;
      this.#asked = 0; // it never began: dropped, or refused in the browser
      this.#next();
    }, 500);
  }

  /** Whether a key is held: something loads, or others wait before it. */
  take(key: string): boolean {
    if (!this.#busy() && this.#keys.length === 0) return false;
    if (this.#keys.length < mostHeld) this.#keys.push(key);
    if (this.#leaving) this.#carry();
    return true;
  }

  #busy(): boolean {
    return this.#asked > 0 || this.#running.size > 0 || this.#leaving;
  }

  #leaves(event: Event, target: string): void {
    if (event.defaultPrevented || (target !== "" && target !== "_self")) return;
    this.#leaving = true;
    if (this.#keys.length > 0) this.#carry();
    // A download, or an answer without a page, leaves nothing.
    setTimeout(() => {
      if (!this.#leaving) return;
      this.#leaving = false;
      session.removeItem(carried);
      this.#next();
    }, patience);
  }

  #carry(): void {
    session.setItem(carried, JSON.stringify({ keys: this.#keys, at: Date.now() }));
  }

  /** Does in a dialog that a held key opened what was pressed after that key. */
  #pressedIn(dialog: HTMLDialogElement): void {
    const end = this.#keys.indexOf("Escape");
    this.#keys = end < 0 ? [] : this.#keys.slice(end + 1);
    if (end >= 0) dialog.close();
  }

  /** Gives the next key on, once htmx is done with the request that ended. */
  #next(): void {
    setTimeout(() => {
      if (this.#busy() || this.doc.querySelector("dialog[open]")) return;
      const key = this.#keys.shift();
      if (key === undefined) return;
      if (!this.give(key) && this.#panels.size > 0) {
        this.#keys.unshift(key); // it waits
        return;
      }
      const dialog = this.doc.querySelector<HTMLDialogElement>("dialog[open]");
      if (dialog) this.#pressedIn(dialog);
      if (this.#keys.length > 0) {
        if (this.#leaving) this.#carry();
        else this.#next();
      }
    }, 0);
  }
}

function contextOf(event: Event): Asked["ctx"] {
  return (event as CustomEvent<Asked>).detail.ctx;
}

function loadsByItself(ctx: NonNullable<Asked["ctx"]>): boolean {
  const source = ctx.sourceElement;
  if (!(source instanceof Element)) return false;
  return /\b(load|revealed|intersect|every)\b/.test(source.getAttribute("hx-trigger") ?? "");
}

function samePage(link: HTMLAnchorElement): boolean {
  return link.hash !== "" && link.pathname === location.pathname && link.search === location.search;
}

/** Whether a press of the mouse asks for more than to open a link here: a new tab, or what is saved. */
export function modified(event: MouseEvent): boolean {
  return event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
}
