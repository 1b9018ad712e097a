// Drafts keep what is typed of a review, or in another form of a claim, on the server, and in the browser until the
// server has it.
//
// Contract: form[data-draft="URL"]. A review's form has hidden fields draft (the version that the page was made of),
// since and seen. Any other form has data-version in the place of draft; its URL ends in /drafts/NAME and takes all of
// its fields, with words_version, revision and the hidden fields that data-on names, where it has them.
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
import { type Answer, fieldsOf, keptOf, pageOf, request, versionOf } from "./draftform";
import { DraftStore, type Other, type Stuck, type Typed } from "./draftstore";
import { type Kept, offered, restore, served } from "./fields";
import { isOpen } from "./outbox";
import { say } from "./saved";
import { showWhich } from "./which";

const pauseTyping = 700;
const longestPause = 4_000;
const retryAfter = 5_000;
const lastWords = 2_000;
const leavesWithin = 10_000; // a browser that said that it leaves the page and is there still does not

export class Drafts {
  #timers = new Map<string, ReturnType<typeof setTimeout>>();
  #waitingSince = new Map<string, number>();
  #sending = new Map<string, Promise<void>>();
  #versions = new Map<string, number>(); // by URL, as the server said last
  #known = new Map<string, { typed: Typed; at: number }>(); // by URL, what this page saved last, and when
  #leaving: ReturnType<typeof setTimeout> | undefined;
  readonly #store: DraftStore;

  constructor(
    private readonly doc: Document,
    private readonly user: string,
    private readonly waits: (url: string) => boolean, // whether the form of a draft waits in the outbox
  ) {
    this.#store = new DraftStore(user);
  }

  start(): void {
    if (this.user === "") return;
    addEventListener("online", () => this.#flush());
    whenHidden(this.doc, () => this.#flush());
    addEventListener("beforeunload", () => this.#leaves());
    addEventListener("pageshow", () => this.#stays());
    this.#store.adopt();
    this.#flush();
    this.#tellStuck();
  }

  /** Something was typed in a form. */
  typed(form: HTMLFormElement): void {
    const url = form.dataset["draft"] ?? "";
    const hidden = (name: string) => form.querySelector<HTMLInputElement>(`input[name="${name}"]`)?.value ?? "0";
    const before = this.#store.get(url);
    const base = Math.max(versionOf(form), this.#versions.get(url) ?? 0, before?.base ?? 0);
    const typed = { fields: fieldsOf(form), boxes: offered(form), base, since: hidden("since"), seen: hidden("seen") };
    const held = before?.held === true && this.waits(url);
    const late = before?.late === true && before.since === typed.since;
    const more = held && JSON.stringify(before.fields) !== JSON.stringify(typed.fields);
    const after = more || ((held || late) && before.after === true);
    const now: Typed = { ...typed, held, after, late };
    if (late && before.stuck !== undefined) now.stuck = before.stuck;
    if (before?.other) now.other = before.other;
    if (!this.#store.set(url, now)) say(this.doc, "offline", "Not kept yet: this browser stores nothing");
    else if (late) this.#tellStuck();
    this.still(form);
    if (!held) this.#soon(url);
  }

  /** Asks again which to keep where a part of the page was redrawn without the question. */
  still(form: HTMLFormElement): void {
    const url = form.dataset["draft"] ?? "";
    const other = this.user === "" ? undefined : this.#store.get(url)?.other;
    if (other && !form.querySelector("[data-which]")) this.#ask(form, url, other);
  }

  /** Brings back into a form what the server has not got, or had not when the form was asked for (performance.now). */
  restore(form: HTMLFormElement, asked: number): void {
    const url = form.dataset["draft"] ?? "";
    this.#store.adopt();
    const typed = this.#store.get(url);
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
      this.#store.drop(url);
      return;
    }
    const since = form.querySelector<HTMLInputElement>('input[name="since"]')?.value ?? "0";
    const { stuck, late, ...rest } = typed;
    const same = late === true && since === typed.since; // the same old page again
    this.#store.set(url, { ...rest, since, held: false, after: false, ...(same ? { stuck: stuck ?? "", late } : {}) });
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
    const typed = this.#store.get(url);
    if (typed) this.#store.set(url, { ...typed, held: true, after: false });
  }

  /**
   * A review was sent, and its draft with it. What was typed while it waited is a draft of its own: then this gives the
   * page where it comes back.
   */
  sent(url: string): string | undefined {
    const typed = this.#store.get(url);
    this.#calm(url);
    this.#versions.delete(url);
    this.#known.delete(url);
    if (!typed?.after) {
      this.#store.drop(url);
      return undefined;
    }
    // Its form, shown anew, saves it: a page made before the review was sent may not.
    this.#store.set(url, { ...typed, base: 0, held: false, late: true, stuck: "You typed this after you sent it." });
    this.#tellStuck();
    return pageOf(url);
  }

  /** What was typed in a form after its review was sent off, if anything was. */
  newer(form: HTMLFormElement): Kept | undefined {
    const typed = this.user === "" ? undefined : this.#store.get(form.dataset["draft"] ?? "");
    return typed?.after ? typed.fields : undefined;
  }

  /** What the server does not keep, of every tab of this browser. */
  stuck(): Stuck[] {
    return this.user === "" ? [] : this.#store.stuck();
  }

  /** Throws away what the server does not keep. */
  discard(name: string): void {
    this.#store.discard(name);
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
    this.#store.adopt(true);
    this.#flush();
    await Promise.race([Promise.all(this.#sending.values()), new Promise(done => setTimeout(done, lastWords))]);
  }

  clear(): void {
    this.#store.clear();
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
    for (const url of this.#store.all()) this.#send(url);
  }

  #send(url: string): void {
    this.#calm(url);
    if (this.#sending.has(url)) return; // its end looks again
    const typed = this.#store.get(url);
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
    } else if (!this.#store.get(url) || this.#store.get(url)?.held) return;
    else if (answer.status === 409 && said.context?.sent && said.context.version) {
      // Another form than a review was sent meanwhile: what stands here was typed besides, and is a draft of its own.
      this.#store.set(url, { ...typed, ...this.#store.get(url), base: said.context.version });
      this.#soon(url);
    } else if (answer.status === 409 && said.context?.version) {
      const other = { version: said.context.version, fields: keptOf(said.context) };
      const form = this.#formOf(url);
      if (form) this.#ask(form, url, other);
      else this.#store.set(url, { ...typed, ...this.#store.get(url), other });
    } else this.#refused(url, typed, answer.status, said);
  }

  /** The server does not keep it, and would not if it came again; who signs in again may be heard. */
  #refused(url: string, typed: Typed, status: number, said: { context?: Answer; detail?: string }): void {
    const late = status === 409 && said.context?.sent === true;
    const why = said.detail ?? "The server does not keep it.";
    if (status < 500 && status !== 401) {
      this.#store.set(url, { ...typed, ...this.#store.get(url), stuck: why, ...(late ? { late, base: 0 } : {}) });
      this.#tellStuck(`Kept in this browser only. ${why}`);
    } else say(this.doc, "conflict", `Kept in this browser only. ${why}`);
  }

  #unheard(url: string, words: string): void {
    const typed = this.#store.get(url);
    if (!typed || typed.held) return;
    this.#store.set(url, typed); // this tab is there
    say(this.doc, "offline", words);
    this.#soon(url, retryAfter);
  }

  #saved(url: string, typed: Typed, version: number): void {
    this.#versions.set(url, version);
    const now = this.#store.get(url);
    if (!now || now.held) return; // the review is sent meanwhile
    this.#known.set(url, { typed: { ...typed, base: version }, at: performance.now() });
    if (JSON.stringify(now.fields) === JSON.stringify(typed.fields)) {
      if (this.#leaving === undefined) this.#store.drop(url);
      else this.#store.set(url, { ...now, base: version });
      say(this.doc, "ok", `Saved ${new Date().toTimeString().slice(0, 8)}`);
      return;
    }
    this.#store.set(url, { ...now, base: version });
    this.#soon(url);
  }

  #formOf(url: string): HTMLFormElement | undefined {
    return [...this.doc.querySelectorAll<HTMLFormElement>("form[data-draft]")].find(
      form => form.dataset["draft"] === url,
    );
  }

  /** Shows what was saved elsewhere, and lets the person say which to keep. Until then nothing is saved. */
  #ask(form: HTMLFormElement, url: string, other: Other): void {
    const typed = this.#store.get(url);
    if (typed) this.#store.set(url, { ...typed, other });
    this.#calm(url);
    const chosen = () => {
      this.#versions.set(url, other.version);
      this.#known.delete(url);
    };
    showWhich(form, other.fields, {
      here: () => {
        chosen();
        const { other: _, ...kept } = this.#store.get(url)!;
        this.#store.set(url, { ...kept, base: other.version });
        this.#send(url);
      },
      other: () => {
        chosen();
        restore(form, other.fields, undefined, true);
        this.#store.drop(url);
        say(this.doc, "ok", "Saved");
      },
    });
    say(this.doc, "conflict", "Typed elsewhere too");
  }
}

function whenHidden(doc: Document, then: () => void): void {
  doc.addEventListener("visibilitychange", () => {
    if (doc.visibilityState === "hidden") then();
  });
}
