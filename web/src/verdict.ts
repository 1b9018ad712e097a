// Unverified asks what was searched.
//
// Contract: textarea[data-proposed] holds what this person searched for the claim, as a note, and [data-proposes] of a
// panel what it is since; what the machine looked through is in [data-looked] of the panels of #work. When unverified
// is chosen and nothing is typed, both are put in,
// to be edited; what was put in and not touched follows what is searched since. A press that would send the form waits
// while a panel that has something to add is still coming.
import type { Taker } from "./keys";

export function startVerdict(doc: Document): Taker {
  doc.addEventListener("input", event => {
    const radio = event.target;
    if (radio instanceof HTMLInputElement && radio.name === "verdict") propose(doc);
  });
  doc.addEventListener("htmx:after:swap", () => propose(doc));
  return (shortcut, at) => {
    const note = noteOf(doc);
    if (shortcut !== "Control+Enter" || !note || note.value !== "" || !doc.querySelector('#work [hx-trigger="load"]')) {
      return false;
    }
    const form = at?.closest("form");
    return !form || form === note.form ? "wait" : false;
  };
}

/** The note of what was searched, where it is asked for. */
function noteOf(doc: Document): HTMLTextAreaElement | null {
  const note = doc.querySelector<HTMLTextAreaElement>("textarea[data-proposed]");
  const verdict = note?.form?.querySelector<HTMLInputElement>('input[name="verdict"]:checked');
  return verdict?.value === "unverified" ? note : null;
}

function propose(doc: Document): void {
  const note = noteOf(doc);
  if (!note || (note.value.trim() !== "" && note.value !== note.dataset["put"])) return;
  const panels = [...doc.querySelectorAll<HTMLElement>("#work [data-looked]")].map(panel => panel.dataset["looked"]);
  const newer = doc.querySelector<HTMLElement>("#work [data-proposes]")?.dataset["proposes"];
  const words = [...panels, newer ?? note.dataset["proposed"]].filter(Boolean).join("\n");
  if (words === "" || words === note.value) return;
  note.value = note.dataset["put"] = words;
  note.dispatchEvent(new Event("input", { bubbles: true }));
}
