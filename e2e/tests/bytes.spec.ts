// What a first visit of the queue costs, in bytes over the line, by the script of what stands in it: each with a cache
// of its own, as somebody's first visit. No script may fetch the fonts of another.
import { statSync } from "node:fs";
import { join } from "node:path";
import { type Page, expect, test } from "@playwright/test";
import { signIn } from "./people.ts";
import { type Bench, startBench } from "./server.ts";

const most = 250_000;
let bench: Bench;
test.beforeAll(async () => {
  bench = await startBench(true);
});
test.afterAll(async () => {
  await bench.stop();
});

interface Cost {
  bytes: number;
  fonts: string[];
}

/** Counts what the line carries for a page, headers and packed bodies. */
async function costOf(page: Page, path: string, ready: () => Promise<void>): Promise<Cost> {
  const line = await page.context().newCDPSession(page);
  await line.send("Network.enable");
  const cost: Cost = { bytes: 0, fonts: [] };
  line.on("Network.responseReceived", event => {
    if (event.type === "Font") cost.fonts.push(event.response.url.replace(/^.*\/assets\//, ""));
  });
  line.on("Network.loadingFinished", event => (cost.bytes += event.encodedDataLength));
  await page.goto(path);
  await ready();
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await expect.poll(() => page.evaluate(() => document.fonts.status)).toBe("loaded");
  return cost;
}

// The passages that are suggested for a claim bring their own scripts with them.
const visits = [
  { script: "Persian", query: "tab=turn&lang=fa" },
  { script: "Arabic", query: "tab=turn&lang=ar" },
  { script: "Japanese", query: "tab=turn&lang=ja" },
  { script: "Latin", query: "tab=turn&text=xyzzyx" },
  { script: "all of them", query: "tab=turn" },
];
const fontsOf: [font: RegExp, letters: RegExp][] = [
  [/^vazirmatn|^noto-naskh/, /\p{Script=Arabic}/u],
  [/^noto-sans-jp|^han|^rare/, /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u],
];
for (const { script, query } of visits) {
  test(`a first visit of a queue in ${script}`, async ({ browser }) => {
    const before = await signIn(browser, bench.url, "editor-2"); // who has open claims of each script to review
    const known = await before.context().storageState();
    await before.context().close();
    const context = await browser.newContext({ baseURL: bench.url, storageState: known });
    const page = await context.newPage();
    await page.setViewportSize({ width: 1440, height: 900 });
    const cost = await costOf(page, `/collections/1/queue?${query}`, async () => {
      if (script !== "Latin") await expect(page.locator("[data-suggestions]").first()).toBeVisible();
    });
    console.log(`${script}: ${Math.round(cost.bytes / 1000)} kB, ${cost.fonts.length} fonts`);
    expect(cost.bytes, cost.fonts.join(" ")).toBeLessThanOrEqual(most);
    const words = await page.locator("body").innerText();
    for (const [font, letters] of fontsOf) {
      if (!letters.test(words)) expect(cost.fonts.filter(name => font.test(name))).toEqual([]);
    }
    expect(cost.fonts.length > 0).toBe(script !== "Latin");
    await context.close();
  });
}

test("all script of a page is at most 35 kB by gzip, and nothing more is loaded before it is used", async ({
  browser,
}) => {
  const page = await signIn(browser, bench.url, "reviewer-1");
  const asked: string[] = [];
  page.on("request", request => {
    const name = /\/assets\/(.+\.js)$/.exec(request.url())?.[1];
    if (name) asked.push(name);
  });
  const size = (name: string) =>
    statSync(join(import.meta.dirname, "..", "..", "web", "dist", `${name}.gz`)).size;
  await page.goto("/collections/1/queue?tab=turn");
  await expect(page.locator("[data-suggestions]").first()).toBeVisible();
  expect(asked.map(name => name.replace(/-\w{8}\./, "."))).toEqual(["app.js"]);
  expect(size(asked[0]!)).toBeLessThanOrEqual(35_000);
  await page.keyboard.press("Control+k");
  await expect(page.locator("#palette li").first()).toBeVisible();
  expect(asked.slice(1).map(name => name.replace(/-\w{8}\./, "."))).toEqual(["commands.js"]);
  await page.context().close();
});

test("rare signs have their font, and text is never blank meanwhile", async ({ browser }) => {
  const page = await signIn(browser, bench.url, "reviewer-1");
  await page.goto("/collections/1/search?q=APT31");
  const asked = () => page.locator('link[rel="stylesheet"][href*="/assets/rare"]').count();
  expect(await asked()).toBe(0);
  const field = page.locator('main input[name="q"]').first();
  await field.fill("欅坂 靐龘"); // of few pages
  await expect.poll(asked).toBe(1);
  const waits = await page.evaluate(async () => {
    await document.fonts.ready;
    return [...document.fonts].filter(face => face.display !== "swap").map(face => face.family);
  });
  expect(waits).toEqual([]);
  await page.context().close();
});
