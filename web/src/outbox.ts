// The outbox keeps what was sent until the server has answered.
//
// Contract: a form[data-keep] without files is sent by fetch, with a key (_key) by which the server does it once
// however often it comes. Body and key lie in localStorage, apart for each user, from before the first byte is sent
// until an answer came (a browser that stores nothing asks whoever leaves: store.ts). Without an answer (no line, no
// server, 408, 412, 429, 502, 503, 504, or a 409 that says Retry-After) the entry stays, #saved says that 1 is
// waiting, and it is sent again when the browser is online, when a page is opened and from time to time. An answer
// that refuses is shown by sending the form in the browser's own way, which brings its page with what is wrong; when
// the form is not on the page, #saved links to the page it was typed on, and its words are put back there. Signing
// out empties the outbox. Nothing is sent in another person's name: the server compares X-Acting-As.

import { acted } from "./focus";
import { askToStay, local } from "./store";

const prefix = "claimbench.outbox.";
const keyField = "_key";
const firstPause = 2_000;
const longestPause = 60_000;

export interface Entry {
  key: string;
  keep: string; // the form's data-keep
  action: string;
  draft?: string; // where what is typed in the form is kept
  body: [string, string][];
  page: string; // where it was typed
  at: number; // when it was taken in (Date.now)
  refused?: boolean;
}

/** What the outbox tells the page: how many wait, and what became of one. */
export interface Told {
  waiting(count: number, refused: Entry | undefined, busy: boolean): void; // busy: a server answers, and cannot yet
  sent(entry: Entry): string | undefined; // where to go instead, for what was typed since
  busy(form: HTMLFormElement): void; // it is on its way
  ended(form: HTMLFormElement, well: boolean): void; // an answer was shown, or none came
  headers(form: HTMLFormElement | undefined): Record<string, string>;
  leads(address: URL): Promise<boolean>; // shows an address in its place; false: it is another page
  refused(form: HTMLFormElement, answer: Response): Promise<boolean>; // shows a refusal in the form's place
}

/** A key that no other request has. crypto.randomUUID is missing where a page came without TLS. */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map(b => b.toString(16).padStart(2, "0")).join("");
}

/** The key that the server gave to a form: known by it and by what is sent, so that a step back sends nothing twice. */
export function keyOf(form: HTMLFormElement): string | undefined {
  const key = form.querySelector<HTMLInputElement>(`input[name="${keyField}"]`)?.value;
  return key?.startsWith("form-") ? key : undefined;
}

/** Whether an answer leaves open what became of a request. */
export function isOpen(status: number, retryAfter: string | null): boolean {
  return [408, 412, 429, 502, 503, 504].includes(status) || (status === 409 && retryAfter !== null);
}

/** The name that somebody signs in with; what others call them need not be theirs alone. */
export function userOf(doc: Document): string {
  return doc.querySelector<HTMLElement>(".mast [data-user]")?.dataset["user"] ?? "";
}

export class Outbox {
  #pause = firstPause;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #busy = new Set<string>();
  /** The key under which what a form sent, or what was put back in it, waits. */
  readonly #of = new WeakMap<HTMLFormElement, string>();
  #serverBusy = false;

  constructor(
    private readonly doc: Document,
    private readonly user: string,
    private readonly told: Told,
  ) {}

  start(): void {
    if (this.user === "") return;
    this.#part();
    askToStay(/^claimbench\.(outbox|draft)\./);
    addEventListener("online", () => this.now());
    // Who comes back to the window, or finds the page in the browser's cache, need not wait for the next try.
    addEventListener("pageshow", event => event.persisted && this.now());
    this.doc.addEventListener("visibilitychange", () => {
      if (this.doc.visibilityState === "visible" && this.all().length > 0) this.now();
    });
    addEventListener("storage", event => {
      if (event.key?.startsWith(this.#name(""))) this.#tell();
    });
    this.#flush();
  }

  /** Sends what waits without waiting longer: somebody asks for it, or the line is back. */
  now(): void {
    this.#pause = firstPause;
    this.#flush();
  }

  /** What a page of an earlier program left waiting lies in one item. */
  #part(): void {
    const raw = local.getItem(prefix + this.user);
    if (raw === null) return;
    for (const [at, entry] of (JSON.parse(raw) as Entry[]).entries()) this.#save({ ...entry, at });
    local.removeItem(prefix + this.user);
  }

  #name(key: string): string {
    return `${prefix}${encodeURIComponent(this.user)}/${key}`;
  }

  all(): Entry[] {
    const out: Entry[] = [];
    for (const name of local.names()) {
      if (!name.startsWith(this.#name(""))) continue;
      try {
        out.push(JSON.parse(local.getItem(name) ?? "") as Entry);
      } catch {
        // taken away by another tab meanwhile, or not ours
      }
    }
    return out.sort((a, b) => a.at - b.at);
  }

  of(keep: string): Entry | undefined {
    return this.all().find(entry => entry.keep === keep);
  }

  /** Says that what waits stands in a form again: what is sent from there next takes its place. */
  back(form: HTMLFormElement, entry: Entry): void {
    this.#of.set(form, entry.key);
  }

  /** Empties the outbox: somebody signs out. */
  clear(): void {
    for (const { key } of this.all()) this.drop(key);
    clearTimeout(this.#timer);
  }

  /** Whether something for an address waits to be sent. */
  waits(action: string): boolean {
    return this.all().some(entry => entry.action === action && !entry.refused);
  }

  /** Whether the form whose draft is kept at an address waits to be sent. */
  waitsFor(draft: string): boolean {
    return this.all().some(entry => entry.draft === draft && !entry.refused);
  }

  /** Takes a form in and sends it; false when it cannot be kept and the browser should send it. */
  take(form: HTMLFormElement, submitter: HTMLElement | null): boolean {
    if (this.user === "") return false;
    const body = [...new FormData(form, submitter)].filter(
      (pair): pair is [string, string] => typeof pair[1] === "string" && pair[0] !== keyField,
    );
    const keep = form.dataset["keep"] ?? "";
    // What another tab has waiting of the same form stays: its words were never in this one.
    const before = this.all().find(entry => entry.keep === keep && entry.key === this.#of.get(form));
    const same = before && JSON.stringify(before.body) === JSON.stringify(body);
    const entry: Entry = {
      key: same ? before.key : (keyOf(form) ?? newKey()),
      keep,
      action: new URL(form.action, location.href).pathname,
      ...(form.dataset["draft"] ? { draft: form.dataset["draft"] } : {}),
      body,
      page: location.pathname + location.search,
      at: Date.now(),
    };
    if (before) this.drop(before.key);
    this.#of.set(form, entry.key);
    this.#save(entry);
    void this.#send(entry, form);
    return true;
  }

  drop(key: string): void {
    local.removeItem(this.#name(key));
  }

  #save(entry: Entry): void {
    local.setItem(this.#name(entry.key), JSON.stringify(entry));
  }

  #flush(): void {
    clearTimeout(this.#timer);
    for (const entry of this.all()) {
      if (!entry.refused) void this.#send(entry, formOf(this.doc, entry.keep));
    }
    this.#tell();
  }

  #tell(): void {
    const all = this.all();
    this.told.waiting(all.filter(entry => !entry.refused).length, all.find(entry => entry.refused), this.#serverBusy);
  }

  #later(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#flush(), this.#pause);
    this.#pause = Math.min(longestPause, this.#pause * 2);
    this.#tell();
  }

  async #send(entry: Entry, form: HTMLFormElement | undefined): Promise<void> {
    if (this.#busy.has(entry.key)) return;
    this.#busy.add(entry.key);
    let well = false;
    if (form) this.told.busy(form);
    try {
      const answer = await post(entry, this.user, this.told.headers(form));
      this.#serverBusy = isOpen(answer.status, answer.headers.get("Retry-After"));
      if (this.#serverBusy) this.#later();
      else {
        await this.#answered(entry, form, answer);
        well = answer.ok;
      }
    } catch {
      this.#serverBusy = false;
      this.#later(); // no answer
    } finally {
      this.#busy.delete(entry.key);
      if (form) this.told.ended(form, well);
    }
  }

  async #answered(entry: Entry, form: HTMLFormElement | undefined, answer: Response): Promise<void> {
    this.#pause = firstPause;
    const there = form?.isConnected === true && form.dataset["keep"] === entry.keep;
    if (answer.ok) {
      this.drop(entry.key);
      const since = this.told.sent(entry);
      if (there) {
        await this.#follow(since ?? answer.headers.get("Location"));
      } else {
        this.#tell();
        this.doc.dispatchEvent(new CustomEvent("desk:sent")); // what this page shows is older
      }
    } else if (there && form.dataset["sent"]) {
      this.drop(entry.key);
      if (!(await this.told.refused(form, answer))) sendPlainly(form, entry);
    } else {
      if (this.all().some(other => other.key === entry.key)) this.#save({ ...entry, refused: true });
      this.#tell();
    }
  }

  /** Goes where the server says; an address that differs in its fragment only would not be read anew. */
  async #follow(next: string | null): Promise<void> {
    const to = new URL(next ?? location.href, location.href);
    if (await this.told.leads(to)) {
      this.#tell();
      return;
    }
    acted();
    if (to.pathname + to.search !== location.pathname + location.search) {
      location.assign(to);
      return;
    }
    history.replaceState(history.state, "", to);
    location.reload();
  }
}

function formOf(doc: Document, keep: string): HTMLFormElement | undefined {
  return [...doc.querySelectorAll<HTMLFormElement>("form[data-keep]")].find(form => form.dataset["keep"] === keep);
}

function post(entry: Entry, user: string, more: Record<string, string>): Promise<Response> {
  const body = new URLSearchParams(entry.body);
  body.append(keyField, entry.key);
  return fetch(entry.action, {
    method: "POST",
    body,
    redirect: "manual",
    keepalive: body.toString().length < 60_000, // the browser's limit for what outlives its page
    headers: { ...more, Accept: "text/html", Prefer: "return=minimal", "X-Acting-As": encodeURIComponent(user) },
  });
}

/** Sends an entry as the browser sends a form: what was taken in, once, whatever stands in the fields now. */
function sendPlainly(form: HTMLFormElement, entry: Entry): void {
  const doc = form.ownerDocument;
  const plain = doc.createElement("form");
  plain.method = "post";
  plain.action = entry.action;
  plain.hidden = true;
  acted();
  for (const [name, value] of [...entry.body, [keyField, entry.key] as const]) {
    const field = doc.createElement("textarea"); // it keeps line breaks
    field.name = name;
    field.value = value;
    plain.append(field);
  }
  doc.body.append(plain);
  HTMLFormElement.prototype.submit.call(plain);
}
