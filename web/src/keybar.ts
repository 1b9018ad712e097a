// The key bar and the list of keys say what works now.
//
// Contract: a cap, a word, or a part of the bar or the list, with data-for names acts of the table of keys, with
// spaces between; it is hidden while nothing on the page does any of them: an element that says one in data-act and
// not in data-dead (it would lead nowhere: rows.ts), is seen, is not disabled, and has its key to itself. While a
// field has the focus the bar has only what works there, and at a box of a form (restsIn) only what is of that form.
// The server writes it as the page stands; this keeps it true while parts of the page change, after they are painted:
// what a key shows comes before what other keys do.
// A press of [data-act~="help"] opens the dialog #keysheet.
import { find, finder, isField, restsIn, works } from "./keys";
import { afterNextPaint } from "./paint";

export function startKeyBar(doc: Document): void {
  let due = false;
  const later = () => {
    if (due) return;
    due = true;
    afterNextPaint(doc, () => {
      due = false;
      showLiving(doc);
    });
  };
  new MutationObserver(later).observe(doc.body, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ["hidden", "disabled", "open", "class", "data-act", "data-dead", "data-chain"],
  });
  doc.addEventListener("change", later); // a verdict shows its reasons
  for (const kind of ["focusin", "focusout"]) doc.addEventListener(kind, later);
  addEventListener("resize", later);
  doc.addEventListener("click", event => {
    if (event.target instanceof Element && event.target.closest('[data-act~="help"]')) openSheet(doc);
  });
  showLiving(doc);
}

function openSheet(doc: Document): void {
  showLiving(doc);
  doc.querySelector<HTMLDialogElement>("#keysheet")?.showModal();
}

export function showLiving(doc: Document): void {
  const lives = living(doc);
  const at = doc.activeElement;
  const typing = at instanceof HTMLElement && isField(at) && at.closest("dialog") === null;
  const form = restsIn(at);
  // All is asked before anything is changed: a question after a change has the page styled again.
  const changed: HTMLElement[] = [];
  for (const shown of doc.querySelectorAll<HTMLElement>("kbd[data-for], .keybar [data-for], #keysheet [data-for]")) {
    const acts = (shown.dataset["for"] ?? "").split(" ");
    const inBar = shown.closest(".keybar") !== null;
    const hidden = !acts.some(name => {
      if (inBar && typing && !inFields.includes(name)) return false;
      if (form && inBar && !inFields.includes(name) && !form.contains(actor(doc, name))) return false;
      return lives(name);
    });
    if (shown.hidden !== hidden) changed.push(shown);
  }
  for (const shown of changed) shown.hidden = !shown.hidden;
}

/** Says of an act whether anything on the page does it now; the page is gone through once. */
function living(doc: Document): (act: string) => boolean {
  const doers = new Map<string, HTMLElement[]>();
  for (const element of doc.querySelectorAll<HTMLElement>("[data-act]")) {
    for (const name of (element.dataset["act"] ?? "").split(" ")) {
      const all = doers.get(name);
      if (all) all.push(element);
      else doers.set(name, [element]);
    }
  }
  const finds = finder(doc);
  const before = doc.body.dataset["chain"];
  const owner = (key: string) => (before ? find(doc, `${before}>${key}`, "data-chain") : null) ?? finds(key);
  const lives = new Map<string, boolean>();
  return name => {
    let does = lives.get(name);
    if (does === undefined) lives.set(name, (does = doerOf(doc, name, doers.get(name) ?? [], owner) !== null));
    return does;
  };
}

/** Acts of the program itself, which need nothing on the page. */
const always = ["leave", "palette"];

/** Acts whose keys work in a field. */
const inFields = ["submit", ...always];

/** The element that does an act now, null when none does. */
export function actor(doc: Document, name: string): Element | null {
  const doers = doc.querySelectorAll<HTMLElement>(`[data-act~="${CSS.escape(name)}"]`);
  return doerOf(doc, name, doers, key => ownerOf(doc, key));
}

/** The element that a press of a key acts on now: after the first press of two, the one that has the second. */
function ownerOf(doc: Document, key: string): HTMLElement | null {
  const before = doc.body.dataset["chain"];
  return (before ? find(doc, `${before}>${key}`, "data-chain") : null) ?? find(doc, key);
}

/** The first of the elements that say an act which does it now: it has its key to itself. */
function doerOf(
  doc: Document,
  name: string,
  doers: Iterable<HTMLElement>,
  owner: (key: string) => HTMLElement | null,
): Element | null {
  if (always.includes(name)) return doc.body;
  const hasKey = (key: string) => (owner(key.replace("Shift+", ""))?.dataset["act"] ?? "").split(" ").includes(name);
  for (const element of doers) {
    if (!works(element) || (element.dataset["dead"] ?? "").split(" ").includes(name)) continue;
    const keys = (element.getAttribute("aria-keyshortcuts") ?? "").split(" ").filter(key => key !== "");
    if (keys.length === 0 || element.dataset["chain"] || keys.some(hasKey)) return element;
  }
  return null;
}
