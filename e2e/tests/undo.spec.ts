// z takes the last act back and Z does it again, from the queue and after a reload; x and X select rows for one act.
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

async function here(page: Page): Promise<number> {
  return Number((await page.locator("#rows > li.here input[data-pick]").getAttribute("value")) ?? 0);
}

test("z takes an acceptance back and shows the claim again; Z accepts it again, after a reload too", async ({
  browser,
}) => {
  const one = await signIn(browser, bench.url, "reviewer-1", { reducedMotion: "reduce" });
  await one.goto(list);
  const claim = await here(one);
  await one.keyboard.press("a");
  await expect(one.locator("#turns")).toContainText(`Undo: accepted claim ${claim}`);
  await one.reload();
  await one.keyboard.press("z");
  await expect(one.locator(`#claim-${claim}`)).toBeVisible();
  await expect(one.locator("#status")).toContainText(`Taken back: you accepted claim ${claim}`);
  expect((await new AxeBuilder({ page: one }).analyze()).violations).toEqual([]);
  await one.keyboard.press("Shift+Z");
  await expect(one.locator("#turns")).toContainText(`Undo: accepted claim ${claim}`);
  await one.goto(list);
  await expect(one.locator(`#rows input[data-pick][value="${claim}"]`)).toHaveCount(0);
});

test("x and X select rows, the batch says what would be done, z takes it back and Z does it again", async ({
  browser,
}) => {
  const one = await signIn(browser, bench.url, "reviewer-2", { reducedMotion: "reduce" });
  await one.goto(list);
  await one.keyboard.press("x");
  await one.keyboard.press("j");
  await one.keyboard.press("j");
  await one.keyboard.press("Shift+X");
  await expect(one.locator("[data-picked]")).toHaveText("3");
  await one.keyboard.press("Shift+B");
  await expect(one.locator("h1")).toContainText("accept 3 claims");
  await expect(one.locator("main")).toContainText("3 will be done");
  expect((await new AxeBuilder({ page: one }).analyze()).violations).toEqual([]);
  await one.getByRole("button", { name: "accept 3" }).click();
  await expect(async () => {
    await one.reload();
    await expect(one.locator("main")).toContainText("3 done");
  }).toPass();
  await one.keyboard.press("z");
  await expect(async () => {
    await one.reload();
    await expect(one.locator("main")).toContainText("3 taken back");
  }).toPass();
  await one.keyboard.press("Shift+Z");
  await expect(async () => {
    await one.reload();
    await expect(one.locator("main")).toContainText("3 done");
  }).toPass();
});
