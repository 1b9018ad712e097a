// Choosing in a form the words of a text that a claim comes from, by mouse or keyboard.
//
// Contract: fieldset[data-where] holds the fields whose names end in start, end and stretches, a list [data-chosen] of
// the words that stand there, a hidden button [data-choose], and its numbers in a <details>, which are all that is
// there without script. The text lies in template#choose-text: .sent rows with data-start (code points), lang, dir and
// one p; where that is missing, rows about the chosen words are taken from #edition. The button opens the text in the
// fieldset (chooser.ts, loaded then). In a form[data-follows] the statement is the chosen words as long as nobody has
// typed another.
import { later } from "./later";
import type { Chooser } from "./chooser";

type Words = typeof import("./words");

export function startChoose(doc: Document): void {
  const file = later<Words>(doc, () => import("./words"));
  const all = () => doc.querySelectorAll<HTMLElement>("fieldset[data-where]").forEach(set => start(set, file));
  all();
  doc.addEventListener("htmx:after:swap", all);
}

function start(set: HTMLElement, file: ReturnType<typeof later<Words>>): void {
  const button = set.querySelector<HTMLButtonElement>("[data-choose]");
  if (!button || button.dataset["ready"] || rowsOf(set).length === 0) return;
  button.dataset["ready"] = "1";
  button.hidden = false;
  set.addEventListener("change", () => file(({ typedNumbers }) => typedNumbers(set, rowsOf(set))));
  let open: Chooser | null = null;
  button.addEventListener("click", () => {
    file(({ Chooser }) => {
      if (open) open.close(true);
      else if (button.isConnected) open = new Chooser(set, button, rowsOf(set), () => (open = null));
    });
  });
}

/** The sentences in which a form chooses. */
function rowsOf(set: HTMLElement): HTMLElement[] {
  const doc = set.ownerDocument;
  const own = doc.querySelector<HTMLTemplateElement>("template#choose-text");
  if (own) return [...own.content.querySelectorAll<HTMLElement>(".sent")];
  const rows = [...doc.querySelectorAll<HTMLElement>("#edition .sent")];
  const from = Number(set.querySelector<HTMLInputElement>('input[name$="start"]')?.value ?? 0);
  const at = rows.findLastIndex(row => Number(row.dataset["start"]) <= from);
  return rows.slice(Math.max(0, at - 4), at + 5);
}
