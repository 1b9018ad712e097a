// Acts of two people in three tabs of a real browser, while the server is killed, the line drops and buttons are
// pressed twice; at the end what the screens acknowledged is compared with the database: nothing may be lost, nothing
// doubled. Person A has two tabs of one browser, person B one of another. Which act, tab and mishap come next is drawn
// by a seed.
import { type Browser, type BrowserContext, type Page, type Request, expect } from "@playwright/test";
import { fillVerdict, type Person } from "./people.ts";
import { type Mortal, rowsOf, startMortal, workbench } from "./server.ts";
import { Hand, claimFrom, persian } from "./world.ts";

const kinds = ["comment", "review", "accept", "reject", "link"] as const;
type Kind = (typeof kinds)[number];

/** What goes wrong in an act. */
const mishaps = ["none", "double", "offline", "request lost", "answer lost", "killed before", "killed within"] as const;
type Mishap = (typeof mishaps)[number];

export interface Report {
  acts: number;
  acknowledged: number;
  refused: number;
  lost: string[];
  doubled: string[];
  /** Acts that the screens could not be brought to, or whose end they never told. */
  unsettled: string[];
  byKind: Record<string, { sent: number; acknowledged: number; refused: number }>;
  byMishap: Record<string, number>;
  kills: number;
  inBothTabs: number;
}

/** An act that was sent, and what its screen said in the end. */
interface Sent {
  kind: Kind;
  claim: number;
  token: string;
  tab: string;
  mishap: Mishap;
  said: "done" | "refused" | "nothing";
}

interface Tab {
  name: string;
  person: Person;
  page: Page;
}

/** Numbers from a seed (mulberry32). */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Does so many acts, or as many as there is time for (milliseconds), and counts. */
export async function chaos(browser: Browser, acts: number, seed: number, time = Infinity): Promise<Report> {
  const until = Date.now() + time;
  const bench = await startMortal();
  const run = new Run(bench, random(seed));
  try {
    await run.open(browser);
    for (let n = 0; n < acts && Date.now() < until; n++) {
      await run.act(n);
      if (n % 50 === 49) console.error(`${n + 1} acts, ${run.unsettled.length} unsettled`);
    }
    await run.drain();
    return run.report();
  } finally {
    await run.close();
    await bench.stop();
  }
}

class Run {
  private readonly sent: Sent[] = [];
  readonly unsettled: string[] = [];
  private readonly tabs: Tab[] = [];
  private readonly contexts: BrowserContext[] = [];
  private readonly reviewed = new Map<number, Set<Person>>(); // the open claims, and who tried to review each
  private readonly linked = new Set<number>();
  private candidates: number[] = [];
  private kills = 0;
  private inBothTabs = 0;
  private dead = false;

  constructor(
    private readonly bench: Mortal,
    private readonly next: () => number,
  ) {}

  async open(browser: Browser): Promise<void> {
    for (const [person, names] of [
      ["reviewer-1", ["A1", "A2"]],
      ["reviewer-2", ["B"]],
    ] as const) {
      const hand = await Hand.of(this.bench.url, person);
      const context = await hand.window(browser);
      this.contexts.push(context);
      for (const name of names) this.tabs.push({ name, person, page: await context.newPage() });
    }
    const query = "SELECT id FROM claims WHERE state = 'candidate' AND collection_id = 1 ORDER BY id";
    this.candidates = rowsOf<{ id: number }>(this.bench.file, query).map(row => row.id);
  }

  async close(): Promise<void> {
    for (const context of this.contexts) await context.close();
  }

  private one<T>(all: readonly T[]): T {
    return all[Math.floor(this.next() * all.length)]!;
  }

  /** One act, or the same one in both tabs of a person at once. */
  async act(n: number): Promise<void> {
    const kind = this.one(kinds);
    const both = this.next() < 0.1;
    const tabs = both ? this.tabs.filter(tab => tab.person === "reviewer-1") : [this.one(this.tabs)];
    const mishap: Mishap = this.next() < 0.4 ? "none" : this.one(mishaps.slice(1));
    const claim = await this.claimFor(kind, tabs[0]!.person);
    if (claim === undefined) return this.act(n); // no candidate is left: another act
    if (both) this.inBothTabs++;
    const all = tabs.map(({ name }): Sent => {
      return { kind, claim, token: `${kind}-${n}-${name}`, tab: name, mishap, said: "nothing" };
    });
    this.sent.push(...all);
    try {
      for (const [i, tab] of tabs.entries()) await this.prepare(tab.page, all[i]!);
      await this.spoil(tabs, mishap);
      await Promise.all(tabs.map((tab, i) => this.press(tab.page, all[i]!)));
      await this.heal(tabs);
      for (const [i, tab] of tabs.entries()) await this.settle(tab, all[i]!);
    } catch (error) {
      this.unsettled.push(`${all[0]!.token}, claim ${claim}, ${mishap}: ${String(error).slice(0, 300)}`);
      await this.heal(tabs); // what was done before still counts
    }
  }

  /** A claim that an act can be done to. */
  private async claimFor(kind: Kind, person: Person): Promise<number | undefined> {
    if (kind === "accept" || kind === "reject") return this.candidates.shift();
    const open = [...this.reviewed].filter(([id, by]) =>
      kind === "review" ? !by.has(person) : kind === "link" ? !this.linked.has(id) && by.size === 0 : true,
    );
    let id = open.length > 0 && (kind !== "comment" || this.next() < 0.9) ? this.one(open)[0] : undefined;
    if (id === undefined) {
      const editor = await Hand.of(this.bench.url, "editor-1");
      const statement = `ادعای ${this.reviewed.size} ${Date.now()}`;
      id = (await claimFrom(editor, persian, "حدود ۹ گیگابایت", statement)).id;
      this.reviewed.set(id, new Set());
    }
    if (kind === "review") this.reviewed.get(id)!.add(person);
    if (kind === "link") this.linked.add(id);
    return id;
  }

  /** Opens the page of an act and fills its form in. */
  private async prepare(page: Page, act: Sent): Promise<void> {
    switch (act.kind) {
      case "comment":
        await goto(page, `/claims/${act.claim}`);
        await page.locator("#comment").fill(act.token);
        return;
      case "review":
        await goto(page, `/claims/${act.claim}/review`);
        await fillVerdict(page, { verdict: "unverified", reason: "insufficient", rationale: act.token, searched: "-" });
        return;
      case "link":
        await goto(page, `/collections/1/queue?tab=turn&claim=${act.claim}`);
        await page.locator('[data-choices] form.link button[value="context"]').first().waitFor();
        return;
      default:
        await goto(page, `/collections/1/queue?tab=candidates&claim=${act.claim}`);
    }
  }

  private button(act: Sent): string {
    return {
      comment: 'form:has(#comment) button[type="submit"]',
      review: 'form:has(textarea[name="rationale"]) button[type="submit"][aria-keyshortcuts~="Control+Enter"]',
      link: '[data-choices] form.link button[value="context"]',
      accept: '#work form[action$="/accept"] button, #work button[data-act~="accept"]',
      reject: '#work button[name="reason"]',
    }[act.kind];
  }

  /** Presses the button of an act; twice, where that is its mishap. */
  private async press(page: Page, act: Sent): Promise<void> {
    const button = page.locator(this.button(act)).first();
    if ((await button.count()) === 0) return; // the other tab was faster
    const times = act.mishap === "double" ? 2 : 1;
    await button
      .evaluate((element: HTMLElement, n) => {
        for (let i = 0; i < n; i++) element.click();
      }, times)
      .catch(() => undefined); // the page went away under it
  }

  /** Makes ready what goes wrong. */
  private async spoil(tabs: Tab[], mishap: Mishap): Promise<void> {
    const context = tabs[0]!.page.context();
    if (mishap === "offline") await context.setOffline(true);
    if (mishap === "killed before") await this.kill();
    let armed = true;
    const wait = Math.floor(this.next() * 15);
    const mine = (request: Request) => request.method() === "POST" && !/\/drafts?(\/|$)/.test(request.url());
    if (mishap !== "request lost" && mishap !== "answer lost" && mishap !== "killed within") return;
    for (const tab of tabs)
      await tab.page.route("**/*", async route => {
        if (!armed || !mine(route.request())) return route.continue().catch(() => undefined);
        armed = false;
        if (mishap === "answer lost") await route.fetch({ maxRedirects: 0 }).catch(() => undefined);
        if (mishap !== "killed within") return route.abort();
        const going = route.continue().catch(() => undefined);
        await new Promise(done => setTimeout(done, wait)); // the kill may come before, within or after the Write
        await this.kill();
        await going;
      });
  }

  private async kill(): Promise<void> {
    if (this.dead) return;
    this.dead = true;
    this.kills++;
    await this.bench.kill();
  }

  /** Gives the line and the server back. */
  private async heal(tabs: Tab[]): Promise<void> {
    for (const tab of tabs) await this.shown(tab.page);
    if (this.dead) await this.bench.again();
    this.dead = false;
    for (const tab of this.tabs) await tab.page.unrouteAll({ behavior: "ignoreErrors" });
    for (const context of this.contexts) await context.setOffline(false);
    for (const tab of tabs) await tab.page.evaluate(() => dispatchEvent(new Event("online"))).catch(() => undefined);
  }

  /** Waits until what was pressed has left the page: an answer, or word of none. */
  private async shown(page: Page): Promise<void> {
    await page
      .waitForFunction(
        () =>
          document.querySelector("form[data-sent], .htmx-request") === null ||
          /waiting|Not taken/.test(document.querySelector("#saved")?.textContent ?? ""),
        undefined,
        { timeout: 3_000 },
      )
      .catch(() => undefined);
  }

  /** What a person does until the screen says what became of the act. */
  private async settle(tab: Tab, act: Sent): Promise<void> {
    const { page } = tab;
    if (act.kind === "comment" || act.kind === "review") {
      await expect
        .poll(() => this.waiting(page), { timeout: 60_000, message: `${act.token} waits` })
        .toBe(0);
      const refused = await page
        .locator("#saved, [role=alert]")
        .allInnerTexts()
        .catch(() => []);
      act.said = refused.some(words => /not taken|not sent|already|again/i.test(words)) ? "refused" : "done";
      return;
    }
    for (let tries = 0; tries < 6; tries++) {
      await goto(page, `/collections/1/queue?tab=${act.kind === "link" ? "turn" : "candidates"}&claim=${act.claim}`);
      if (await this.stands(page, act)) {
        act.said = "done";
        return;
      }
      const button = page.locator(this.button(act)).first();
      if (act.kind === "link") await button.waitFor();
      await this.press(page, { ...act, mishap: "none" });
      await this.shown(page);
    }
    throw new Error(`${act.token} of claim ${act.claim} (${act.mishap}) is not taken in six tries`);
  }

  /** Whether the screen shows that an act was done. */
  private async stands(page: Page, act: Sent): Promise<boolean> {
    if (act.kind === "link") return (await page.locator("#work li.ev[id^=e]").count()) > 0;
    return (await page.locator(`#claim-${act.claim}`).count()) === 0;
  }

  /** How many forms wait in the browser of a tab. */
  private async waiting(page: Page): Promise<number> {
    const count = () =>
      page.evaluate(() =>
        Object.keys(localStorage)
          .filter(name => name.startsWith("claimbench.outbox."))
          .map(name => JSON.parse(localStorage.getItem(name) ?? "{}") as { refused?: boolean })
          .filter(entry => !entry.refused).length,
      );
    try {
      const n = await count();
      if (n > 0) await page.evaluate(() => dispatchEvent(new Event("online")));
      return n;
    } catch {
      await page.goto("/settings").catch(() => undefined); // the browser's own page of an error, or a page that comes
      return -1;
    }
  }

  /** Sees to it that nothing waits any more. */
  async drain(): Promise<void> {
    await this.heal([]);
    for (const tab of this.tabs) {
      await goto(tab.page, "/settings");
      await expect.poll(() => this.waiting(tab.page), { timeout: 60_000 }).toBe(0);
    }
    await this.bench.end();
  }

  report(): Report {
    const out: Report = {
      acts: this.sent.length,
      acknowledged: this.sent.filter(act => act.said === "done").length,
      refused: this.sent.filter(act => act.said === "refused").length,
      lost: [],
      doubled: [],
      unsettled: this.unsettled,
      byKind: {},
      byMishap: {},
      kills: this.kills,
      inBothTabs: this.inBothTabs,
    };
    const counts = this.counts();
    for (const act of this.sent) {
      const kind = (out.byKind[act.kind] ??= { sent: 0, acknowledged: 0, refused: 0 });
      kind.sent++;
      if (act.said === "done") kind.acknowledged++;
      if (act.said === "refused") kind.refused++;
      out.byMishap[act.mishap] = (out.byMishap[act.mishap] ?? 0) + 1;
      const n = counts(act);
      const about = `${act.token}, claim ${act.claim}, ${act.mishap}: ${n} times`;
      if (act.said === "done" && n === 0) out.lost.push(about);
      if (n > 1 || (act.said === "refused" && n > 0)) out.doubled.push(about);
    }
    const verified = workbench("audit", "verify", "--database", this.bench.database);
    expect(verified.code, verified.out).toBe(0);
    return out;
  }

  /** How often the database holds an act. */
  private counts(): (act: Sent) => number {
    const by = (query: string) => {
      const rows = rowsOf<{ what: string | number; n: number }>(this.bench.file, query);
      return new Map(rows.map(row => [String(row.what), row.n]));
    };
    const comments = by("SELECT words AS what, count(*) AS n FROM comments GROUP BY words");
    const reviews = by("SELECT rationale AS what, count(*) AS n FROM reviews GROUP BY rationale");
    const decided = (action: string) =>
      by(`SELECT substr(object, 7) AS what, count(*) AS n FROM events WHERE action = '${action}' GROUP BY object`);
    const accepted = decided("candidate.accepted");
    const rejected = decided("candidate.rejected");
    const links = by("SELECT claim_id AS what, count(*) AS n FROM evidence GROUP BY claim_id");
    return act => {
      switch (act.kind) {
        case "comment":
          return comments.get(act.token) ?? 0;
        case "review":
          return reviews.get(act.token) ?? 0;
        case "link":
          return links.get(String(act.claim)) ?? 0;
        default:
          return (act.kind === "accept" ? accepted : rejected).get(String(act.claim)) ?? 0;
      }
    };
  }
}

/** Opens a page, again where what was sent before leads the tab elsewhere just then. */
async function goto(page: Page, path: string): Promise<void> {
  const until = Date.now() + 60_000;
  for (;;) {
    try {
      await page.goto(path);
      return;
    } catch (error) {
      if (Date.now() > until || !String(error).includes("interrupted by another navigation")) throw error;
      await page.waitForLoadState("load").catch(() => undefined); // the other one's page
    }
  }
}
