// What a person looked at among passages, for the note of what was searched.
//
// Contract: a passage in [data-choices] that was chosen by the arrows ("desk:looked" on it) or pressed, and holds
// form.link, is told to the server under the claim's own address, once a page, a moment later: it keeps it in the
// person's own trail, which nobody else reads. What fails is not told again: it is an aid, and no act.
const pause = 800;

export function startLooked(doc: Document): void {
  const told = new Set<string>();
  let due = new Map<string, URLSearchParams>(); // by claim and passage
  const tell = () => {
    for (const [name, body] of due) {
      told.add(name);
      void fetch(name.split(" ")[0]!, { method: "POST", body, headers: { Accept: "application/json" } }).catch(() => 0);
    }
    due = new Map();
  };
  const look = (event: Event) => {
    const item = (event.target as Element).closest<HTMLElement>("[data-choices] .ev[id]");
    const form = item?.querySelector<HTMLFormElement>("form.link");
    if (!item || !form) return;
    const url = new URL(form.action).pathname.replace(/\/evidence$/, "/looked");
    const name = `${url} ${item.id.slice(1)}`;
    if (told.has(name) || due.has(name)) return;
    if (due.size === 0) setTimeout(tell, pause);
    due.set(name, new URLSearchParams({ sentence: item.id.slice(1) }));
  };
  doc.addEventListener("desk:looked", look);
  doc.addEventListener("pointerdown", look);
  addEventListener("pagehide", tell);
}
