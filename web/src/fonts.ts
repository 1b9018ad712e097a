// Fonts for Arabic and Japanese text are asked for once the page stands: the sheet that names their hundred parts is
// larger than a page. Without script the page asks for it itself.
// Markup: link[data-later], a style sheet for no screen.

/** Puts the sheets that may come later on the screen. */
export function startFonts(page: Document): void {
  for (const sheet of page.querySelectorAll<HTMLLinkElement>("link[data-later]")) sheet.media = "all";
}
