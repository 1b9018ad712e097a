// Panels of #work that load by themselves neither hold up who goes on nor come all at once.
//
// Contract: who turns (a[data-turn]) as soon as a claim is shown goes through the list faster than they read. A panel
// (hx-trigger="load") of the claim that they come to is asked for when they have rested on it; turned away from, it is
// not asked for. Else it is asked for after the claim is seen.
// A list of proposals ([data-suggestions]) comes with its first passages; each other one is put in by a task of its
// own, so that a key that is pressed meanwhile waits for one of them and not for all. Then htmx:after:swap on the list
// says that they are there.
import htmx from "htmx.org";
import { afterNextPaint } from "./paint";
import { targetOf } from "./parts";

const quick = 350; // ms: who turns sooner has read nothing
const rest = 250; // ms
const away = 5_000; // ms for which a claim may take to come
const first = 2; // passages that come at once

interface Ctx {
  sourceElement?: unknown;
  request?: { action?: string };
  fetch?: (url: string, request: unknown) => Promise<Response>;
}

interface Task {
  fragment?: unknown;
}

export function startPanels(doc: Document): void {
  const turns = new Turns();
  doc.addEventListener(
    "click",
    event => {
      if (event.target instanceof Element && event.target.closest("a[data-turn]")) turns.turned();
    },
    true,
  );
  doc.addEventListener("htmx:before:request", event => {
    const { ctx } = (event as CustomEvent<{ ctx?: Ctx }>).detail;
    const panel = ctx && panelOf(ctx);
    const ask = ctx?.fetch;
    if (!panel || !ask) return;
    const address = panel.getAttribute("hx-get");
    ctx.fetch = async (url, request) => {
      await (turns.hurried() ? turns.rested() : pause());
      if (panel.isConnected && panel.getAttribute("hx-get") === address) return ask(url, request);
      throw new DOMException("turned away from", "AbortError");
    };
  });
  let later = new Map<Element, Element[]>(); // by list
  doc.addEventListener("htmx:before:swap", event => {
    const { ctx, tasks = [] } = (event as CustomEvent<{ ctx?: Ctx; tasks?: Task[] }>).detail;
    if (!ctx || !panelOf(ctx)) return;
    for (const { fragment } of tasks) {
      if (!(fragment instanceof DocumentFragment)) continue;
      for (const list of fragment.querySelectorAll("[data-suggestions] > ol")) {
        const items = [...list.children].slice(first);
        for (const item of items) item.remove();
        if (items.length > 0) later.set(list, items);
      }
    }
  });
  doc.addEventListener("htmx:after:swap", event => {
    if (/^(work|view)$/.test(targetOf(event))) turns.shown();
    const lists = later;
    later = new Map();
    for (const [list, items] of lists) void putIn(list, items);
  });
}

/** Puts passages into a list, each by a task of its own; a list that was taken away gets no more. */
async function putIn(list: Element, items: Element[]): Promise<void> {
  for (const item of items) {
    await pause();
    if (!list.isConnected) return;
    list.append(item);
    htmx.process(item as HTMLElement);
  }
  list.dispatchEvent(new CustomEvent("htmx:after:swap", { bubbles: true, detail: { ctx: { target: list } } }));
}

/** Lets what is waiting be done first: a press, a frame. */
function pause(): Promise<void> {
  return new Promise(done => afterNextPaint(document, done));
}

/** The panel of #work that a request of htmx fills, where it loads by itself. */
function panelOf(ctx: Ctx): Element | null {
  const from = ctx.sourceElement;
  if (!(from instanceof Element) || from.getAttribute("hx-trigger") !== "load") return null;
  return from.closest("#work") ? from : null;
}

/** How somebody goes on from claim to claim. */
class Turns {
  #shown = -Infinity; // when the claim that is looked at came
  #hurried = false;
  #resting: (() => void)[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  turned(): void {
    this.#hurried = performance.now() - this.#shown < quick;
    if (this.#resting.length > 0) this.#wait(away); // until the claim that they turned to is shown
  }

  shown(): void {
    this.#shown = performance.now();
    if (this.#resting.length > 0) this.#wait(rest);
  }

  /** Whether the last turn came soon after the claim before was shown, and nobody has rested since. */
  hurried(): boolean {
    return this.#hurried;
  }

  /** Comes when nobody has turned for a moment. */
  rested(): Promise<void> {
    return new Promise(done => {
      this.#resting.push(done);
      this.#wait(rest);
    });
  }

  #wait(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#hurried = false;
      const all = this.#resting;
      this.#resting = [];
      for (const done of all) done();
    }, ms);
  }
}
