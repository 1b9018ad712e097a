// The claim beside a text changes in its own place, and the marks of the text follow it.
//
// Contract: #edition holds .sent rows with mark[data-claims] (numbers of claims) and .gut links with claim= in their
// address; .coverage has a link for each row. What comes into #work (parts.ts) says by its id, "claim-" and a number,
// which claim is looked at. Of the page only the pane of the text scrolls.
import { modified } from "./held";
import { isOf, workHeaders } from "./parts";
import { parsed, place } from "./placed";

export function startReader(doc: Document): void {
  doc.addEventListener("click", event => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("#edition .gut a");
    if (!link || modified(event)) return;
    if (!doc.querySelector("#work")) return;
    event.preventDefault();
    void show(doc, link);
  });
  doc.addEventListener("htmx:after:swap", () => follow(doc));
}

let latest = 0; // of the claims that were asked for

/** Brings the claim of a link into the panel; what cannot be shown there is opened as its own page. One that comes when
 * another was asked for since is not shown. */
async function show(doc: Document, link: HTMLAnchorElement): Promise<void> {
  const mine = ++latest;
  doc.dispatchEvent(new CustomEvent("desk:busy"));
  let well = false;
  const asked = performance.now();
  try {
    const answer = await fetch(link.href, { headers: workHeaders(), redirect: "error" });
    well = answer.ok && !answer.headers.has("HX-Retarget");
    const work = doc.querySelector("#work");
    const text = well ? await answer.text() : "";
    if (well && work && mine === latest) await place(doc, parsed(text), work, link.getAttribute("href") ?? "", asked);
  } catch {
    well = false;
  }
  doc.dispatchEvent(new CustomEvent("desk:done", { detail: well }));
  if (!well && mine === latest) location.assign(link.href);
}

/** Marks the claim that stands in the panel. */
function follow(doc: Document): void {
  const edition = doc.querySelector("#edition");
  if (!edition) return;
  const claim = doc.querySelector('#work [id^="claim-"]')?.id.slice("claim-".length) ?? "";
  for (const mark of edition.querySelectorAll<HTMLElement>("mark[data-claims]")) {
    mark.classList.toggle("here", (mark.dataset["claims"] ?? "").split(" ").includes(claim));
  }
  for (const link of edition.querySelectorAll<HTMLAnchorElement>(".gut a")) {
    const here = isOf(link, claim);
    if (link.classList.contains("here") === here) continue;
    link.classList.toggle("here", here);
    if (here) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  const cells = doc.querySelectorAll(".coverage a");
  edition.querySelectorAll(".sent").forEach((row, i) => {
    const here = row.querySelector("mark.here") !== null;
    row.classList.toggle("here", here);
    cells[i]?.classList.toggle("here", here);
  });
  const row = edition.querySelector<HTMLElement>(".sent.here");
  if (row) reveal(row);
}

const margin = 64;

/** Brings a row into view by moving its pane alone: the page around it stays. */
export function reveal(row: HTMLElement): void {
  const pane = row.closest<HTMLElement>(".pane");
  if (!pane || !/auto|scroll/.test(getComputedStyle(pane).overflowY)) {
    row.scrollIntoView({ block: "nearest" });
    return;
  }
  const at = row.getBoundingClientRect();
  const seen = pane.getBoundingClientRect();
  const above = at.top - seen.top - margin;
  const below = at.bottom - seen.bottom + margin;
  if (above < 0) pane.scrollTop += above;
  else if (below > 0) pane.scrollTop += Math.min(below, above);
}
