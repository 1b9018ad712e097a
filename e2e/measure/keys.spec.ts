// How many keys and page loads the steps of the desk take. A key is one press (a chord counts one), typed words are not
// counted, the mouse is not used. Counting starts with the claim open and the focus where the screen put it, and ends
// when the server has answered and the next claim is shown (or, where there is none, the step's own end). A load is a
// new document. What there is no key for is reached by Tab, and each Tab counts.
import { type Locator, type Page, expect, test } from "@playwright/test";
import { type Bench, startBench } from "../tests/server.ts";
import { Hand, claimFrom, disputedClaim, document as outside, persian } from "../tests/world.ts";

interface Row {
  measure: string;
  found: string;
  goal: string;
}

const rows: Row[] = [];
let bench: Bench;
let one: Hand;
let two: Hand;

test.beforeAll(async () => {
  bench = await startBench();
  one = await Hand.of(bench.url, "reviewer-1");
  two = await Hand.of(bench.url, "reviewer-2");
});
test.afterAll(async () => {
  await bench.stop();
  const wide = Math.max(...rows.map(row => row.measure.length));
  for (const row of rows) console.log(`${row.measure.padEnd(wide)}  ${row.found}  (goal: ${row.goal})`);
});

/** A keyboard that counts. */
class Counted {
  keys = 0;
  loads = 0;
  typed = 0;

  constructor(readonly page: Page) {
    page.on("domcontentloaded", () => this.loads++);
  }

  begin(): void {
    this.keys = this.loads = this.typed = 0;
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      this.keys++;
      await this.page.keyboard.press(key);
    }
  }

  async type(words: string): Promise<void> {
    this.typed++;
    await this.page.keyboard.insertText(words);
  }

  async tabTo(target: Locator): Promise<void> {
    for (let n = 0; n < 400; n++) {
      if (await target.evaluate(element => element === document.activeElement)) return;
      await this.press("Tab");
    }
    throw new Error(`400 presses of Tab do not reach ${String(target)}`);
  }

  note(measure: string, goal: string): void {
    const text = this.typed > 0 ? ` + ${this.typed} text${this.typed > 1 ? "s" : ""}` : "";
    rows.push({ measure, found: `${this.keys} keys${text}, ${this.loads} loads`, goal });
  }
}

const stamp = () => `ادعای ${Date.now()}`;

/** Makes claims for a test. */
async function fresh(n: number): Promise<number[]> {
  const out: number[] = [];
  for (let i = 0; i < n; i++) out.push((await claimFrom(two, persian, "حدود ۹ گیگابایت", stamp())).id);
  return out;
}

async function queueAt(hand: Hand, claim: number, tab = "turn"): Promise<Page> {
  const page = await (await hand.window(browserOf())).newPage();
  await page.goto(`/collections/1/queue?tab=${tab}&claim=${claim}`);
  await expect(page.locator("#rows .here")).toContainText(`Claim ${claim}`);
  return page;
}

let browserOf: () => import("@playwright/test").Browser;
test.beforeEach(({ browser }) => {
  browserOf = () => browser;
});

/** The queue shows another claim than before, and the server has said what became of it. */
async function next(page: Page, claim: number): Promise<void> {
  await expect(page.locator("#status")).toContainText(`Claim ${claim} reviewed`);
  await expect(page.locator("#claim-h")).toBeVisible();
}

test("a verdict, evidence already linked", async () => {
  const [claim] = await fresh(2);
  await outside(two, claim!);
  const page = await queueAt(one, claim!);
  const hand = new Counted(page);
  hand.begin();
  await hand.press("1", "1", "Control+Enter"); // its first reason: a primary document
  await next(page, claim!);
  hand.note("verdict, evidence already linked", "≤ 3 keys, 0 loads");
});

test("a verdict with one suggested passage", async () => {
  const [claim] = await fresh(2);
  const page = await queueAt(one, claim!);
  const hand = new Counted(page);
  hand.begin();
  const linked = page.locator("li.ev[id^=e]");
  await hand.press("d"); // it refutes
  await expect(linked.or(page.locator("#status", { hasText: "press the key again" })).first()).toBeVisible();
  if ((await linked.count()) === 0) await hand.press("d"); // it was out of sight
  await hand.press("2", "1", "Control+Enter"); // disputed, refuted
  await next(page, claim!);
  const { mine } = await one.get<{ mine: { evidence: number[] } }>(`/claims/${claim}/review`);
  expect(mine.evidence).toHaveLength(1);
  hand.note("verdict with one suggested passage, and on to the next claim", "≤ 5 keys, 0 loads");
});

test("unverified, without evidence", async () => {
  const [claim] = await fresh(2);
  const page = await queueAt(one, claim!);
  const hand = new Counted(page);
  hand.begin();
  await hand.press("3", "1", "Control+Enter"); // the note of what was searched is proposed
  await next(page, claim!);
  const { mine } = await one.get<{ mine: { searched: string } }>(`/claims/${claim}/review`);
  expect(mine.searched).not.toBe("");
  hand.note("unverified, no evidence", "≤ 3 keys");
});

test("evidence by search", async () => {
  const [claim] = await fresh(1);
  const page = await queueAt(one, claim!);
  const hand = new Counted(page);
  hand.begin();
  await hand.press("/");
  await hand.type("ماكرون");
  await hand.press("Enter", "ArrowDown", "s"); // the second of what was found
  await expect(page.locator("#status")).toContainText(/linked/i);
  hand.note("evidence by search (beside the query)", "≤ 5 keys");
});

test("adjudication by adopting", async () => {
  const { claim } = await disputedClaim(one, two, persian, "حدود ۹ گیگابایت", stamp());
  const { claim: after } = await disputedClaim(one, two, persian, "حدود ۹ گیگابایت", stamp());
  const editor = await Hand.of(bench.url, "editor-1");
  const page = await queueAt(editor, claim.id, "conflict");
  const hand = new Counted(page);
  hand.begin();
  await hand.press("a");
  await expect(page.locator("#decide [name=verdict]:checked")).toHaveCount(1);
  await hand.press("a");
  await expect(page.locator("#status")).toContainText(/decided/);
  await expect(page.locator(`#claim-${after.id}`)).toBeVisible(); // the next conflict, with its form
  hand.note("adjudicate by adoption, and on to the next conflict", "≤ 2 keys");
});

/** The tab of the candidates, with one looked at. */
async function candidatesAt(): Promise<Page> {
  const page = await (await one.window(browserOf())).newPage();
  await page.goto("/collections/1/queue?tab=candidates");
  await expect(page.locator("#rows .here")).toContainText("Candidate");
  return page;
}

test("rejecting, and editing and accepting, a candidate", async () => {
  const page = await candidatesAt();
  const hand = new Counted(page);
  hand.begin();
  await hand.press("0", "2");
  await expect(page.locator("#status")).toContainText(/rejected/i);
  hand.note("reject a candidate with its reason", "≤ 2 keys");

  hand.begin();
  await hand.press("z");
  await expect(page.locator("#status")).toContainText(/taken back/i);
  hand.note("undo, of that rejection", "1 key");

  hand.begin();
  await hand.press("Z");
  await expect(page.locator("#status")).toContainText(/done again/i);
  hand.note("redo, of that rejection", "1 key");

  hand.begin();
  await hand.press("w");
  await expect(page.locator("main textarea").first()).toBeFocused();
  await hand.type(" ");
  await hand.press("Control+Enter");
  await expect(page.locator("#status")).toContainText(/open for review/i);
  hand.note("edit and accept (beside the text)", "≤ 4 keys");
});

test("fifty presses of j, and thirty of a", async () => {
  const all = await fresh(52);
  const page = await queueAt(one, all[0]!);
  const bar = page.locator("#work .bar .num");
  const at = async () => all.indexOf(Number(/Claim (\d+)/.exec(await bar.innerText())?.[1]));
  for (let n = 0; n < 50; n++) {
    await page.keyboard.press("j");
    await page.waitForTimeout(50); // twenty a second: the pace is what is measured
  }
  const moved = await settled(at);
  rows.push({ measure: "50 presses of j at 20 a second", found: `moved ${moved}`, goal: "50" });

  // What is open is counted, not what is left: the machine may still add candidates.
  const opened = async () => (await one.get<{ count: number }>("/collections/1/claims?state=open")).count;
  const tab = await candidatesAt();
  const there = await opened();
  for (let n = 0; n < 30; n++) {
    await tab.keyboard.press("a");
    await tab.waitForTimeout(50);
  }
  const accepted = (await settled(opened)) - there;
  rows.push({ measure: "30 presses of a at 20 a second", found: `accepted ${accepted}`, goal: "30" });
});

/** A number that has stopped changing. */
async function settled(read: () => Promise<number>): Promise<number> {
  let last = await read();
  let since = Date.now();
  await expect
    .poll(
      async () => {
        const now = await read();
        if (now !== last) [last, since] = [now, Date.now()];
        return Date.now() - since;
      },
      { timeout: 60_000 },
    )
    .toBeGreaterThan(3_000);
  return last;
}
