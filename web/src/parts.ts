// The work beside the list changes in its own place.
//
// Contract: #work holds the claim looked at (an element whose id is "claim-" and its number) and its review. What comes
// into it, or into #view around it, keeps the place in the list (#rows, whose links name a claim), and the focus: on
// what was refused, else where it was, else, and for another claim always, on [data-work], where the work goes on.
// The row of the claim looked at says of its evidence ([data-stands]) what the claim does (data-evidence).
// What a[data-turn] of the key j leads to is fetched ahead (Ahead). #refused says why an act was not taken.
import htmx from "htmx.org";
import { Ahead, turning } from "./ahead";
import { focusOn, holdsFocus } from "./focus";
import { modified } from "./held";
import { bringHere } from "./list";
import { place, settle } from "./placed";

/** What is asked for #work of this page, or for another part of it. */
export function workHeaders(part = "#work"): Record<string, string> {
  return { "HX-Request": "true", "HX-Target": "div" + part, "HX-Current-URL": location.href, Accept: "text/html" };
}

export function startParts(doc: Document): void {
  const ahead = new Ahead(doc, workHeaders);
  let claim = claimOf(doc);
  mark(doc, claim);
  ahead.look();
  doc.addEventListener("htmx:before:request", event => {
    const ctx = (event as CustomEvent<{ ctx?: { asked?: number } }>).detail.ctx;
    if (ctx) ctx.asked = performance.now();
  });
  doc.addEventListener(
    "click",
    event => {
      const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-turn]");
      if (!link || modified(event)) return;
      const kept = ahead.take(link);
      if (kept === undefined) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      doc.dispatchEvent(new CustomEvent("desk:busy", { detail: turning }));
      let well = true;
      void show(doc, kept, link.getAttribute("href") ?? "")
        .catch(() => (well = false))
        .finally(() => doc.dispatchEvent(new CustomEvent("desk:done", { detail: well })));
    },
    true,
  );
  doc.addEventListener("htmx:after:swap", event => {
    const to = targetOf(event);
    if (to === "refused") focusOn(doc.querySelector("#refused [role=alert]"));
    if (to !== "work" && to !== "view") return;
    const before = claim;
    claim = claimOf(doc);
    mark(doc, claim, before !== claim);
    refocus(doc, before !== claim);
    ahead.look();
  });
}

/** Shows the claim that was fetched ahead, or is on its way; one that could not be had is asked for now. */
async function show(doc: Document, kept: NonNullable<ReturnType<Ahead["take"]>>, push: string): Promise<void> {
  const { target } = kept;
  const { part: at } = kept;
  if (at instanceof Promise) settle(); // the page has the address that it shows
  const from = location.href;
  const part = at instanceof Promise ? await at : at;
  if (at instanceof Promise && location.href !== from) return; // another row was pressed meanwhile, and stands there
  if (part) await place(doc, part, doc.querySelector(target) ?? doc.body, push, kept.at);
  else await ask(push, target);
}

/** When what an htmx event speaks of was asked for (performance.now); now, for what was not asked for so. */
export function askedAt(event: Event): number {
  return (event as CustomEvent<{ ctx?: { asked?: number } }>).detail.ctx?.asked ?? performance.now();
}

/** The id of the part of the page that an event of htmx speaks of. */
export function targetOf(event: Event): string {
  const target = (event as CustomEvent<{ ctx?: { target?: unknown } }>).detail.ctx?.target;
  return target instanceof Element ? target.id : typeof target === "string" ? target.replace("#", "") : "";
}

/** Puts an answer into a part of the page. */
export function put(doc: Document, text: string, part: string, swap: string): Promise<void> {
  const target = doc.querySelector(part) ?? doc.body;
  return (htmx as unknown as { swap(ctx: object): Promise<void> }).swap({ text, target, swap, sourceElement: target });
}

/** Whether a form stands in a part of the page that changes in its own place. */
export function inWork(form: Element): boolean {
  return form.closest("#work") !== null;
}

/** Shows another address of the same page in its place; false: it is another page. */
export async function turnTo(doc: Document, address: URL): Promise<boolean> {
  if (!doc.querySelector("#work") || address.pathname !== location.pathname) return false;
  const push = address.pathname + address.search;
  await ask(push, "#view");
  return true;
}

async function ask(push: string, target: string): Promise<void> {
  await htmx.ajax("GET", push, { target, swap: "innerMorph", push } as never);
}

/** The number of the claim looked at, "" for none. */
function claimOf(doc: Document): string {
  return doc.querySelector('#work [id^="claim-"]:not(#claim-h)')?.id.slice("claim-".length) ?? "";
}

/** Marks the row of the claim looked at, and shows it where it is another one. */
function mark(doc: Document, claim: string, another = true): void {
  if (claim === "") return;
  for (const row of doc.querySelectorAll<HTMLElement>("#rows > .row")) {
    const link = row.querySelector<HTMLAnchorElement>("a[href*='claim=']");
    const here = link !== null && isOf(link, claim);
    if (here) retell(doc, row);
    if (row.classList.contains("here") === here) continue;
    row.classList.toggle("here", here);
    if (here) link.setAttribute("aria-current", "true");
    else link?.removeAttribute("aria-current");
  }
  if (another) bringHere(doc);
}

/** Whether a link leads to a claim. Few of many do, and to take their addresses apart costs. */
export function isOf(link: HTMLAnchorElement, claim: string): boolean {
  const { search } = link;
  return search.includes("claim=" + claim) && new URLSearchParams(search).get("claim") === claim;
}

/** A row says what is linked now: the list beside the work is not asked for again. */
function retell(doc: Document, row: HTMLElement): void {
  const now = doc.querySelector<HTMLElement>("#work [data-evidence]")?.dataset["evidence"];
  const said = row.querySelector("[data-stands]");
  if (now && said && said.textContent !== now) said.textContent = now; // the same text again styles the whole list
}

function refocus(doc: Document, another: boolean): void {
  const wrong = doc.querySelector("#work [aria-invalid], #work .wrong[role=alert], #work form [role=alert]");
  if (wrong) {
    const field = wrong.closest(".field")?.querySelector<HTMLElement>("input:not([type=hidden]), textarea");
    focusOn(wrong.matches("[aria-invalid]") ? wrong : (field ?? wrong));
    wrong.scrollIntoView({ block: "nearest" });
    return;
  }
  if (!another && holdsFocus(doc)) return;
  const work = doc.querySelector<HTMLElement>("[data-work]");
  work?.focus({ preventScroll: true });
  if (!another) return;
  for (const pane of doc.querySelectorAll("#work > .pane")) pane.scrollTop = 0;
}
