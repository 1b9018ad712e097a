// #saved in the masthead says what became of what is typed. It is a live region; #saved-act beside it, which is hidden
// while there is nothing to do, does something about it.

export interface SavedAct {
  word: string;
  run: () => void;
}

export function say(doc: Document, state: "ok" | "offline" | "conflict", words: string, act?: SavedAct): void {
  const saved = doc.querySelector<HTMLElement>("#saved");
  if (!saved) return;
  saved.hidden = false;
  saved.dataset["state"] = state;
  if (saved.textContent !== words) saved.textContent = words;
  const button = doc.querySelector<HTMLButtonElement>("#saved-act");
  if (!button) return;
  button.hidden = act === undefined;
  button.textContent = act?.word ?? "";
  button.onclick = act ? () => act.run() : null;
}
