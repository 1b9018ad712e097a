// A field that narrows a long list of choices.
//
// Contract: [data-narrow="ID"] is hidden without script; it holds a field and a .hint, and narrows the choices, the
// label.check of the element of that id, to those whose words hold all that is typed, in any script; what is chosen
// stays in sight. The arrow down goes on to the choices, Enter sends nothing. How words are compared is the palette's
// (commands.ts), loaded when something is typed.
import { later } from "./later";

export function startNarrow(doc: Document): void {
  const file = later(doc, () => import("./commands"), () => false);
  for (const box of doc.querySelectorAll<HTMLElement>("[data-narrow]")) {
    const list = doc.getElementById(box.dataset["narrow"] ?? "");
    const field = box.querySelector("input");
    if (!list || !field) continue;
    box.hidden = false;
    const choices = () => [...list.querySelectorAll<HTMLElement>("label.check")];
    const told = box.querySelector(".hint");
    const narrow = (fits: (choice: HTMLElement) => boolean) => {
      let shown = 0;
      for (const choice of choices()) {
        choice.hidden = !fits(choice) && choice.querySelector("input:checked") === null;
        if (!choice.hidden) shown++;
      }
      if (told) told.textContent = `${shown} of ${choices().length}`;
    };
    const typed = () => file(({ holds }) => narrow(choice => holds(choice.textContent ?? "", field.value)));
    if (field.value === "") narrow(() => true);
    else typed(); // the browser brought it back
    field.addEventListener("input", typed);
    field.addEventListener("keydown", event => {
      if (event.isComposing) return;
      if (event.key === "Enter" || event.key === "ArrowDown") {
        event.preventDefault();
        choices().find(choice => !choice.hidden)?.querySelector("input")?.focus();
      }
    });
  }
}
