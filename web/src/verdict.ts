// Unverified asks what was searched, and relies only on what the person ticked or linked.
//
// Contract: input[data-usual] of #relied is an item that is ticked because nothing was chosen yet; where unverified is
// chosen, it is not, unless this person linked it (data-mine) or ticks it. With the reason no_evidence no item is
// ticked, until one is ticked then. What was so unticked is ticked again with another choice; while some is, the
// paragraph [data-unticked="others"] or [data-unticked="none"] says why.
// Contract: textarea[data-proposed] holds what this person searched for the claim, as a note, and [data-proposes] of a
// panel what it is since; what the machine looked through is in [data-looked] of the panels of #work. When unverified
// is chosen and nothing is typed, both are put in,
// to be edited; what was put in and not touched follows what is searched since. A form that is sent without a note
// waits while a panel that may have something to add is still coming, and so do the keys pressed meanwhile.
export function startVerdict(doc: Document): void {
  const ended = new WeakMap<Element, string | null>(); // panels whose request has ended, well or not, and for what
  let waiting: { form: HTMLFormElement; by: HTMLElement | null; action: string } | undefined;
  const coming = () =>
    [...doc.querySelectorAll('#work [hx-trigger="load"]')].some(p => ended.get(p) !== p.getAttribute("hx-get"));
  /** Sends what waits, once its note is there or nothing more can come. */
  const goOn = () => {
    propose(doc);
    if (!waiting) return;
    const { form, by, action } = waiting;
    const note = noteOf(doc);
    const same = note?.form === form && form.action === action; // neither the claim nor the verdict changed meanwhile
    if (same && note.value.trim() === "" && coming()) return;
    waiting = undefined;
    doc.dispatchEvent(new CustomEvent("desk:done", { detail: same }));
    if (same) form.requestSubmit(by?.isConnected ? by : null);
  };
  doc.addEventListener("input", event => {
    const radio = event.target;
    if (!(radio instanceof HTMLInputElement)) return;
    if (radio.name === "evidence") {
      delete radio.dataset["usual"];
      unticked.delete(radio);
      tell(radio.form);
    }
    if (radio.name === "verdict" || radio.name.startsWith("reason_")) tick(radio.form);
    if (radio.name === "verdict") propose(doc);
  });
  doc.addEventListener("htmx:after:swap", goOn);
  doc.addEventListener("htmx:finally:request", event => {
    const source = (event as CustomEvent<{ ctx?: { sourceElement?: unknown } }>).detail.ctx?.sourceElement;
    if (source instanceof Element) ended.set(source, source.getAttribute("hx-get"));
    setTimeout(goOn, 0); // after what it brought is in its place
  });
  // Before anything else sends the form, whatever pressed it.
  const early = (event: SubmitEvent) => {
    const note = noteOf(doc);
    if (!note || event.target !== note.form) return;
    propose(doc); // a panel may be in its place already, and not yet announced
    if (note.value.trim() !== "" || !coming()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!waiting) doc.dispatchEvent(new CustomEvent("desk:busy"));
    waiting = { form: note.form!, by: event.submitter, action: note.form!.action };
  };
  doc.addEventListener("submit", early, true);
}

const unticked = new WeakSet<Element>(); // items that are not ticked because of the verdict or its reason

/** Ticks the items that go with the verdict and the reason that are chosen. */
function tick(form: HTMLFormElement | null): void {
  for (const item of itemsOf(form)) {
    const away = reliesOn(form) === "none" || (reliesOn(form) === "own" && isOthers(item));
    if (away && item.checked) unticked.add(item);
    else if (away || !unticked.delete(item)) continue;
    item.checked = !away;
  }
  tell(form);
}

/** Says why items are not ticked, where some are not. */
function tell(form: HTMLFormElement | null): void {
  const some = itemsOf(form).some(item => unticked.has(item));
  const why = !some ? "" : reliesOn(form) === "none" ? "none" : "others";
  for (const told of form?.querySelectorAll<HTMLElement>("[data-unticked]") ?? []) {
    told.hidden = told.dataset["unticked"] !== why;
  }
}

function itemsOf(form: HTMLFormElement | null): HTMLInputElement[] {
  return [...(form?.querySelectorAll<HTMLInputElement>('#relied input[name="evidence"]') ?? [])];
}

/** Whether an item is ticked only because nothing was chosen yet, and somebody else linked it. */
function isOthers(item: HTMLInputElement): boolean {
  return item.dataset["usual"] !== undefined && item.dataset["mine"] === undefined;
}

/** What the verdict and the reason that are chosen rely on: all items, those of this person, or none. */
function reliesOn(form: HTMLFormElement | null): "all" | "own" | "none" {
  if (!form?.querySelector('input[name="verdict"][value="unverified"]:checked')) return "all";
  return form.querySelector('input[name="reason_unverified"][value="no_evidence"]:checked') ? "none" : "own";
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
