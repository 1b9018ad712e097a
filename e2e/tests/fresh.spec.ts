// A comment that was sent leaves its field empty, and is not posted twice.
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
