// Keeping and dropping the evidence of a decision by keys.
//
// Contract: in [data-keep-rows] each row of the table's body has a checkbox; one row is .here. j and k move, x checks
// or unchecks it.
import type { Taker } from "./keys";
import { deadEnds } from "./rows";

export function startKeep(doc: Document): Taker {
  return shortcut => {
    const table = doc.querySelector<HTMLElement>("[data-keep-rows]");
    return table !== null && onKey(table, shortcut);
  };
}

function onKey(table: HTMLElement, shortcut: string): boolean {
  const rows = [...table.querySelectorAll<HTMLElement>("tbody tr")];
  const here = rows.findIndex(row => row.classList.contains("here"));
  switch (shortcut) {
    case "j":
      return move(table, rows, here, here + 1);
    case "k":
      return move(table, rows, here, Math.max(0, here - 1));
    case "x": {
      if (here < 0) move(table, rows, here, 0);
      const box = rows[Math.max(0, here)]?.querySelector<HTMLInputElement>('input[type="checkbox"]');
      box?.click();
      return box !== undefined;
    }
  }
  return false;
}

function move(table: HTMLElement, rows: HTMLElement[], from: number, to: number): boolean {
  const at = Math.min(to, rows.length - 1);
  const next = rows[at];
  deadEnds(table, at, rows.length, "keep-next", "keep-prev");
  rows[from]?.classList.remove("here");
  next?.classList.add("here");
  next?.scrollIntoView({ block: "nearest" });
  next?.querySelector<HTMLInputElement>('input[type="checkbox"]')?.focus({ preventScroll: true });
  return next !== undefined;
}
