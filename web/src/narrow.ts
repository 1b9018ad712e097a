// A field that narrows a long list of choices.
//
// Contract: [data-narrow="ID"] is hidden without script; it holds a field and a .hint, and narrows the choices, the
// label.check of the element of that id, to those whose words hold all that is typed, in any script; what is chosen
// stays in sight. The arrow down goes on to the choices, Enter sends nothing.
import { folded } from "./palette";

export function startNarrow(doc: Document): void {
  for (const box of doc.querySelectorAll<HTMLElement>("[data-narrow]")) {
    const list = doc.getElementById(box.dataset["narrow"] ?? "");
    const field = box.querySelector("input");
    if (!list || !field) continue;
    box.hidden = false;
    const choices = () => [...list.querySelectorAll<HTMLElement>("label.check")];
    const told = box.querySelector(".hint");
    const narrow = () => {
      const words = folded(field.value).split(/\s+/).filter(word => word !== "");
      let shown = 0;
      for (const choice of choices()) {
        const hay = folded(choice.textContent ?? "");
        choice.hidden = !words.every(word => hay.includes(word)) && choice.querySelector("input:checked") === null;
        if (!choice.hidden) shown++;
      }
      if (told) told.textContent = `${shown} of ${choices().length}`;
    };
    narrow();
    field.addEventListener("input", narrow);
    field.addEventListener("keydown", event => {
      if (event.isComposing) return;
      if (event.key === "Enter" || event.key === "ArrowDown") {
        event.preventDefault();
        choices().find(choice => !choice.hidden)?.querySelector("input")?.focus();
      }
    });
  }
}
