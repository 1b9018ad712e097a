// Files are dropped onto the page instead of being chosen.
//
// Contract: on a page with form[data-drop], files that are dropped anywhere are put into the form's file field, and the
// form is sent. While they are held over the page the form is .over. Without script the field works as it is.

export function startDrop(doc: Document): void {
  const form = () => doc.querySelector<HTMLFormElement>("form[data-drop]");
  const files = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
  doc.addEventListener("dragover", event => {
    const to = form();
    if (!to || !files(event)) return;
    event.preventDefault();
    to.classList.add("over");
  });
  doc.addEventListener("dragleave", event => {
    if (!event.relatedTarget) form()?.classList.remove("over");
  });
  doc.addEventListener("drop", event => {
    const to = form();
    const field = to?.querySelector<HTMLInputElement>('input[type="file"]');
    if (!to || !field || !event.dataTransfer || !files(event)) return;
    event.preventDefault();
    to.classList.remove("over");
    field.files = event.dataTransfer.files;
    to.requestSubmit();
  });
}
