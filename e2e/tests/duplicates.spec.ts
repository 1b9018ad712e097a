// A claim that is there already, in another script: seen on its page, merged and refused by one key, without a mouse.
import AxeBuilder from "@axe-core/playwright";
import { type Page, expect, test } from "@playwright/test";
import { claimNumber, sample, signIn, spanOf } from "./people.ts";
import { type Bench, startBench } from "./server.ts";

let bench: Bench;
test.beforeAll(async () => {
  bench = await startBench();
});
test.afterAll(async () => {
  await bench.stop();
});

async function makeClaim(page: Page, article: number, file: string, words: string, statement: string): Promise<number> {
  const span = spanOf(sample(file), words);
  await page.goto(`/articles/${article}/claims/new?start=${span.start}&end=${span.end}`);
  await page.locator("#statement").fill(statement);
  await page.getByRole("button", { name: /^Add claim/ }).click();
  await expect(page).toHaveURL(/claim=\d+|claims\/\d+/);
  return claimNumber(page);
}

test("a claim that another says in Persian is merged by m, and two are kept apart by n", async ({ browser }) => {
  const one = await signIn(browser, bench.url, "reviewer-1", { reducedMotion: "reduce" });
  const text = sample("fa-macron-leak.txt");
  expect(text).toContain("مکرون");
  const first = await makeClaim(one, 1, "fa-macron-leak.txt", "حدود ۹ گیگابایت",
    "حدود ۹ گیگابایت داده منسوب به کمپین مکرون در pastebin منتشر شد.");
  const second = await makeClaim(one, 1, "fa-macron-leak.txt", "pastebin",
    "حدود ۹ گیگابایت داده منسوب به کمپین مکرون در pastebin منتشر شد.");

  await one.goto(`/claims/${second}`);
  const box = one.locator('[id^="same-"]').first();
  await expect(box).toContainText(`claim ${first}`);
  await expect(box.locator('p.txt[lang="fa"][dir="rtl"]')).toBeVisible();
  const found = await new AxeBuilder({ page: one }).setLegacyMode(true).include(`#same-${second}`).analyze();
  expect(found.violations).toEqual([]);

  // n: two claims. The pair does not come back, from neither side.
  await one.keyboard.press("n");
  await expect(box).toContainText("No other claim");
  await one.keyboard.press("z");
  await expect(one.locator("#status")).toContainText("Taken back: you said what is no duplicate");
  await expect(box).toContainText(`claim ${first}`);
  await one.keyboard.press("Shift+Z");
  await expect(box).toContainText("No other claim");
  await one.goto(`/claims/${first}`);
  await expect(box).toContainText("No other claim");

  // m: one claim. The older one stays.
  const third = await makeClaim(one, 1, "fa-macron-leak.txt", "گیگابایت داده",
    "حدود ۹ گیگابایت داده منسوب به کمپین مکرون در pastebin منتشر شد.");
  await one.goto(`/claims/${third}`);
  await expect(box).toContainText("Perhaps the same as");
  await one.keyboard.press("m");
  await expect(one).toHaveURL(new RegExp(`/claims/(${first}|${second})$`));
  await one.goto(`/claims/${third}`);
  await expect(one.locator("main")).toContainText("Merged into");
});

test("a proposed passage that does not bear on the claim is refused by - and stands last", async ({ browser }) => {
  const one = await signIn(browser, bench.url, "reviewer-2", { viewport: { width: 1440, height: 1800 } });
  const claim = await makeClaim(one, 1, "fa-macron-leak.txt", "حدود ۹ گیگابایت",
    "حدود ۹ گیگابایت داده منسوب به کمپین مکرون منتشر شد.");
  await one.goto(`/claims/${claim}`);
  const all = one.locator("[data-suggestions] li.ev");
  await expect(all.first()).toBeVisible();
  const words = await all.first().locator("blockquote").innerText();
  await one.keyboard.press("-");
  await expect(all.filter({ hasText: "Somebody found that it does not bear" })).toHaveCount(1);
  await expect(all.last().locator("blockquote")).toHaveText(words);
});
