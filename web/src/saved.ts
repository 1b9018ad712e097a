// #saved in the masthead says what became of what is typed. It is a live region.

export function say(doc: Document, state: "ok" | "offline" | "conflict", words: string): void {
  const saved = doc.querySelector<HTMLElement>("#saved");
  if (!saved) return;
  saved.hidden = false;
  saved.dataset["state"] = state;
  saved.textContent = words;
}
