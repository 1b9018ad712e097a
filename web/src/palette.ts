// The palette: Ctrl+K (or ⌘K) finds what can be done by its words.
//
// Contract: #palette is a dialog with an input and a list #palette-list. The press opens it at once; what it shows and
// finds (commands.ts) is loaded when it is first opened, and what is typed meanwhile is looked for then. It opens from
// fields too, but not during composition.
import { actor, showLiving } from "./keybar";
import { act, works } from "./keys";
import { later, notLoaded } from "./later";
import type { Palette } from "./commands";

export function startPalette(doc: Document): void {
  const dialog = doc.querySelector<HTMLDialogElement>("#palette");
  const input = dialog?.querySelector<HTMLInputElement>("input");
  const list = dialog?.querySelector<HTMLElement>("#palette-list");
  if (!dialog || !input || !list) return;
  const ofList = (event: KeyboardEvent) =>
    dialog.open && !event.isComposing && !event.ctrlKey && /^(Enter|ArrowUp|ArrowDown)$/.test(event.key);
  const file = later(doc, () => import("./commands"), ofList, () => {
    dialog.close();
    notLoaded(doc);
  });
  let palette: Palette | undefined;
  const open = () => {
    input.value = "";
    if (!palette) list.replaceChildren();
    dialog.showModal();
    file(({ Palette }) => {
      palette ??= new Palette(dialog, input, list, { actor, showLiving, act, works });
      if (dialog.open) palette.fill();
    });
  };
  doc.addEventListener(
    "keydown",
    event => {
      if (event.isComposing || event.keyCode === 229 || event.altKey || event.shiftKey) return;
      if (!(event.ctrlKey || event.metaKey) || (event.key.toLowerCase() !== "k" && event.code !== "KeyK")) return;
      if (/^[a-z]$/i.test(event.key) && event.key.toLowerCase() !== "k") return; // its letter counts, not its place
      event.preventDefault();
      event.stopPropagation();
      if (dialog.open) dialog.close();
      else if (!doc.querySelector("dialog[open]")) open();
    },
    true,
  );
}
