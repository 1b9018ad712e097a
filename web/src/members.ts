// Mentions: the list of people that opens behind an @.
//
// Contract: a textarea with data-members says where people are asked for. The first @ that is typed there loads the
// list (mention.ts). Nothing is asked during composition.
import { later } from "./later";
import type { Picker } from "./mention";

export function startMembers(doc: Document): void {
  const nothing = () => undefined; // without the list names are typed whole
  const file = later(doc, () => import("./mention"), () => false, nothing); // typing goes on
  let open: Picker | null = null;
  let composing = false; // the file may come while a name is being composed
  const look = (event: Event) => {
    const field = event.target;
    if (!(field instanceof HTMLTextAreaElement) || !field.dataset.members) return;
    if (event instanceof InputEvent && event.isComposing) return;
    if (open?.field !== field && !/[@＠]/.test(field.value)) {
      open?.close();
      return;
    }
    file(({ Picker }) => {
      if (composing) return;
      if (open?.field !== field) {
        open?.close();
        open = new Picker(field, field.dataset.members ?? "");
      }
      void open.look();
    });
  };
  doc.addEventListener("compositionstart", () => {
    composing = true;
    open?.close();
  });
  doc.addEventListener("compositionend", () => (composing = false));
  doc.addEventListener("input", look);
  doc.addEventListener("compositionend", look); // the last input of a name in kana or hanzi is still composing
  // Before keys.ts and the browser: Enter and Escape are the list's while it is open.
  doc.addEventListener("keydown", event => open?.onKey(event), true);
  doc.addEventListener("focusout", event => {
    if (event.target === open?.field) open?.close();
  });
}
