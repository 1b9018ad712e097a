// How long a key takes to be seen, in a queue of 1,000 claims and in a reader with 450 marks, and what pages cost.
//   make bin/workbench && cd e2e && npx --no-install playwright test --config measure.config.ts speed
// It takes about three minutes. Each press waits for what it shows, so that a slow machine gives long times and never
// none; the pace between two presses is a person's. CLAIMS says how many claims the database has (a third of them are
// open), PRESSES how many presses of each kind there are, THROTTLE the slow processors.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type CDPSession, type Page, expect, test } from "@playwright/test";
import { type Bench, startBench } from "../tests/server.ts";
import { Hand } from "../tests/world.ts";

const claims = Number(process.env["CLAIMS"] ?? 3600);
const presses = Number(process.env["PRESSES"] ?? 50);
const throttles = (process.env["THROTTLE"] ?? "1,4").split(",").map(Number);
const pause = 200; // ms between two presses
const patience = 10_000; // ms for one press
const sentences = 300; // a part of the reader holds 400, and leads to the next one; every other sentence has two marks
const marks = 450;
const lines: string[] = [];
let bench: Bench;
let one: Hand;

test.beforeAll(async () => {
  test.setTimeout(600_000);
  const root = join(import.meta.dirname, "..", "..");
  const dir = mkdtempSync(join(tmpdir(), "claimbench-fill-"));
  const fill = join(dir, "fill");
  execFileSync("go", ["build", "-tags=sqlite_fts5", "-trimpath", "-o", fill, "./bench/fill"], { cwd: root });
  bench = await startBench(false, file =>
    execFileSync(fill, ["--claims", String(claims), "--database", `sqlite:${file}`, "--verify=false"]),
  );
  rmSync(dir, { recursive: true });
  one = await Hand.of(bench.url, "reviewer-1");
});
test.afterAll(async () => {
  await bench?.stop();
  for (const line of lines) console.log(line);
});

interface Seen {
  at: number; // when the key that is measured was pressed, 0 none
  took: number[];
}

/**
 * Notes in a page, for every press that is measured, the time until what it changed was painted. Of what the press
 * itself changed the browser says it (Event Timing, in steps of 8 ms); for what came later, an answer, the time is
 * until a message sent in its frame comes, which waits behind whatever else the page does then.
 */
async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen: Seen = { at: 0, took: [] };
    (window as unknown as { seen: Seen }).seen = seen;
    let changed = 0;
    const pressed = (event: KeyboardEvent) => {
      if (seen.at !== 0) return;
      seen.at = event.timeStamp;
      changed = 0;
    };
    addEventListener("keydown", pressed, true);
    const painted = (from: number, at: number) => {
      if (seen.at !== from) return; // it is known already
      seen.at = 0;
      seen.took.push(at - from);
    };
    const timings = new PerformanceObserver(list => {
      for (const entry of list.getEntries() as PerformanceEventTiming[]) {
        const own = entry.name === "keydown" && Math.abs(entry.startTime - seen.at) < 1;
        if (own && changed > 0 && changed <= entry.processingEnd) painted(seen.at, entry.startTime + entry.duration);
      }
    });
    timings.observe({ type: "event", durationThreshold: 16 } as PerformanceObserverInit);
    const change = () => {
      const from = seen.at;
      if (from === 0) return;
      changed = performance.now();
      requestAnimationFrame(() => {
        const channel = new MessageChannel(); // its message comes after the frame
        channel.port1.onmessage = () => {
          const at = performance.now();
          setTimeout(() => painted(from, at), 300); // unless the browser tells of the press
        };
        channel.port2.postMessage(0);
      });
    };
    document.addEventListener("htmx:after:swap", event => {
      const target = (event as CustomEvent<{ ctx?: { target?: Element } }>).detail.ctx?.target;
      if (target?.id === "work" || target?.id === "view") change();
    });
    document.addEventListener("change", change);
  });
}

/** Presses a key and waits until what it shows is painted; gives the milliseconds, or none when nothing came. */
async function press(page: Page, key: string): Promise<number | undefined> {
  const before = await page.evaluate(() => {
    const { seen } = window as unknown as { seen: Seen };
    seen.at = 0;
    return seen.took.length;
  });
  await page.keyboard.press(key);
  try {
    await page.waitForFunction(
      n => (window as unknown as { seen: Seen }).seen.took.length > n,
      before,
      { polling: 20, timeout: patience },
    );
  } catch {
    return undefined;
  }
  return page.evaluate(() => (window as unknown as { seen: Seen }).seen.took.at(-1)!);
}

/** Opens what a key leads to, and gives the milliseconds from the press to the first words of the new page. */
async function opening(page: Page, key: string): Promise<number> {
  await page.evaluate(() => {
    const pressed = (event: KeyboardEvent) =>
      sessionStorage.setItem("pressed", String(performance.timeOrigin + event.timeStamp));
    addEventListener("keydown", pressed, true);
  });
  await Promise.all([page.waitForEvent("load"), page.keyboard.press(key)]);
  return page.evaluate(
    () =>
      new Promise<number>(done => {
        const from = Number(sessionStorage.getItem("pressed"));
        const look = () => {
          const paint = performance.getEntriesByName("first-contentful-paint")[0];
          if (paint) done(performance.timeOrigin + paint.startTime - from);
          else requestAnimationFrame(look);
        };
        look();
      }),
  );
}

function note(what: string, took: (number | undefined)[]): void {
  const all = took.filter(ms => ms !== undefined).sort((a, b) => a - b);
  // by nearest rank: of 50 presses the 49th, with one slower than it
  const at = (share: number) => Math.round(all[Math.max(0, Math.ceil(all.length * share) - 1)] ?? NaN);
  const none = took.length - all.length;
  const unseen = none > 0 ? `, ${none} showed nothing within ${patience / 1000} s` : "";
  lines.push(`${what}: p50 ${at(0.5)} ms, p98 ${at(0.98)} ms (n ${all.length}${unseen})`);
  expect(all.length, `${what}: presses that showed something`).toBeGreaterThan(took.length / 2);
}

async function desk(browser: Browser, path: string): Promise<{ page: Page; cdp: CDPSession }> {
  const page = await (await one.window(browser, { viewport: { width: 1440, height: 900 } })).newPage();
  const cdp = await page.context().newCDPSession(page);
  await page.goto(path);
  return { page, cdp };
}

/** A claim that has a passage to link, and shows it. */
async function withPassage(page: Page): Promise<boolean> {
  const link = page.locator('[data-choices] form.link button[value="supports"]').first();
  return link.waitFor({ timeout: 3_000 }).then(
    () => true,
    () => false,
  );
}

for (const rate of throttles) {
  test(`key to paint, processor 1/${rate}`, async ({ browser }) => {
    test.setTimeout(600_000);
    const { page, cdp } = await desk(browser, "/collections/1/queue?tab=turn");
    await expect(page.locator("[data-work]")).toBeVisible();
    const size = /of ([\d,]+\+?)/.exec(await page.locator("#work .bar .num").innerText())?.[1] ?? "?";
    const at = `queue of ${size} claims, processor 1/${rate}`;
    await cdp.send("Emulation.setCPUThrottlingRate", { rate });
    await watch(page);
    const took: Record<"j" | "verdict" | "link" | "unlink" | "open", (number | undefined)[]> = {
      j: [],
      verdict: [],
      link: [],
      unlink: [],
      open: [],
    };
    for (let n = 0; n < presses; n++) {
      took.j.push(await press(page, "j"));
      await page.waitForTimeout(pause); // a person's pace, in which the next claim is fetched ahead
    }
    for (let n = 0; n < presses; n++) {
      took.verdict.push(await press(page, "132"[n % 3]!));
      await page.keyboard.press("Escape"); // no reason
    }
    await page.setViewportSize({ width: 1440, height: 1200 }); // what a key links is in sight
    for (let n = 0; n < presses / 2; n++) {
      if (await withPassage(page)) {
        took.link.push(await press(page, "s"));
        took.unlink.push(await press(page, "l"));
      }
      await press(page, "j");
    }
    for (let n = 0; n < presses / 4; n++) {
      took.open.push(await opening(page, "o"));
      await page.goto("/collections/1/queue?tab=turn");
      await expect(page.locator("[data-work]")).toBeVisible();
    }
    note(`j, ${at}`, took.j);
    note(`a verdict, ${at}`, took.verdict);
    if (took.link.length > 0) {
      note(`a stance (s links a passage, answered), ${at}`, took.link);
      note(`l unlinks it, answered, ${at}`, took.unlink);
    } else lines.push(`a stance, ${at}: no claim had a passage`);
    note(`opening a claim's page, ${at}`, took.open);
    await page.context().close();
  });
}

/** Counts what the line carries, by kind, in bytes. */
async function counted(cdp: CDPSession): Promise<Record<string, number>> {
  await cdp.send("Network.enable");
  const kinds = new Map<string, string>();
  const bytes: Record<string, number> = {};
  cdp.on("Network.responseReceived", event => kinds.set(event.requestId, event.type));
  cdp.on("Network.loadingFinished", event => {
    const kind = kinds.get(event.requestId) ?? "other";
    bytes[kind] = (bytes[kind] ?? 0) + event.encodedDataLength;
  });
  return bytes;
}

const inKB = (bytes: Record<string, number>) =>
  Object.entries(bytes)
    .map(([kind, n]) => `${kind} ${(n / 1000).toFixed(1)}`)
    .join(", ");

test("a first visit of the queue", async ({ browser }) => {
  const page = await (await one.window(browser, { viewport: { width: 1440, height: 900 } })).newPage();
  const bytes = await counted(await page.context().newCDPSession(page));
  await page.goto("/collections/1/queue?tab=turn");
  await expect(page.locator("[data-work]")).toBeVisible();
  await page.waitForTimeout(2_000); // fonts, and what is fetched ahead; the stream of news never ends
  const all = Object.values(bytes).reduce((sum, n) => sum + n, 0);
  lines.push(`first visit of the queue: ${(all / 1000).toFixed(1)} kB (${inKB(bytes)})`);
  await page.context().close();
});

test(`the reader with ${marks} marks`, async ({ browser }) => {
  test.setTimeout(600_000);
  const editor = await Hand.of(bench.url, "editor-1");
  let text = "";
  for (let n = 0; n < sentences; n++) {
    const year = 1900 + (n % 120);
    text += `The harbour of Port ${n} exported ${400 + n} tonnes of grain in March ${year}`;
    if (n % 2 === 0) text += `, and the harbour of Dock ${n} imported ${90 + n} tonnes of coal in May ${year}`;
    text += ".";
    text += n % 6 === 5 ? "\n\n" : " ";
  }
  const { article } = await editor.post<{ article: { id: number } }>("/collections/1/articles", { text, lang: "en" });
  const taken = async () => (await editor.http.post(`/articles/${article.id}/extract`, { data: {} })).status();
  await expect.poll(taken, { timeout: 120_000 }).toBeLessThan(300); // 503 while the text is still being taken in
  const { page, cdp } = await desk(browser, "/settings");
  const bytes = await counted(cdp);
  const shown = async () => {
    await page.goto(`/articles/${article.id}`);
    return page.locator("#edition mark[data-claims]").count();
  };
  await expect.poll(shown, { timeout: 120_000 }).toBeGreaterThanOrEqual(marks); // extracted beside the requests
  for (const kind of Object.keys(bytes)) bytes[kind] = 0;
  const there = await shown();
  lines.push(`reader with ${there} marks: document ${((bytes["Document"] ?? 0) / 1000).toFixed(1)} kB as sent`);
  let loads = 0;
  page.on("domcontentloaded", () => loads++);
  for (const rate of throttles) {
    await cdp.send("Emulation.setCPUThrottlingRate", { rate });
    await watch(page);
    const took: (number | undefined)[] = [];
    for (let n = 0; n < presses; n++) {
      took.push(await press(page, "n"));
      await page.waitForTimeout(pause);
    }
    note(`n in the reader with ${there} marks, processor 1/${rate}, ${loads} loads`, took);
  }
  expect(loads, "pages loaded by n").toBe(0);
  await page.context().close();
});
