// The question which of two drafts to keep.
import type { Kept } from "./fields";

/** The fields whose words are shown to a person, and what they are called. */
export const said: Record<string, string> = {
  verdict: "Verdict",
  confidence: "Confidence",
  rationale: "Rationale",
  searched: "What was searched",
  explanation: "Explanation to print",
  text: "Comment",
  statement: "Statement",
  part_statement: "Statement of a part",
  gloss: "Gloss",
  question: "Question",
  answer: "Answer",
};

/** Shows at the head of a form what was saved elsewhere, once, with a button for each of the two. */
export function showWhich(form: HTMLFormElement, theirs: Kept, keep: { here: () => void; other: () => void }): void {
  const doc = form.ownerDocument;
  form.querySelector("[data-which]")?.remove();
  const box = doc.createElement("div");
  box.className = "note which";
  box.dataset["which"] = "";
  box.setAttribute("role", "alert");
  const add = (tag: string, words: string): HTMLElement => {
    const made = doc.createElement(tag);
    made.textContent = words;
    box.append(made);
    return made;
  };
  add("p", "You typed something else for this claim in another tab or on another device:");
  for (const name of Object.keys(said)) {
    const words = (theirs[name] ?? []).join(", ");
    if (words !== "") add("blockquote", words).setAttribute("dir", "auto");
  }
  const choose = (words: string, then: () => void) => {
    const button = add("button", words) as HTMLButtonElement;
    button.type = "button";
    button.className = "btn small";
    button.addEventListener("click", () => {
      box.remove();
      then();
      form.querySelector<HTMLTextAreaElement>("textarea")?.focus();
    });
  };
  choose("Keep what is here", keep.here);
  choose("Take the other", keep.other);
  form.prepend(box);
}
