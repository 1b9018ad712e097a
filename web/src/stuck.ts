// What the server does not keep of what was typed is shown on the page of drafts.
//
// Contract: [data-here] on that page, hidden while there is nothing, has a list (ol) of what lies in this browser only,
// each with why, its words, a button that copies them (where the browser has a clipboard) and one that throws it away.
// [data-none], which says that there are no drafts, is hidden meanwhile.
import type { Drafts } from "./drafts";
import type { Stuck } from "./draftstore";
import { said } from "./which";

export function showStuck(doc: Document, drafts: Drafts): void {
  const part = doc.querySelector<HTMLElement>("[data-here]");
  if (!part) return;
  const list = part.querySelector("ol")!;
  const all = drafts.stuck();
  list.replaceChildren(...all.map(one => row(doc, one, () => thrown(one))));
  part.hidden = all.length === 0;
  const none = doc.querySelector<HTMLElement>("[data-none]");
  if (none) none.hidden = all.length > 0;

  const thrown = (one: Stuck) => {
    drafts.discard(one.name);
    showStuck(doc, drafts);
    const heading = doc.querySelector<HTMLElement>("h1");
    heading?.setAttribute("tabindex", "-1");
    heading?.focus();
  };
}

function row(doc: Document, one: Stuck, discard: () => void): HTMLElement {
  const item = doc.createElement("li");
  item.className = "part stack tight";
  const add = (tag: string, style: string, words: string, to: HTMLElement = item): HTMLElement => {
    const made = doc.createElement(tag);
    made.className = style;
    made.textContent = words;
    to.append(made);
    return made;
  };
  const claim = /\/claims\/(\d+)/.exec(one.page)?.[1] ?? "";
  const link = add("a", "", `Claim ${claim}`, add("p", "kicker", "")) as HTMLAnchorElement;
  link.href = one.page;
  add("p", "gloss", one.why);
  const words: string[] = [];
  for (const [name, word] of Object.entries(said)) {
    const typed = (one.fields[name] ?? []).filter(value => value !== "").join("\n");
    if (typed === "") continue;
    words.push(typed);
    add("p", "label", word);
    add("p", "typed", typed).setAttribute("dir", "auto");
  }
  const acts = add("p", "acts", "");
  const button = (word: string, then: (made: HTMLElement) => void) => {
    const made = add("button", "btn small", word, acts) as HTMLButtonElement;
    made.type = "button";
    add("span", "hush", ` the draft of claim ${claim}`, made);
    made.addEventListener("click", () => then(made));
  };
  if ("clipboard" in navigator) {
    button("Copy", made => {
      void navigator.clipboard.writeText(words.join("\n\n")).then(
        () => (made.textContent = "Copied"),
        () => (made.textContent = "The browser did not allow it: select the words and copy them"),
      );
    });
  }
  button("Throw away", discard);
  return item;
}
