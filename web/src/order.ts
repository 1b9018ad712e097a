// The order of a draft set.
//
// Contract: each row of #rows[data-order] has a form to move its claim: buttons [data-move] with J (down), K (up) and T
// (top), and a field for its place (p). The key is of the row in which the focus is, else of the first.
import { goInto } from "./focus";
import type { Taker } from "./keys";

const moves: Record<string, string> = { J: "down", K: "up", T: "top" };

export function startOrder(doc: Document): Taker {
  return (shortcut, at) => {
    const rows = doc.querySelector("#rows[data-order]");
    if (!rows) return false;
    const row = at?.closest("#rows > li") ?? rows.querySelector("li");
    const way = moves[shortcut];
    if (way) row?.querySelector<HTMLButtonElement>(`[data-move="${way}"]`)?.click();
    else if (shortcut === "p") goInto(row?.querySelector<HTMLInputElement>("[name=place]") ?? null);
    else return false;
    return true;
  };
}
