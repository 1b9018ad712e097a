// Copies what stands on the page.
//
// Contract: button[data-copies="ID"] copies the text of that element and says so in its own words. It is hidden where
// nothing can be copied: without script, and where the browser has no clipboard for the page.
export function startCopy(doc: Document): void {
  for (const button of doc.querySelectorAll<HTMLButtonElement>("button[data-copies]")) {
    const text = doc.getElementById(button.dataset["copies"] ?? "")?.textContent ?? "";
    if (!text || !("clipboard" in navigator)) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      void navigator.clipboard.writeText(text).then(
        () => (button.textContent = "Copied"),
        () => (button.textContent = "The browser did not allow it: select the link and copy it"),
      );
    });
  }
}
