// Choosing in a form the words of a text that a claim comes from, by mouse or keyboard.
//
// Contract: [data-where], a fieldset or a part of a form, holds the fields whose names end in start, end and stretches,
// a list [data-chosen] of the words that stand there, a hidden button [data-choose], and its numbers in a <details>,
// which are all that is there without script. The text lies in template#choose-text: .sent rows with data-start (code
// points), lang, dir and one p; where that is missing, rows about the chosen words are taken from #edition. The button
// opens the text there (chooser.ts, loaded then). In a form[data-follows] the statement is the chosen words as long as
// nobody has typed another. Where it has data-from, it stands in an .ev, and the text is that passage's blockquote,
// which begins at the code point data-from of its article: fewer of its words are quoted then. A radio of the passage,
// whose value ends in :start:end, follows what is chosen.
import { later } from "./later";
import type { Chooser } from "./chooser";

type Words = typeof import("./words");

export function startChoose(doc: Document): void {
  const file = later<Words>(doc, () => import("./words"));
  const all = () => doc.querySelectorAll<HTMLElement>("[data-where]").forEach(set => start(set, file));
  all();
  doc.addEventListener("htmx:after:swap", all);
}

function start(set: HTMLElement, file: ReturnType<typeof later<Words>>): void {
  const button = set.querySelector<HTMLButtonElement>("[data-choose]");
  if (!button || button.dataset["ready"] || rowsOf(set).length === 0) return;
  button.dataset["ready"] = "1";
  button.hidden = false;
  if (set.dataset["from"] !== undefined) set.addEventListener("input", () => followRadio(set));
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
  if (set.dataset["from"] !== undefined) return passageOf(set);
  const own = doc.querySelector<HTMLTemplateElement>("template#choose-text");
  if (own) return [...own.content.querySelectorAll<HTMLElement>(".sent")];
  const rows = [...doc.querySelectorAll<HTMLElement>("#edition .sent")];
  const from = Number(set.querySelector<HTMLInputElement>('input[name$="start"]')?.value ?? 0);
  const at = rows.findLastIndex(row => Number(row.dataset["start"]) <= from);
  return rows.slice(Math.max(0, at - 4), at + 5);
}

/** The passage whose words are chosen, as a row of its own: what it shows also holds marks. */
function passageOf(set: HTMLElement): HTMLElement[] {
  const words = set.closest(".ev")?.querySelector<HTMLElement>("blockquote");
  if (!words) return [];
  const row = set.ownerDocument.createElement("div");
  const p = set.ownerDocument.createElement("p");
  p.textContent = words.textContent;
  row.append(p);
  row.lang = words.lang;
  row.dir = words.dir;
  row.dataset["start"] = set.dataset["from"] ?? "0";
  return [row];
}

/** Among passages of which one is picked by a radio, it is the one whose words are chosen, and these of it. */
function followRadio(set: HTMLElement): void {
  const radio = set.closest(".ev")?.querySelector<HTMLInputElement>('input[type="radio"]');
  if (!radio) return;
  const at = (name: string) => set.querySelector<HTMLInputElement>(`input[name$="${name}"]`)?.value;
  const [start, end] = [at("start"), at("end")];
  radio.value = radio.value.replace(/\d+:\d+$/, `${start}:${end}`);
  radio.checked = true;
}
