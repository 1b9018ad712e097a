// Forms keep what is typed.
//
// Contract: a form with data-keep="NAME" has its fields written to sessionStorage as they are typed, and filled from
// there when the page is opened again with them empty or unchanged (a crash, a lost session, a step back); one with
// data-draft besides is kept on the server (drafts.ts). It is sent
// through the outbox (outbox.ts), and what was kept for it is forgotten only when the server has answered that it was
// done: by the outbox's answer or, for a form with a file, by the cookie "sent", which holds the key that the form
// carried. #saved in the masthead says what is kept, and when, and what waits to be sent. A second press of a button
// while the form is on its way is ignored.
import { Drafts } from "./drafts";
import { type Kept, read, restore } from "./fields";
import { type Entry, keyOf, newKey, Outbox, userOf } from "./outbox";
import { askedAt, inWork, put, turnTo, workHeaders } from "./parts";
import { say } from "./saved";
import { session } from "./store";
import { showStuck } from "./stuck";

const prefix = "claimbench.kept.";
const later = prefix + "later."; // with a form's name: what is kept was typed after the form was sent off
const sentKeys = prefix + "sent"; // a form's name and key, of forms that the browser itself sent

export function startForms(doc: Document): void {
  forgetSent(doc);
  const drafts = new Drafts(doc, userOf(doc), url => outbox.waitsFor(url));
  const under = new WeakSet<HTMLFormElement>(); // on their way, said by desk:busy; the answer may take a form away
  const outbox: Outbox = new Outbox(doc, userOf(doc), {
    waiting: (count, refused, busy) => sayWaiting(doc, count, refused, busy, () => outbox.now()),
    busy: form => {
      if (!inWork(form)) return;
      under.add(form);
      doc.dispatchEvent(new CustomEvent("desk:busy"));
    },
    ended: (form, well) => {
      if (!under.delete(form)) return;
      if (!outbox.waits(new URL(form.action, location.href).pathname)) delete form.dataset["sent"];
      doc.dispatchEvent(new CustomEvent("desk:done", { detail: well }));
    },
    headers: form => (form && inWork(form) ? workHeaders() : {}),
    leads: address => turnTo(doc, address),
    refused: async (form, answer) => {
      if (!inWork(form) || !answer.headers.get("Content-Type")?.includes("html")) return false;
      const target = answer.headers.get("HX-Retarget") ?? "#work";
      await put(doc, await answer.text(), target, answer.headers.get("HX-Reswap") ?? "innerMorph");
      return true;
    },
    sent: entry => {
      if (session.getItem(later + entry.keep) === null) session.removeItem(prefix + entry.keep);
      session.removeItem(later + entry.keep);
      done.add(entry.keep);
      if (/^(Kept here|Saved) /.test(doc.querySelector("#saved")?.textContent ?? "")) say(doc, "ok", "Sent");
      return entry.draft === undefined ? undefined : drafts.sent(entry.draft);
    },
  });
  restoreAll(doc, outbox, drafts, performance.now());
  drafts.start();
  showStuck(doc, drafts);
  outbox.start();
  doc.addEventListener("input", event => {
    const field = event.target as HTMLElement & { form?: HTMLFormElement | null };
    const form = field.form?.matches("form[data-keep]") ? field.form : null;
    if (form?.dataset["draft"]) drafts.typed(form);
    else if (form) keep(doc, form, outbox);
  });
  doc.addEventListener("htmx:after:swap", event => restoreAll(doc, outbox, drafts, askedAt(event)));
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
    if (new URL(form.action, location.href).pathname === "/sign-out") {
      event.preventDefault();
      void signOut(form, outbox, drafts);
      return;
    }
    if (form.hasAttribute("hx-post")) return; // it has its key, and htmx sends it
    if (form.dataset["draft"]) drafts.hold(form);
    sendKept(event, form, outbox);
  });
  // One that htmx sent and that was refused in its place may be sent again.
  doc.addEventListener("htmx:finally:request", event => {
    const form = (event as CustomEvent<{ ctx?: { sourceElement?: unknown } }>).detail.ctx?.sourceElement;
    if (form instanceof HTMLFormElement) delete form.dataset["sent"];
  });
  // Before htmx reads the fields: what it sends has a key, too.
  const early = (event: Event) => {
    const form = event.target as HTMLFormElement;
    if (form.hasAttribute("hx-post")) carryKey(form);
  };
  doc.addEventListener("submit", early, true);
  // A page shown again from the browser's cache may be sent again.
  addEventListener("pageshow", () => {
    for (const form of doc.querySelectorAll<HTMLFormElement>("form[data-sent]")) delete form.dataset["sent"];
  });
}

/**
 * Gives a form to the outbox. What the browser itself sends (with a file, without anything typed) has a key of its own,
 * so that it is done once, however often it is sent.
 */
function sendKept(event: SubmitEvent, form: HTMLFormElement, outbox: Outbox): void {
  const elsewhere = event.submitter?.hasAttribute("formaction") ?? false;
  const kept = form.dataset["keep"];
  if (kept && form.enctype !== "multipart/form-data" && !elsewhere && outbox.take(form, event.submitter)) {
    event.preventDefault();
    return;
  }
  const key = carryKey(form);
  if (kept) session.setItem(sentKeys, JSON.stringify([kept, key]));
}

/**
 * Sees to it that a form has a key: the server's, which it keeps when a page is gone back to, or, for one that stays on
 * its page when it was sent, a key that no request had.
 */
function carryKey(form: HTMLFormElement): string {
  const given = keyOf(form);
  if (given && !form.hasAttribute("hx-post")) return given;
  let field = form.querySelector<HTMLInputElement>('input[name="_key"]');
  if (!field) {
    field = form.ownerDocument.createElement("input");
    field.type = "hidden";
    field.name = "_key";
    form.append(field);
  }
  return (field.value = newKey());
}

/** Nothing of a person stays in the browser when they sign out; what they typed last goes to the server before. */
async function signOut(form: HTMLFormElement, outbox: Outbox, drafts: Drafts): Promise<void> {
  await drafts.last();
  drafts.clear();
  outbox.clear();
  for (const name of session.names()) {
    if (name.startsWith(prefix)) session.removeItem(name);
  }
  HTMLFormElement.prototype.submit.call(form);
}

/** When the server says by its cookie that the form was done, what was kept for it can go. */
function forgetSent(doc: Document): void {
  const raw = session.getItem(sentKeys);
  if (raw === null) return;
  const [name, key] = JSON.parse(raw) as [string, string];
  if (!doc.cookie.split("; ").includes("sent=" + key)) return; // no answer, or a refusal
  session.removeItem(sentKeys);
  session.removeItem(prefix + name);
}

function keep(doc: Document, form: HTMLFormElement, outbox: Outbox): void {
  const kept = read(form);
  const name = form.dataset["keep"] ?? "";
  const stays = session.setItem(prefix + name, JSON.stringify(kept));
  if (outbox.of(name)) session.setItem(later + name, "1");
  else session.removeItem(later + name);
  if (stays) say(doc, "ok", `Kept here ${new Date().toTimeString().slice(0, 8)}`);
  else say(doc, "offline", "Not kept: this browser stores nothing");
}

const names = new WeakMap<HTMLFormElement, string>();
const done = new Set<string>(); // the names of forms that were sent well and not shown anew since

/**
 * A form that a swap made into another one (the next claim's), or that was sent and is shown anew, must not keep what
 * was typed into the one before: its fields have the server's values.
 */
function renewed(form: HTMLFormElement): void {
  const before = names.get(form);
  const now = form.dataset["keep"] ?? "";
  names.set(form, now);
  const sent = done.delete(now);
  if (!sent && (before === undefined || before === now)) return;
  form.reset();
  delete form.dataset["restored"];
  delete form.dataset["sent"];
}

/** Puts what was typed into the forms that a page or a part of it brought, asked for at a time (performance.now). */
function restoreAll(doc: Document, outbox: Outbox, drafts: Drafts, asked: number): void {
  for (const form of doc.querySelectorAll<HTMLFormElement>("form[data-keep]")) {
    renewed(form);
    if (form.dataset["restored"]) {
      if (form.dataset["draft"]) drafts.still(form);
      continue;
    }
    form.dataset["restored"] = "1";
    const name = form.dataset["keep"] ?? "";
    const raw = session.getItem(prefix + name);
    const entry = outbox.of(name);
    const newer = drafts.newer(form);
    if (form.dataset["draft"] && !entry) {
      if (newer || !form.querySelector("[role=alert]")) drafts.restore(form, asked);
      continue;
    }
    // What was refused is in the form already, and what was found in a file is newer than what was typed before.
    const filled = form.querySelector("[role=alert]") !== null || "found" in form.dataset;
    if ((raw === null && !entry) || filled) continue;
    if (entry) outbox.back(form, entry);
    const typed = raw !== null && session.getItem(later + name) !== null ? (JSON.parse(raw) as Kept) : newer;
    restore(form, typed ?? (entry ? keptOf(entry) : (JSON.parse(raw ?? "{}") as Kept)));
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

/** Says what waits to be sent; a form that was refused meanwhile is named by the page where it was typed. */
function sayWaiting(
  doc: Document,
  count: number,
  refused: Entry | undefined,
  busy: boolean,
  sendNow: () => void,
): void {
  if (refused) {
    const link = doc.createElement("a");
    link.href = refused.page;
    link.textContent = "open it";
    say(doc, "conflict", "Not taken, and kept here: ");
    doc.querySelector("#saved")?.append(link);
  } else if (count > 0) {
    say(doc, "offline", `${busy ? "The server is busy" : "Offline"}, ${count} waiting`, {
      word: "Send now",
      run: sendNow,
    });
  } else if (doc.querySelector<HTMLElement>("#saved")?.dataset["state"] === "offline") {
    say(doc, "ok", "Sent");
  }
}
