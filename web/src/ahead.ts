// The next claim is fetched ahead, so that j shows it at once.
//
// Contract: the link a[data-turn] of the key j that changes #work alone is fetched when the page has come to rest, with
// "Purpose: prefetch": the server takes that for no reading. One answer is kept, in memory, for a minute; it is dropped
// when something is sent, when the list beside it is another, and at news from other people ("desk:news").

const keptFor = 60_000;
const rest = 60;

interface Kept {
  url: string;
  text: string;
  list: string;
  at: number; // when it was asked for
}

export class Ahead {
  private kept: Kept | undefined;
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
    this.timer = setTimeout(() => void this.fetch(), rest);
  }

  /** Gives what was fetched for a link, once. */
  take(link: HTMLAnchorElement): { text: string; at: number } | undefined {
    const kept = this.kept;
    if (!kept || kept.url !== link.href || link.getAttribute("hx-target") !== "#work") return undefined;
    this.drop();
    return kept.list === listOf(this.doc) && performance.now() - kept.at < keptFor ? kept : undefined;
  }

  private drop(): void {
    this.kept = undefined;
    this.coming?.abort();
    this.coming = undefined;
    clearTimeout(this.timer);
  }

  private async fetch(): Promise<void> {
    const link = this.doc.querySelector<HTMLAnchorElement>('a[data-turn][hx-target="#work"][aria-keyshortcuts~="j"]');
    const url = link?.href; // the link is another one when the answer comes
    if (!url || this.kept?.url === url || this.doc.visibilityState === "hidden") return;
    this.drop();
    const coming = (this.coming = new AbortController());
    const list = listOf(this.doc);
    const at = performance.now();
    try {
      const answer = await fetch(url, {
        headers: { ...this.headers(), Purpose: "prefetch" },
        signal: coming.signal,
        redirect: "error",
      });
      const text = await answer.text();
      if (answer.ok && this.coming === coming && !answer.headers.has("HX-Retarget")) {
        this.kept = { url, text, list, at };
      }
    } catch {
      // it is fetched when it is asked for
    }
  }
}

/** The list that a claim was fetched for: what was fetched beside another one is not shown. */
function listOf(doc: Document): string {
  const rows = doc.querySelector<HTMLElement>("#rows");
  return rows?.dataset["mark"] ?? [...(rows?.children ?? [])].map(row => row.querySelector("a")?.search).join(" ");
}
