// What comes next is fetched ahead, so that j shows it at once.
//
// Contract: the link a[data-turn] of the key j, which changes #work alone or, where the rows end, #view with the next
// page of them, is fetched when the page has come to rest, with "Purpose: prefetch": the server takes that for no
// reading. So is that next page (a[data-act~="more"], the same address) a few rows before the end: it takes longer. The
// answers are kept, parsed, for a minute; they are dropped when something is sent, when the list beside them is
// another, and at news from other people ("desk:news"). A press while one is on its way waits for it, and asks for
// nothing again. What has come is said by "desk:ahead" on the document, with its text: a font of its words may be asked
// for before somebody waits for it.

import { type Part, parsed } from "./placed";

/** What "desk:busy" says where what was fetched ahead is shown: nothing is sent. */
export const turning = "turning";

const keptFor = 60_000;
const rest = 60;
const few = 5; // rows before the end of the list

interface Asked {
  url: string;
  target: string;
  part: Part | Promise<Part | undefined>; // undefined: it could not be had
  list: string;
  at: number; // when it was asked for
  coming?: AbortController; // while it is on its way
}

export class Ahead {
  private readonly kept = new Map<string, Asked>(); // by address
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly doc: Document,
    private readonly headers: (target: string) => Record<string, string>,
  ) {
    doc.addEventListener("desk:news", () => this.drop());
    doc.addEventListener("desk:busy", event => {
      if ((event as CustomEvent<unknown>).detail !== turning) this.drop(); // something is sent
    });
    doc.addEventListener("htmx:before:request", event => {
      const method = (event as CustomEvent<{ ctx?: { request?: { method?: string } } }>).detail.ctx?.request?.method;
      if (method?.toUpperCase() !== "GET") this.drop();
    });
  }

  /** Looks for what may come next, and fetches it. */
  look(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.begin(), rest);
  }

  /** Gives what was fetched for a link, once. */
  take(link: HTMLAnchorElement): Pick<Asked, "part" | "target" | "at"> | undefined {
    const taken = this.kept.get(link.href);
    if (!taken || taken.target !== link.getAttribute("hx-target")) return undefined;
    this.kept.delete(taken.url); // who asked for it has it: it is not given up
    clearTimeout(this.timer);
    return this.fits(taken) ? taken : undefined;
  }

  private fits(asked: Asked): boolean {
    return asked.list === listOf(this.doc) && performance.now() - asked.at < keptFor;
  }

  private drop(but: string[] = []): void {
    clearTimeout(this.timer);
    for (const [url, asked] of this.kept) {
      if (but.includes(url) && this.fits(asked)) continue;
      asked.coming?.abort();
      this.kept.delete(url);
    }
  }

  private begin(): void {
    if (this.doc.visibilityState === "hidden") return;
    const wanted = [...this.wanted()];
    this.drop(wanted.map(([url]) => url));
    for (const [url, target] of wanted) if (!this.kept.has(url)) this.ask(url, target);
  }

  /** The addresses of what may come next, and what each changes. */
  private wanted(): Map<string, string> {
    const out = new Map<string, string>();
    const next = this.doc.querySelector<HTMLAnchorElement>('a[data-turn][hx-target][aria-keyshortcuts~="j"]');
    if (!next) return out;
    out.set(next.href, next.getAttribute("hx-target") ?? "");
    const more = this.doc.querySelector<HTMLAnchorElement>('#view a[data-act~="more"]');
    if (more && rowsAfter(this.doc) < few) out.set(more.href, "#view");
    return out;
  }

  private ask(url: string, target: string): void {
    const coming = new AbortController();
    const part = this.fetch(url, target, coming.signal).then(text => {
      delete asked.coming;
      if (text !== undefined) this.doc.dispatchEvent(new CustomEvent("desk:ahead", { detail: text }));
      const part = text === undefined ? undefined : parsed(text);
      if (this.kept.get(url) !== asked) return part;
      if (part === undefined) this.kept.delete(url); // it is fetched when it is asked for
      else asked.part = part;
      return part;
    });
    const asked: Asked = { url, target, part, list: listOf(this.doc), at: performance.now(), coming };
    this.kept.set(url, asked);
  }

  private async fetch(url: string, target: string, signal: AbortSignal): Promise<string | undefined> {
    try {
      const headers = { ...this.headers(target), Purpose: "prefetch" };
      const answer = await fetch(url, { headers, signal, redirect: "error" });
      const text = await answer.text();
      return answer.ok && !answer.headers.has("HX-Retarget") ? text : undefined;
    } catch {
      return undefined;
    }
  }
}

/** How many rows come after the one that is looked at; none where no row is. */
function rowsAfter(doc: Document): number {
  let row = doc.querySelector("#rows > .here");
  if (!row) return Infinity;
  let after = 0;
  while ((row = row.nextElementSibling)) after++;
  return after;
}

/** The list that a claim was fetched for: what was fetched beside another one is not shown. */
function listOf(doc: Document): string {
  const rows = doc.querySelector<HTMLElement>("#rows");
  return rows?.dataset["mark"] ?? [...(rows?.children ?? [])].map(row => row.querySelector("a")?.search).join(" ");
}
