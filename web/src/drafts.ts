// Drafts keep what is typed of a review, or in another form of a claim, on the server, and in the browser until the
// server has it.
//
// Contract: form[data-draft="URL"]. A review's form has hidden fields draft (the version that the page was made of),
// since and seen. Any other form has data-version in the place of draft; its URL ends in /drafts/NAME and takes all of
// its fields, with words_version and revision where it has them.
// What is typed goes to localStorage at once, apart for each user, tab and URL, and to URL soon after. The answer takes
// it out of localStorage; without one it stays, is sent again when the line is back, and comes back into the form
// when the page is opened. When another tab or device saved something else, both are shown in the form, and the person
// says which to keep. Sending the review ends its draft, but not what was typed while it waited; signing
// out empties the browser.
// A part of the page that was asked for before a saving was answered may be made of what was there before it: then what
// was saved is put into its form (known). While the browser leaves the page, the next one may be such a part, so
// localStorage keeps what is saved meanwhile.
import { type Kept, offered, read, restore } from "./fields";
import { isOpen, newKey } from "./outbox";
import { say } from "./saved";

const prefix = "claimbench.draft.";
const tabKey = "claimbench.tab";
const pauseTyping = 700;
const longestPause = 4_000;
const retryAfter = 5_000;
const lastWords = 2_000;
const leavesWithin = 10_000; // a browser that said that it leaves the page and is there still does not
const tabLeft = 150_000; // what a tab keeps and does not touch for so long is another tab's to send

/** What is typed and not known to be on the server. */
interface Typed {
  fields: Kept;
  boxes: Kept; // those that could be ticked
  base: number; // the version that it builds on
  since: string;
  seen: string;
  at?: number; // when its tab last touched it
  held?: boolean; // it is on its way as a review: kept until that is answered, and not saved
  after?: boolean; // something was typed after the review was sent off
}

/** What the server says of a draft. */
interface Answer {
  version: number;
  verdict?: string;
  reason?: string;
  confidence?: string;
  rationale?: string;
  searched?: string;
  evidence?: number[];
  sent?: boolean;
  fields?: Kept; // of another form than a review
}

/** The forms that keep drafts: where they are sent, where their drafts are kept, and the page on which they stand. */
const forms = [
  { action: "/reviews", draft: "/draft", page: "/review" },
  { action: "/adjudications", draft: "/drafts/adjudication", page: "/adjudicate" },
  { action: "/approvals", draft: "/drafts/approval", page: "/approve" },
  { action: "/comments", draft: "/drafts/comment", page: "" },
  { action: "/edit", draft: "/drafts/edit", page: "/edit" },
  { action: "/split", draft: "/drafts/split", page: "/edit?open=split" },
  { action: "/glosses", draft: "/drafts/gloss", page: "" },
  { action: "/questions", draft: "/drafts/question", page: "/adjudicate" },
  { action: "/answers", draft: "/drafts/answer", page: "" },
];

/** The fields whose words are shown when two drafts differ. */
const said = [
  ...["verdict", "rationale", "searched", "explanation", "text"],
  ...["statement", "part_statement", "gloss", "question", "answer"],
];

/** The address beside one, from one part of a form to another: the action's draft, the draft's page. */
function beside(url: string, from: keyof (typeof forms)[number], to: keyof (typeof forms)[number]): string {
  const form = forms.find(form => url.endsWith(form[from]));
  return form ? url.slice(0, url.length - form[from].length) + form[to] : url;
}

export class Drafts {
  #timers = new Map<string, ReturnType<typeof setTimeout>>();
  #waitingSince = new Map<string, number>();
  #sending = new Map<string, Promise<void>>();
  #versions = new Map<string, number>(); // by URL, as the server said last
  #known = new Map<string, { typed: Typed; at: number }>(); // by URL, what this page saved last, and when
  #leaving: ReturnType<typeof setTimeout> | undefined;
  readonly #tab = tabName();

  constructor(
    private readonly doc: Document,
    private readonly user: string,
    private readonly waits: (action: string) => boolean, // whether a review waits in the outbox
  ) {}

  start(): void {
    if (this.user === "") return;
    addEventListener("online", () => this.#flush());
    whenHidden(this.doc, () => this.#flush());
    addEventListener("beforeunload", () => this.#leaves());
    addEventListener("pageshow", () => this.#stays());
    this.#adopt();
    this.#flush();
  }

  /** Something was typed in a form. */
  typed(form: HTMLFormElement): void {
    const url = form.dataset["draft"] ?? "";
    const hidden = (name: string) => form.querySelector<HTMLInputElement>(`input[name="${name}"]`)?.value ?? "0";
    const before = this.#kept(url);
    const base = Math.max(versionOf(form), this.#versions.get(url) ?? 0, before?.base ?? 0);
    const typed = { fields: fieldsOf(form), boxes: offered(form), base, since: hidden("since"), seen: hidden("seen") };
    const held = before?.held === true && this.waits(beside(url, "draft", "action"));
    const after = held && (before.after === true || JSON.stringify(before.fields) !== JSON.stringify(typed.fields));
    if (!this.#store(url, { ...typed, held, after })) {
      say(this.doc, "offline", "Not kept: this browser's storage is full");
    }
    if (!held && !this.#asks(url)) this.#soon(url);
  }

  /** Brings back into a form what the server has not got, or had not when the form was asked for (performance.now). */
  restore(form: HTMLFormElement, asked: number): void {
    const url = form.dataset["draft"] ?? "";
    this.#adopt();
    const typed = this.#kept(url);
    const page = versionOf(form);
    if (this.user === "") return;
    const known = this.#known.get(url);
    if (!typed && known && asked <= known.at && page < known.typed.base) {
      restore(form, known.typed.fields, known.typed.boxes, true);
      return;
    }
    if (!typed) return;
    const there = fieldsOf(form);
    restore(form, typed.fields, typed.boxes, true);
    if (JSON.stringify(fieldsOf(form)) === JSON.stringify(there)) {
      this.#drop(url);
      return;
    }
    const since = form.querySelector<HTMLInputElement>('input[name="since"]')?.value ?? "0";
    this.#store(url, { ...typed, since, held: false, after: false });
    if (typed.after) this.#note(form);
    say(this.doc, "ok", "What you typed before is back");
    if (page > typed.base) this.#ask(form, url, page, there);
    else this.#soon(url);
  }

  /** The form is on its way: what is typed is in the outbox, and must not come to the server after it. */
  hold(form: HTMLFormElement): void {
    const url = form.dataset["draft"] ?? "";
    this.typed(form);
    this.#calm(url);
    const typed = this.#kept(url);
    if (typed) this.#store(url, { ...typed, held: true, after: false });
  }

  /**
   * A review was sent, and its draft with it. What was typed while it waited is a draft of its own: then this gives the
   * page where it comes back.
   */
  sent(action: string): string | undefined {
    const url = beside(action, "action", "draft");
    const typed = this.#kept(url);
    this.#calm(url);
    this.#versions.delete(url);
    this.#known.delete(url);
    if (!typed?.after) {
      this.#drop(url);
      return undefined;
    }
    this.#store(url, { ...typed, base: 0, held: false });
    return beside(url, "draft", "page");
  }

  /** What was typed in a form after its review was sent off, if anything was. */
  newer(form: HTMLFormElement): Kept | undefined {
    const typed = this.user === "" ? undefined : this.#kept(form.dataset["draft"] ?? "");
    return typed?.after ? typed.fields : undefined;
  }

  #note(form: HTMLFormElement): void {
    const box = this.doc.createElement("p");
    box.className = "note";
    box.setAttribute("role", "status");
    box.textContent = form.querySelector("[role=alert]")
      ? "What stands here is what you typed after you sent it."
      : "Your review was sent. What you typed after that stands here as a draft, and is not sent.";
    form.prepend(box);
  }

  /** Sends what was typed last, and waits for it a little. */
  async last(): Promise<void> {
    this.#adopt(true);
    this.#flush();
    await Promise.race([Promise.all(this.#sending.values()), new Promise(done => setTimeout(done, lastWords))]);
  }

  clear(): void {
    const mine = this.#name("", "");
    for (const name of Object.keys(localStorage)) if (name.startsWith(mine)) localStorage.removeItem(name);
    for (const url of [...this.#timers.keys()]) this.#calm(url);
    this.#known.clear();
  }

  /** The browser goes to another page, which may be made already. */
  #leaves(): void {
    clearTimeout(this.#leaving);
    this.#leaving = setTimeout(() => this.#stays(), leavesWithin);
  }

  /** It does not, or it is back. */
  #stays(): void {
    if (this.#leaving === undefined) return;
    clearTimeout(this.#leaving);
    this.#leaving = undefined;
    this.#flush();
  }

  #name(url: string, tab = this.#tab + " "): string {
    return `${prefix}${encodeURIComponent(this.user)} ${tab}${url}`;
  }

  #all(): string[] {
    const mine = this.#name("");
    return Object.keys(localStorage)
      .filter(name => name.startsWith(mine))
      .map(name => name.slice(mine.length));
  }

  /** Takes over what a tab that is gone had kept, or (whole) what any tab has. */
  #adopt(whole = false): void {
    const mine = this.#name("", "");
    for (const name of Object.keys(localStorage)) {
      const [tab, url] = name.startsWith(mine) ? name.slice(mine.length).split(" ") : [];
      if (!url || tab === this.#tab || localStorage.getItem(this.#name(url)) !== null) continue;
      const typed = JSON.parse(localStorage.getItem(name) ?? "{}") as Typed;
      if (!whole && Date.now() - (typed.at ?? 0) < tabLeft) continue;
      if (this.#store(url, typed)) localStorage.removeItem(name);
    }
  }

  #kept(url: string): Typed | undefined {
    const raw = localStorage.getItem(this.#name(url));
    return raw === null ? undefined : (JSON.parse(raw) as Typed);
  }

  #store(url: string, typed: Typed): boolean {
    try {
      localStorage.setItem(this.#name(url), JSON.stringify({ ...typed, at: Date.now() }));
      return true;
    } catch {
      return false;
    }
  }

  #drop(url: string): void {
    localStorage.removeItem(this.#name(url));
  }

  #calm(url: string): void {
    clearTimeout(this.#timers.get(url));
    this.#timers.delete(url);
    this.#waitingSince.delete(url);
  }

  #soon(url: string, pause = pauseTyping): void {
    const since = this.#waitingSince.get(url) ?? Date.now();
    clearTimeout(this.#timers.get(url));
    this.#waitingSince.set(url, since);
    const most = Math.max(0, since + longestPause - Date.now());
    this.#timers.set(
      url,
      setTimeout(() => this.#send(url), pause === pauseTyping ? Math.min(pause, most) : pause),
    );
  }

  #flush(): void {
    for (const url of this.#all()) if (!this.#asks(url)) this.#send(url);
  }

  #send(url: string): void {
    this.#calm(url);
    if (this.#sending.has(url)) return; // its end looks again
    const typed = this.#kept(url);
    if (!typed || typed.held) return;
    const done = this.#post(url, typed).finally(() => this.#sending.delete(url));
    this.#sending.set(url, done);
  }

  async #post(url: string, typed: Typed): Promise<void> {
    let answer: Response;
    try {
      answer = await fetch(url, request(url, typed, this.user));
    } catch {
      this.#unheard(url, "Offline, kept in this browser");
      return;
    }
    const said = (await answer.json().catch(() => ({}))) as Answer & { context?: Answer; detail?: string };
    if (answer.ok) this.#saved(url, typed, said.version);
    else if (isOpen(answer.status, answer.headers.get("Retry-After"))) {
      this.#unheard(url, "The server is busy; kept in this browser");
    } else if (!this.#kept(url) || this.#kept(url)?.held) return;
    else if (answer.status === 409 && said.context?.sent && said.context.version) {
      // Another form than a review was sent meanwhile: what stands here was typed besides, and is a draft of its own.
      this.#store(url, { ...typed, ...this.#kept(url), base: said.context.version });
      this.#soon(url);
    } else if (answer.status === 409 && said.context?.version) {
      const form = this.#formOf(url);
      if (form) this.#ask(form, url, said.context.version, keptOf(said.context));
    } else say(this.doc, "conflict", `Kept here only. ${said.detail ?? ""}`);
  }

  #unheard(url: string, words: string): void {
    const typed = this.#kept(url);
    if (!typed || typed.held) return;
    this.#store(url, typed); // this tab is there
    say(this.doc, "offline", words);
    this.#soon(url, retryAfter);
  }

  #saved(url: string, typed: Typed, version: number): void {
    this.#versions.set(url, version);
    const now = this.#kept(url);
    if (!now || now.held) return; // the review is sent meanwhile
    this.#known.set(url, { typed: { ...typed, base: version }, at: performance.now() });
    if (JSON.stringify(now.fields) === JSON.stringify(typed.fields)) {
      if (this.#leaving === undefined) this.#drop(url);
      else this.#store(url, { ...now, base: version });
      say(this.doc, "ok", `Saved ${new Date().toTimeString().slice(0, 8)}`);
      return;
    }
    this.#store(url, { ...now, base: version });
    this.#soon(url);
  }

  #formOf(url: string): HTMLFormElement | undefined {
    return [...this.doc.querySelectorAll<HTMLFormElement>("form[data-draft]")].find(
      form => form.dataset["draft"] === url,
    );
  }

  /** Whether the person is being asked which to keep. */
  #asks(url: string): boolean {
    return this.#formOf(url)?.querySelector("[data-which]") != null;
  }

  /** Shows what was saved elsewhere, and lets the person say which to keep. */
  #ask(form: HTMLFormElement, url: string, version: number, theirs: Kept): void {
    form.querySelector("[data-which]")?.remove();
    const box = this.doc.createElement("div");
    box.className = "note which";
    box.dataset["which"] = "";
    box.setAttribute("role", "alert");
    const add = (tag: string, words: string): HTMLElement => {
      const made = this.doc.createElement(tag);
      made.textContent = words;
      box.append(made);
      return made;
    };
    add("p", "You typed something else for this claim in another tab or on another device:");
    for (const name of said) {
      const words = (theirs[name] ?? []).join(", ");
      if (words !== "") add("blockquote", words).setAttribute("dir", "auto");
    }
    const choose = (words: string, then: () => void) => {
      const button = add("button", words) as HTMLButtonElement;
      button.type = "button";
      button.className = "btn small";
      button.addEventListener("click", () => {
        box.remove();
        this.#versions.set(url, version);
        this.#known.delete(url);
        then();
        form.querySelector<HTMLTextAreaElement>("textarea")?.focus();
      });
    };
    choose("Keep what is here", () => {
      this.#store(url, { ...this.#kept(url)!, base: version });
      this.#send(url);
    });
    choose("Take the other", () => {
      restore(form, theirs, undefined, true);
      this.#drop(url);
      say(this.doc, "ok", "Saved");
    });
    form.prepend(box);
    say(this.doc, "conflict", "Typed elsewhere too");
  }
}

/** The name of this tab, which it keeps while it lives. */
export function tabName(): string {
  const name = sessionStorage.getItem(tabKey) ?? newKey().slice(0, 8);
  sessionStorage.setItem(tabKey, name);
  return name;
}

function whenHidden(doc: Document, then: () => void): void {
  doc.addEventListener("visibilitychange", () => {
    if (doc.visibilityState === "hidden") then();
  });
}

/** The version of the draft that the page was made of, 0 none. */
function versionOf(form: HTMLFormElement): number {
  const hidden = form.querySelector<HTMLInputElement>('input[name="draft"]')?.value;
  return Number(form.dataset["version"] ?? hidden ?? 0);
}

/** What stands in a form; of one that is no review also on which words and text it was typed. */
function fieldsOf(form: HTMLFormElement): Kept {
  const out = read(form);
  if (form.dataset["version"] === undefined) return out;
  for (const name of ["words_version", "revision"]) {
    const hidden = form.querySelector<HTMLInputElement>(`input[type="hidden"][name="${name}"]`);
    if (hidden) out[name] = [hidden.value];
  }
  return out;
}

function request(url: string, typed: Typed, user: string): RequestInit {
  const headers = { Accept: "application/json", "X-Acting-As": encodeURIComponent(user) };
  if (beside(url, "draft", "action").endsWith("/reviews")) {
    return sending(reviewBody(typed), headers);
  }
  const body = JSON.stringify({ version: typed.base, fields: typed.fields });
  return sending(body, { ...headers, "Content-Type": "application/json" });
}

function sending(body: string | URLSearchParams, headers: Record<string, string>): RequestInit {
  return { method: "POST", body, keepalive: body.toString().length < 60_000, headers };
}

function reviewBody(typed: Typed): URLSearchParams {
  const body = new URLSearchParams({ draft: String(typed.base), since: typed.since, seen: typed.seen });
  for (const [name, values] of Object.entries(typed.fields)) for (const value of values) body.append(name, value);
  return body;
}

/** What the server has, as a form's fields. */
function keptOf(draft: Answer): Kept {
  if (draft.fields) return draft.fields;
  const verdict = draft.verdict ?? "";
  return {
    verdict: [verdict],
    [`reason_${verdict}`]: [draft.reason ?? ""],
    confidence: [draft.confidence ?? ""],
    rationale: [draft.rationale ?? ""],
    searched: [draft.searched ?? ""],
    evidence: (draft.evidence ?? []).map(String),
  };
}
