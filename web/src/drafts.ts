// Drafts keep what is typed of a review, or in another form of a claim, on the server, and in the browser until the
// server has it.
//
// Contract: form[data-draft="URL"]. A review's form has hidden fields draft (the version that the page was made of),
// since and seen. Any other form has data-version in the place of draft; its URL ends in /drafts/NAME and takes all of
// its fields, with words_version and revision where it has them.
// What is typed goes to localStorage at once, apart for each user, tab and URL, and to URL soon after. The answer takes
// it out of localStorage; without one it stays, is sent again when the line is back, and comes back into the form
// when the page is opened. When another tab or device saved something else, both are shown in the form, and the person
// says which to keep; the question lies with what is typed, outlives what redraws the form, and nothing is saved before
// it is answered. Sending the review ends its draft, but not what was typed while it waited; signing
// out empties the browser. What the server refuses to keep is not sent again as it stands: #saved says so and leads to
// the page of drafts, which shows it and throws it away (stuck.ts).
// A part of the page that was asked for before a saving was answered may be made of what was there before it: then what
// was saved is put into its form (known). While the browser leaves the page, the next one may be such a part, so
// localStorage keeps what is saved meanwhile.
import { type Kept, offered, read, restore, served } from "./fields";
import { isOpen, newKey } from "./outbox";
import { say } from "./saved";
import { showWhich } from "./which";

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
  other?: Other; // what another tab or device saved, until the person says which to keep
  stuck?: string; // why the server does not keep it; it is not sent again as it stands
  late?: boolean; // it is stuck because the review was sent, and with that whatever is typed in the same form
}

/** What was saved elsewhere, and its version. */
interface Other {
  version: number;
  fields: Kept;
}

/** What lies in this browser only: the name by which it is thrown away, where it is typed, and why it stays here. */
export interface Stuck {
  name: string;
  page: string;
  why: string;
  fields: Kept;
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
    this.#tellStuck();
  }

  /** Something was typed in a form. */
  typed(form: HTMLFormElement): void {
    const url = form.dataset["draft"] ?? "";
    const hidden = (name: string) => form.querySelector<HTMLInputElement>(`input[name="${name}"]`)?.value ?? "0";
    const before = this.#kept(url);
    const base = Math.max(versionOf(form), this.#versions.get(url) ?? 0, before?.base ?? 0);
    const typed = { fields: fieldsOf(form), boxes: offered(form), base, since: hidden("since"), seen: hidden("seen") };
    const held = before?.held === true && this.waits(beside(url, "draft", "action"));
    const late = before?.late === true && before.since === typed.since;
    const more = held && JSON.stringify(before.fields) !== JSON.stringify(typed.fields);
    const after = more || ((held || late) && before.after === true);
    const now: Typed = { ...typed, held, after, late };
    if (late && before.stuck !== undefined) now.stuck = before.stuck;
    if (before?.other) now.other = before.other;
    if (!this.#store(url, now)) say(this.doc, "offline", "Not kept: this browser's storage is full");
    else if (late) this.#tellStuck();
    this.still(form);
    if (!held) this.#soon(url);
  }

  /** Asks again which to keep where a part of the page was redrawn without the question. */
  still(form: HTMLFormElement): void {
    const url = form.dataset["draft"] ?? "";
    const other = this.user === "" ? undefined : this.#kept(url)?.other;
    if (other && !form.querySelector("[data-which]")) this.#ask(form, url, other);
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
    const there = fieldsOf(served(form)); // what was typed may stand in it still
    restore(form, typed.fields, typed.boxes, true);
    if (!typed.other && JSON.stringify(fieldsOf(form)) === JSON.stringify(there)) {
      this.#drop(url);
      return;
    }
    const since = form.querySelector<HTMLInputElement>('input[name="since"]')?.value ?? "0";
    const { stuck, late, ...rest } = typed;
    const same = late === true && since === typed.since; // the same old page again
    this.#store(url, { ...rest, since, held: false, after: false, ...(same ? { stuck: stuck ?? "", late } : {}) });
    form.querySelector('.note a[href="/drafts"]')?.closest(".note")?.remove(); // it speaks of other words
    if (typed.after || (late && !same)) this.#note(form, typed.after === true);
    say(this.doc, "ok", "What you typed before is back");
    if (page > Math.max(typed.base, typed.other?.version ?? 0)) this.#ask(form, url, { version: page, fields: there });
    else if (typed.other) this.#ask(form, url, typed.other);
    else if (same) this.#tellStuck();
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
    // Its form, shown anew, saves it: a page made before the review was sent may not.
    this.#store(url, { ...typed, base: 0, held: false, late: true, stuck: "You typed this after you sent it." });
    this.#tellStuck();
    return beside(url, "draft", "page");
  }

  /** What was typed in a form after its review was sent off, if anything was. */
  newer(form: HTMLFormElement): Kept | undefined {
    const typed = this.user === "" ? undefined : this.#kept(form.dataset["draft"] ?? "");
    return typed?.after ? typed.fields : undefined;
  }

  /** What the server does not keep, of every tab of this browser. */
  stuck(): Stuck[] {
    const mine = this.#name("", "");
    if (this.user === "") return [];
    return Object.keys(localStorage)
      .filter(name => name.startsWith(mine))
      .map(name => ({ name, typed: JSON.parse(localStorage.getItem(name) ?? "{}") as Typed }))
      .filter(({ typed }) => typed.stuck !== undefined)
      .map(({ name, typed }) => ({
        name,
        page: beside(name.slice(mine.length).split(" ")[1] ?? "", "draft", "page"),
        why: typed.stuck ?? "",
        fields: typed.fields,
      }));
  }

  /** Throws away what the server does not keep. */
  discard(name: string): void {
    localStorage.removeItem(name);
  }

  #tellStuck(why = ""): void {
    const n = this.stuck().length;
    if (n === 0 || location.pathname === "/drafts") return;
    const words = `${n === 1 ? "1 draft is" : `${n} drafts are`} kept in this browser only`;
    say(this.doc, "conflict", why || words, { word: "Look at it", run: () => location.assign("/drafts") });
  }

  #note(form: HTMLFormElement, after: boolean): void {
    const box = this.doc.createElement("p");
    box.className = "note";
    box.setAttribute("role", "status");
    box.textContent = form.querySelector("[role=alert]")
      ? "What stands here is what you typed after you sent it."
      : `Your review was sent. What you typed ${after ? "after that" : "besides"} stands here as a draft, and is ` +
        "not sent.";
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
    for (const url of this.#all()) this.#send(url);
  }

  #send(url: string): void {
    this.#calm(url);
    if (this.#sending.has(url)) return; // its end looks again
    const typed = this.#kept(url);
    if (!typed || typed.held || typed.other || typed.stuck !== undefined) return;
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
      const other = { version: said.context.version, fields: keptOf(said.context) };
      const form = this.#formOf(url);
      if (form) this.#ask(form, url, other);
      else this.#store(url, { ...typed, ...this.#kept(url), other });
    } else this.#refused(url, typed, answer.status, said);
  }

  /** The server does not keep it, and would not if it came again; who signs in again may be heard. */
  #refused(url: string, typed: Typed, status: number, said: { context?: Answer; detail?: string }): void {
    const late = status === 409 && said.context?.sent === true;
    const why = said.detail ?? "The server does not keep it.";
    if (status < 500 && status !== 401) {
      this.#store(url, { ...typed, ...this.#kept(url), stuck: why, ...(late ? { late, base: 0 } : {}) });
      this.#tellStuck(`Kept in this browser only. ${why}`);
    } else say(this.doc, "conflict", `Kept in this browser only. ${why}`);
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

  /** Shows what was saved elsewhere, and lets the person say which to keep. Until then nothing is saved. */
  #ask(form: HTMLFormElement, url: string, other: Other): void {
    const typed = this.#kept(url);
    if (typed) this.#store(url, { ...typed, other });
    this.#calm(url);
    const chosen = () => {
      this.#versions.set(url, other.version);
      this.#known.delete(url);
    };
    showWhich(form, other.fields, {
      here: () => {
        chosen();
        const { other: _, ...kept } = this.#kept(url)!;
        this.#store(url, { ...kept, base: other.version });
        this.#send(url);
      },
      other: () => {
        chosen();
        restore(form, other.fields, undefined, true);
        this.#drop(url);
        say(this.doc, "ok", "Saved");
      },
    });
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
