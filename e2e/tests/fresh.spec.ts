// What a newcomer met who presses fast: a comment posted twice, a note refused that was still to be proposed.
import { expect, test } from "@playwright/test";
import { signIn } from "./people.ts";
import { type Bench, startBench } from "./server.ts";
import { claimFrom, Hand, persian, type Row } from "./world.ts";

let bench: Bench;
let claim: Row;
test.beforeAll(async () => {
  bench = await startBench();
  claim = await claimFrom(await Hand.of(bench.url, "reviewer-1"), persian, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده");
});
test.afterAll(async () => {
  await bench.stop();
});

test("a comment that was sent is gone from its field, and a second press does not post it again", async ({
  browser,
}) => {
  const page = await signIn(browser, bench.url, "reviewer-1");
  await page.goto(`/claims/${claim.id}`);
  await page.keyboard.press("c");
  await page.locator("#comment").pressSequentially("کدام پرونده؟");
  await page.keyboard.press("Control+Enter");
  await expect(page.locator(".said", { hasText: "کدام پرونده؟" })).toHaveCount(1);
  await expect(page.locator("#comment")).toHaveValue("");
  await page.keyboard.press("Control+Enter");
  await page.keyboard.press("Control+Enter");
  await page.reload();
  await expect(page.locator("#comment")).toHaveValue("");
  await expect(page.locator(".said", { hasText: "کدام پرونده؟" })).toHaveCount(1);
});

test("unverified that is sent before its note was proposed waits for it, and is taken", async ({ browser }) => {
  const one = await Hand.of(bench.url, "reviewer-1");
  const page = await (await one.window(browser)).newPage();
  const words = `ادعای ${Date.now()}`;
  const { id } = await claimFrom(await Hand.of(bench.url, "reviewer-2"), persian, "حدود ۹ گیگابایت", words);
  let open: () => void = () => undefined;
  const gate = new Promise<void>(done => (open = done));
  await page.route(/\/passages/, async route => {
    await gate;
    await route.continue();
  });
  const statuses: number[] = [];
  page.on("response", answer => {
    if (answer.url().endsWith(`/claims/${id}/reviews`)) statuses.push(answer.status());
  });
  await page.goto(`/collections/1/queue?tab=turn&claim=${id}`);
  await expect(page.locator(`#claim-${id}`)).toBeVisible();
  for (const key of ["3", "1", "Control+Enter"]) await page.keyboard.press(key);
  expect(statuses).toEqual([]);
  open();
  await expect(page.locator("#status")).toContainText(`Claim ${id} reviewed as unverified`);
  expect(statuses.filter(status => status === 422)).toEqual([]);
});

test("the queue's page never scrolls, what unfolds by a key has the focus, and rows keep to their column", async ({
  browser,
}) => {
  const page = await signIn(browser, bench.url, "reviewer-1");
  await page.setViewportSize({ width: 1366, height: 768 });
  await page.goto("/collections/1/queue?tab=candidates");
  await expect(page.locator("#rows > .here")).toBeVisible();
  const long = await page.evaluate(() => document.scrollingElement!.scrollHeight - innerHeight);
  expect(long).toBeLessThanOrEqual(0);
  const over = await page.locator("#rows .why .v, #rows .keywords").evaluateAll(
    all => all.filter(one => {
      const edge = one.closest("#rows > li > div")?.parentElement?.getBoundingClientRect();
      const box = one.getBoundingClientRect();
      return edge !== undefined && (box.right > edge.right + 1 || box.left < edge.left - 1);
    }).length,
  );
  expect(over).toBe(0);
  // the candidates have no filter; your turn has
  await claimFrom(await Hand.of(bench.url, "reviewer-2"), persian, "حدود ۹ گیگابایت", `ادعای ${Date.now()}`);
  await page.goto("/collections/1/queue?tab=turn");
  await page.keyboard.press("t");
  await expect(page.locator(".sift input[name=text]")).toBeFocused();
});

test("one z takes back a passage that was linked by a key just before", async ({ browser }) => {
  const one = await Hand.of(bench.url, "reviewer-1");
  const words = `ادعای ${Date.now()}`;
  const { id } = await claimFrom(await Hand.of(bench.url, "reviewer-2"), persian, "حدود ۹ گیگابایت", words);
  const page = await (await one.window(browser, { viewport: { width: 1440, height: 1200 } })).newPage();
  await page.goto(`/collections/1/queue?tab=turn&claim=${id}`);
  await expect(page.locator("[data-suggestions] li.ev").first()).toBeVisible();
  for (const key of ["s", "z"]) await page.keyboard.press(key);
  await expect(page.locator("#status")).toContainText("Taken back");
  await expect(page.locator("li.ev[id^=e]")).toHaveCount(0);
});

test("what a key opened has the focus, and what was put off is named", async ({ browser }) => {
  const one = await Hand.of(bench.url, "reviewer-1");
  const words = `ادعای ${Date.now()}`;
  const { id } = await claimFrom(await Hand.of(bench.url, "reviewer-2"), persian, "حدود ۹ گیگابایت", words);
  const page = await (await one.window(browser)).newPage();
  await page.goto(`/collections/1/queue?tab=turn&claim=${id}`);
  await page.keyboard.press("h");
  await expect(page.locator('select[name="until"]')).toBeFocused();
  await page.locator('.turns form:has(select[name="until"]) button').click();
  await expect(page.locator("#status")).toContainText(`: claim ${id}`);
});
