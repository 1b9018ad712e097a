/** Does something after the frame that shows what has changed; a page that nobody sees has no frames. */
export function afterNextPaint(doc: Document, then: () => void): void {
  if (doc.hidden) setTimeout(then, 0);
  else requestAnimationFrame(() => setTimeout(then, 0));
}
