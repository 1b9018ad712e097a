// The rows of a list, and where going through them ends.

/** What of each row of #rows is gone to: the link with data-row, else the first, else the box that selects it. */
export function rowLinks(doc: Document): HTMLElement[] {
  const rows = doc.querySelectorAll("#rows > li, #rows > ol > li, #rows > tbody > tr");
  const first = (row: Element, link: string) => row.querySelector<HTMLElement>(link);
  const one = (row: Element) => first(row, "a[data-row]") ?? first(row, "a[href]") ?? first(row, "[data-pick]");
  return [...rows].flatMap(row => one(row) ?? []);
}

/**
 * Says at an element which of its two acts would lead nowhere, for the key bar (data-dead): at is where one stands
 * among so many, below 0 for nowhere.
 */
export function deadEnds(element: HTMLElement, at: number, count: number, next: string, prev: string): void {
  const dead = [count === 0 || at === count - 1 ? next : "", count === 0 || at === 0 ? prev : ""].join(" ").trim();
  if ((element.dataset["dead"] ?? "") !== dead) element.dataset["dead"] = dead;
}
