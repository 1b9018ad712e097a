// The key bar and the list of keys say what works now.
//
// Contract: a cap, or a part of the bar or the list, with data-for names acts of the table of keys, with spaces
// between; it is hidden while nothing on the page does any of them: an element that says one in data-act, is seen, is
// not disabled, and has its key to itself. While a field has the focus the bar has only what works
// there. The server writes it as the page stands; this keeps it true while parts of the page change.
// A press of [data-act~="help"] opens the dialog #keysheet.
import { find, isField, works } from "./keys";

export function startKeyBar(doc: Document): void {
  let due = false;
  const later = () => {
    if (due) return;
    due = true;
    setTimeout(() => {
      due = false;
      showLiving(doc);
    }, 0);
  };
  new MutationObserver(later).observe(doc.body, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ["hidden", "disabled", "open", "class", "data-act"],
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
  const lives = new Map<string, boolean>();
  const at = doc.activeElement;
  const typing = at instanceof HTMLElement && isField(at) && at.closest("dialog") === null;
  for (const shown of doc.querySelectorAll<HTMLElement>("kbd[data-for], .keybar [data-for], #keysheet [data-for]")) {
    const acts = (shown.dataset["for"] ?? "").split(" ");
    const silent = typing && shown.closest(".keybar") !== null;
    const hidden = !acts.some(name => {
      if (silent && !inFields.includes(name)) return false;
      if (!lives.has(name)) lives.set(name, actor(doc, name) !== null);
      return lives.get(name);
    });
    if (shown.hidden !== hidden) shown.hidden = hidden;
  }
}

/** Acts of the program itself, which need nothing on the page. */
const always = ["leave", "palette"];

/** Acts whose keys work in a field. */
const inFields = ["submit", ...always];

/** The element that does an act now, null when none does. */
export function actor(doc: Document, name: string): Element | null {
  if (always.includes(name)) return doc.body;
  for (const element of doc.querySelectorAll<HTMLElement>(`[data-act~="${CSS.escape(name)}"]`)) {
    if (!works(element)) continue;
    const keys = (element.getAttribute("aria-keyshortcuts") ?? "").split(" ").filter(key => key !== "");
    if (keys.length === 0 || element.dataset["chain"] || keys.some(key => hasKey(doc, key, name))) return element;
  }
  return null;
}

/** Whether a key is that of the act: a part of the page may have it instead. */
function hasKey(doc: Document, key: string, name: string): boolean {
  const acts = find(doc, key.replace("Shift+", ""))?.dataset["act"] ?? "";
  return acts.split(" ").includes(name);
}
