// Passages proposed across scripts, and linked by keys: one key from an open claim to a linked passage.
import { expect, test } from "@playwright/test";
import { claimNumber, sample, signIn, spanOf } from "./people.ts";
import { type Bench, startBench } from "./server.ts";

let bench: Bench;
test.beforeAll(async () => {
  bench = await startBench();
});
test.afterAll(async () => {
  await bench.stop();
});

test("a Persian claim on Macron's leak is linked to an Arabic passage by one key", async ({ browser }) => {
  // High enough for what a key links to be in sight.
  const one = await signIn(browser, bench.url, "reviewer-1", { viewport: { width: 1440, height: 2400 } });
  const words = "حدود ۹ گیگابایت";
  const span = spanOf(sample("fa-macron-leak.txt"), words);
  await one.goto(`/articles/1/claims/new?sentence=5&start=${span.start}&end=${span.end}`);
  await one.locator("#statement").fill("حدود ۹ گیگابایت داده منسوب به کمپین مکرون در pastebin منتشر شد.");
  await one.getByRole("button", { name: /^Add claim/ }).click();
  await expect(one).toHaveURL(/claim=\d+/);
  const claim = await claimNumber(one);

  await one.goto(`/claims/${claim}`);
  const suggested = one.locator("[data-suggestions] li.ev");
  await expect(suggested.first()).toBeVisible();
  const macron = suggested.filter({ has: one.locator('blockquote[lang="ar"][dir="rtl"]', { hasText: "ماكرون" }) });
  await expect(macron.first()).toBeVisible();
  const key = macron
    .locator(".shared li", { has: one.locator('bdi[lang="fa"]', { hasText: "مکرون" }) })
    .filter({ has: one.locator('bdi[lang="ar"]', { hasText: "ماكرون" }) });
  await expect(key.first()).toContainText("name");
  // What tells of another incident stands behind everything else.
  const against = await suggested.evaluateAll(all => all.map(li => li.classList.contains("against")));
  expect(against).toEqual([...against].sort((a, b) => Number(a) - Number(b)));

  const quoted = await suggested.first().locator("blockquote").innerText();
  await one.keyboard.press("s");
  await expect(one.locator("li.ev[id^=e] .stance.supports")).toHaveCount(1);
  await expect(one.locator("li.ev[id^=e] blockquote")).toHaveText(quoted);
  await expect(one).toHaveURL(new RegExp(`/claims/${claim}$`));
  await expect(suggested.filter({ hasText: quoted })).toHaveCount(0);

  // The arrows choose, and linking stays where one is; in the picker, too, where the claim stays pinned.
  await one.keyboard.press("ArrowDown");
  await one.keyboard.press("ArrowDown");
  const second = await suggested.nth(1).locator("blockquote").innerText();
  await one.keyboard.press("f");
  await expect(one.locator("li.ev[id^=e]", { has: one.locator(".stance.context") })).toContainText(second);
  await one.goto(`/claims/${claim}/evidence`);
  await expect(one.locator(".pinned #claim-h")).toBeVisible();
  await one.keyboard.press("d");
  await expect(one.locator("li.ev[id^=e] .stance.refutes")).toHaveCount(1);
  await expect(one).toHaveURL(/\/evidence/);
  await one.goto(`/claims/${claim}`);
  await expect(suggested.first()).toBeVisible();

  // "Same origin as …" is one key away.
  await one.keyboard.press("=");
  const same = one.locator("[data-suggestions] details.same[open]");
  await same.getByRole("button").first().press("Enter");
  await expect(one.locator("#status")).toContainText("one origin");
});

test("the search narrows by language", async ({ browser }) => {
  const one = await signIn(browser, bench.url, "reviewer-1");
  await one.goto(`/collections/1/search?q=${encodeURIComponent("ماكرون")}`);
  await one.getByText("Filter", { exact: true }).click();
  await one.locator("main select[name=lang]").selectOption("ar");
  await one.locator("main").getByRole("button", { name: "Search" }).click();
  await expect(one.locator('blockquote[lang="ar"]').first()).toBeVisible();
  await expect(one.locator('main blockquote[lang="fa"]')).toHaveCount(0);
});
