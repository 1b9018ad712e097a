// The candidates of all articles in one list, worked through by keys: accepted and rejected without a page load, the
// focus and the next candidate where the work goes on.
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { signIn } from "./people.ts";
import { type Bench, startBench } from "./server.ts";

let bench: Bench;
test.beforeAll(async () => {
  bench = await startBench();
});
test.afterAll(async () => {
  await bench.stop();
});

const list = "/collections/1/queue?tab=candidates";

/** The number of the candidate looked at. */
async function here(page: Page): Promise<number> {
  return Number((await page.locator('article [aria-keyshortcuts~="o"]').innerText()).replace(/\D+/g, ""));
}

/** The candidate that the next row shows. */
async function following(page: Page): Promise<number> {
  const url = await page.locator("#rows > li.here + li a.txt").getAttribute("href");
  return Number(new URLSearchParams(url?.split("?")[1]).get("claim"));
}

test("a accepts, 0 and a digit reject, and the next one has the focus, without a page load", async ({ browser }) => {
  const one = await signIn(browser, bench.url, "reviewer-1", { reducedMotion: "reduce" });
  await one.goto(list);
  await expect(one.locator(".tally [aria-current]")).toContainText("Candidates");
  await expect(one.locator(".guess")).toContainText("not known yet");
  let loads = 0;
  one.on("load", () => (loads += 1));
  const waiting = Number((await one.locator(".tally [aria-current] b").innerText()).replace(/\D/g, ""));
  for (const keys of [["a"], ["0", "1"], ["a"]]) {
    const now = await here(one);
    const next = await following(one);
    for (const key of keys) await one.keyboard.press(key);
    await expect(one.locator(`#rows a.txt[href*="claim=${now}&"]`)).toHaveCount(0);
    await expect(one.locator("#rows > li.here a.txt")).toHaveAttribute("href", new RegExp(`claim=${next}(&|$)`));
    expect(await here(one)).toBe(next);
    await expect(one.locator("article[data-work]")).toBeFocused();
  }
  expect(loads).toBe(0);
  await expect(one.locator(".tally [aria-current] b")).toHaveText(String(waiting - 3));
  // j and k move in the same order; its own order stays until somebody asks for a new one
  const at = await here(one);
  const next = await following(one);
  await one.keyboard.press("j");
  await expect(one.locator(`#claim-${next}`)).toBeVisible();
  await one.keyboard.press("k");
  await expect(one.locator(`#claim-${at}`)).toBeVisible();
  expect(one.url()).toContain("order=");
  await one.goto(list);
  await expect(one.locator("#rows > li").first()).toContainText(/Like what was (accepted|rejected)/);
});

test("keys pressed faster than the pages come are all applied, in order, and none twice", async ({ browser }) => {
  const one = await signIn(browser, bench.url, "reviewer-1", { reducedMotion: "reduce" });
  await one.goto(list);
  const tally = one.locator(".tally [aria-current] b");
  const waiting = Number((await tally.innerText()).replace(/\D/g, ""));
  for (let i = 0; i < 20; i++) await one.keyboard.press("j");
  await expect(one.locator("article")).toContainText("21 of");
  for (const key of "aaa01aaaaa01aa") await one.keyboard.press(key);
  await expect(tally).toHaveText(String(waiting - 12));
  await expect(one.locator("article")).toContainText("21 of");
  await expect(one.locator("[role=alert]")).toHaveCount(0);
});

test("j goes on over the end of a page", async ({ browser }) => {
  const two = await signIn(browser, bench.url, "reviewer-2", { reducedMotion: "reduce" });
  await two.goto(list);
  const rows = await two.locator("#rows > li").count();
  const last = await two.locator("#rows > li").last().locator("a.txt").getAttribute("href");
  await two.goto(last ?? "");
  await expect(two.locator("article")).toContainText(`${rows} of`);
  await two.keyboard.press("j");
  await expect(two.locator("article")).toContainText(`${rows + 1} of`);
  await expect(two.locator("#rows > li.here")).toHaveCount(1);
  await two.keyboard.press("k");
  await expect(two.locator("article")).toContainText(`${rows} of`);
  expect(new URL(two.url()).searchParams.get("claim")).toBe(new URLSearchParams(last?.split("?")[1]).get("claim"));
});

test("an auditor decides nothing, words have their language, and axe finds nothing", async ({ browser }) => {
  const auditor = await signIn(browser, bench.url, "auditor-1");
  await auditor.goto(list);
  await expect(auditor.locator('[aria-keyshortcuts="a"]')).toHaveCount(0);
  for (const scheme of ["light", "dark"] as const) {
    for (const who of ["auditor-1", "reviewer-1"] as const) {
      const page = await signIn(browser, bench.url, who, { reducedMotion: "reduce", colorScheme: scheme });
      await page.goto(list);
      await expect(page.locator("#rows > li a.txt").first()).toHaveAttribute("lang", /^(fa|ar|ja)$/);
      const found = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
      expect(found.violations).toEqual([]);
    }
  }
});
