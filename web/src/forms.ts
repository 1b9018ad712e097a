// Forms keep what is typed.
//
// Contract: a form with data-keep="NAME" has its fields written to sessionStorage as they are typed, and filled from
// there when the page is opened again with them empty or unchanged (a crash, a lost session, a step back). Sending
// the form forgets them when the server's next page does not hold the same form any more; a form that comes back
// with a mistake has what was typed in it already. #saved in the masthead says what is kept, and when. A second press
// of a button while the form is on its way is ignored.

const prefix = "claimbench.kept.";

export function startForms(doc: Document): void {
  forgetSent(doc);
  restoreAll(doc);
  doc.addEventListener("input", event => {
    const form = (event.target as HTMLElement).closest<HTMLFormElement>("form[data-keep]");
    if (form) keep(doc, form);
  });
  doc.addEventListener("htmx:after:swap", () => restoreAll(doc));
  doc.addEventListener("submit", event => {
    const form = event.target as HTMLFormElement;
    if (form.method === "dialog" || form.method === "get" || form.hasAttribute("data-download")) return;
    if (form.dataset["sent"]) {
      event.preventDefault();
      return;
    }
    form.dataset["sent"] = "1";
    if (form.dataset["keep"]) sessionStorage.setItem(prefix + "sent", form.dataset["keep"]);
  });
  // A page shown again from the browser's cache may be sent again.
  addEventListener("pageshow", () => {
    for (const form of doc.querySelectorAll<HTMLFormElement>("form[data-sent]")) delete form.dataset["sent"];
  });
}

/** After a successful send the form is not on the page with a mistake: what was kept for it can go. */
function forgetSent(doc: Document): void {
  const sent = sessionStorage.getItem(prefix + "sent");
  if (sent === null) return;
  sessionStorage.removeItem(prefix + "sent");
  const form = formOf(doc, sent);
  const refused = form?.querySelector("[role=alert], .wrong") ?? null;
  if (!refused) sessionStorage.removeItem(prefix + sent);
}

function formOf(doc: Document, name: string): HTMLFormElement | undefined {
  return [...doc.querySelectorAll<HTMLFormElement>("form[data-keep]")].find(form => form.dataset["keep"] === name);
}

type Kept = Record<string, string[]>;

function keep(doc: Document, form: HTMLFormElement): void {
  const kept: Kept = {};
  for (const field of fields(form)) {
    const values = (kept[field.name] ??= []);
    if (field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio")) {
      if (field.checked) values.push(field.value);
    } else {
      values.push(field.value);
    }
  }
  try {
    sessionStorage.setItem(prefix + form.dataset["keep"], JSON.stringify(kept));
    say(doc, "ok", `Kept here ${new Date().toTimeString().slice(0, 8)}`);
  } catch {
    say(doc, "offline", "Not kept: this browser's storage is full");
  }
}

function restoreAll(doc: Document): void {
  for (const form of doc.querySelectorAll<HTMLFormElement>("form[data-keep]")) {
    if (form.dataset["restored"]) continue;
    form.dataset["restored"] = "1";
    const raw = sessionStorage.getItem(prefix + form.dataset["keep"]);
    if (raw === null || form.querySelector("[role=alert]")) continue;
    restore(form, JSON.parse(raw) as Kept);
    say(doc, "ok", "What you typed before is back");
  }
}

function restore(form: HTMLFormElement, kept: Kept): void {
  const used: Record<string, number> = {};
  for (const field of fields(form)) {
    const values = kept[field.name];
    if (!values) continue;
    if (field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio")) {
      field.checked = values.includes(field.value);
      continue;
    }
    const index = used[field.name] ?? 0;
    used[field.name] = index + 1;
    const value = values[index];
    if (value !== undefined && value !== "" && field.value !== value) field.value = value;
  }
}

/** Fields a person fills in; hidden ones (versions, ids) are the server's. */
function fields(form: HTMLFormElement): (HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement)[] {
  return [...form.elements]
    .filter(
      (field): field is HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement =>
        (field instanceof HTMLInputElement && !["hidden", "file", "password", "submit"].includes(field.type)) ||
        field instanceof HTMLTextAreaElement ||
        field instanceof HTMLSelectElement,
    )
    .filter(field => field.name !== "");
}

function say(doc: Document, state: string, words: string): void {
  const saved = doc.querySelector<HTMLElement>("#saved");
  if (!saved) return;
  saved.hidden = false;
  saved.dataset["state"] = state;
  saved.textContent = words;
}
