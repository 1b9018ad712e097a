// The next claim is fetched ahead, so that j shows it at once.
//
// Contract: the link a[data-turn] of the key j that changes #work alone is fetched when the page has come to rest, with
// "Purpose: prefetch": the server takes that for no reading. One answer is kept, in memory, for a minute; it is dropped
// when something is sent, when the list beside it is another, and at news from other people ("desk:news"). A press
// while it is on its way waits for it, and asks for nothing again.

const keptFor = 60_000;
const rest = 60;

interface Asked {
  url: string;
  text: string | Promise<string | undefined>; // undefined: it could not be had
  list: string;
  at: number; // when it was asked for
}

export class Ahead {
  private kept: Asked | undefined;
  private coming: AbortController | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly doc: Document,
    private readonly headers: () => Record<string, string>,
  ) {
    doc.addEventListener("desk:news", () => this.drop());
    doc.addEventListener("desk:busy", () => this.drop());
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
  take(link: HTMLAnchorElement): { text: Asked["text"]; at: number } | undefined {
    const kept = this.kept;
    if (!kept || kept.url !== link.href || link.getAttribute("hx-target") !== "#work") return undefined;
    this.coming = undefined; // who asked for it has it: it is not given up
    this.drop();
    return kept.list === listOf(this.doc) && performance.now() - kept.at < keptFor ? kept : undefined;
  }

  private drop(): void {
    this.kept = undefined;
    this.coming?.abort();
    this.coming = undefined;
    clearTimeout(this.timer);
  }

  private begin(): void {
    const link = this.doc.querySelector<HTMLAnchorElement>('a[data-turn][hx-target="#work"][aria-keyshortcuts~="j"]');
    const url = link?.href; // the link is another one when the answer comes
    if (!url || this.kept?.url === url || this.doc.visibilityState === "hidden") return;
    this.drop();
    const coming = (this.coming = new AbortController());
    const asked: Asked = { url, text: "", list: listOf(this.doc), at: performance.now() };
    this.kept = asked;
    asked.text = this.fetch(url, coming.signal).then(text => {
      if (this.kept === asked) {
        this.coming = undefined;
        if (text === undefined) this.kept = undefined; // it is fetched when it is asked for
        else asked.text = text;
      }
      return text;
    });
  }

  private async fetch(url: string, signal: AbortSignal): Promise<string | undefined> {
    try {
      const headers = { ...this.headers(), Purpose: "prefetch" };
      const answer = await fetch(url, { headers, signal, redirect: "error" });
      const text = await answer.text();
      return answer.ok && !answer.headers.has("HX-Retarget") ? text : undefined;
    } catch {
      return undefined;
    }
  }
}

/** The list that a claim was fetched for: what was fetched beside another one is not shown. */
function listOf(doc: Document): string {
  const rows = doc.querySelector<HTMLElement>("#rows");
  return rows?.dataset["mark"] ?? [...(rows?.children ?? [])].map(row => row.querySelector("a")?.search).join(" ");
}
