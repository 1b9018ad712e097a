// Forms keep what is typed.
//
// Contract: a form with data-keep="NAME" has its fields written to sessionStorage as they are typed, and filled from
// there when the page is opened again with them empty or unchanged (a crash, a lost session, a step back). It is sent
// through the outbox (outbox.ts), and what was kept for it is forgotten only when the server has answered that it was
// done: by the outbox's answer or, for a form with a file, by the cookie "sent", which holds the key that the form
// carried. #saved in the masthead says what is kept, and when, and what waits to be sent. A second press of a button
// while the form is on its way is ignored.
import { type Entry, newKey, Outbox, userOf } from "./outbox";

const prefix = "claimbench.kept.";
const sentKeys = prefix + "sent"; // a form's name and key, of forms that the browser itself sent

export function startForms(doc: Document): void {
  forgetSent(doc);
  const outbox = new Outbox(doc, userOf(doc), {
    waiting: (count, refused, busy) => sayWaiting(doc, count, refused, busy),
    sent: entry => sessionStorage.removeItem(prefix + entry.keep),
  });
  restoreAll(doc, outbox);
  outbox.start();
  doc.addEventListener("input", event => {
    const form = (event.target as HTMLElement).closest<HTMLFormElement>("form[data-keep]");
    if (form) keep(doc, form);
  });
  doc.addEventListener("htmx:after:swap", () => restoreAll(doc, outbox));
  doc.addEventListener("submit", event => {
    const form = event.target as HTMLFormElement;
    const submitter = event.submitter;
    const method = submitter?.getAttribute("formmethod") ?? form.method;
    if (method !== "post" || form.hasAttribute("data-download")) return;
    if (form.dataset["sent"]) {
      event.preventDefault();
      return;
    }
    form.dataset["sent"] = "1";
    if (new URL(form.action, location.href).pathname === "/sign-out") signOut(outbox);
    else if (form.dataset["keep"]) sendKept(event, form, outbox);
  });
  // A page shown again from the browser's cache may be sent again.
  addEventListener("pageshow", () => {
    for (const form of doc.querySelectorAll<HTMLFormElement>("form[data-sent]")) delete form.dataset["sent"];
  });
}

/** Gives a form to the outbox, or, with a file in it, a key of its own. */
function sendKept(event: SubmitEvent, form: HTMLFormElement, outbox: Outbox): void {
  const elsewhere = event.submitter?.hasAttribute("formaction") ?? false;
  if (form.enctype !== "multipart/form-data" && !elsewhere && outbox.take(form, event.submitter)) {
    event.preventDefault();
    return;
  }
  const key = newKey();
  let field = form.querySelector<HTMLInputElement>('input[name="_key"]');
  if (!field) {
    field = form.ownerDocument.createElement("input");
    field.type = "hidden";
    field.name = "_key";
    form.append(field);
  }
  field.value = key;
  sessionStorage.setItem(sentKeys, JSON.stringify([form.dataset["keep"], key]));
}

/** Nothing of a person stays in the browser when they sign out. */
function signOut(outbox: Outbox): void {
  outbox.clear();
  for (const name of Object.keys(sessionStorage)) {
    if (name.startsWith(prefix)) sessionStorage.removeItem(name);
  }
}

/** When the server says by its cookie that the form was done, what was kept for it can go. */
function forgetSent(doc: Document): void {
  const raw = sessionStorage.getItem(sentKeys);
  if (raw === null) return;
  const [name, key] = JSON.parse(raw) as [string, string];
  if (!doc.cookie.split("; ").includes("sent=" + key)) return; // no answer, or a refusal
  sessionStorage.removeItem(sentKeys);
  sessionStorage.removeItem(prefix + name);
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

function restoreAll(doc: Document, outbox: Outbox): void {
  for (const form of doc.querySelectorAll<HTMLFormElement>("form[data-keep]")) {
    if (form.dataset["restored"]) continue;
    form.dataset["restored"] = "1";
    const name = form.dataset["keep"] ?? "";
    const raw = sessionStorage.getItem(prefix + name);
    const entry = outbox.of(name);
    if ((raw === null && !entry) || form.querySelector("[role=alert]")) continue;
    restore(form, entry ? keptOf(entry) : (JSON.parse(raw ?? "{}") as Kept));
    if (entry?.refused) outbox.drop(entry.key); // it is in the form again, to be mended
    say(doc, "ok", "What you typed before is back");
  }
}

/** What waits in the outbox, as a form's fields. */
function keptOf(entry: Entry): Kept {
  const kept: Kept = {};
  for (const [name, value] of entry.body) (kept[name] ??= []).push(value);
  return kept;
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

/** Says what waits to be sent; a form that was refused meanwhile is named by the page where it was typed. */
function sayWaiting(doc: Document, count: number, refused: Entry | undefined, busy: boolean): void {
  if (refused) {
    const link = doc.createElement("a");
    link.href = refused.page;
    link.textContent = "open it";
    say(doc, "conflict", "Not taken, and kept here: ");
    doc.querySelector("#saved")?.append(link);
  } else if (count > 0) {
    say(doc, "offline", `${busy ? "The server is busy" : "Offline"}, ${count} waiting`);
  } else if (doc.querySelector<HTMLElement>("#saved")?.dataset["state"] === "offline") {
    say(doc, "ok", "Sent");
  }
}
