// The reader changes the claim beside the text in its own place: no load, the text keeps its scroll, the page around it
// does not move, and the focus is where the work goes on.
import { type Page, expect, test } from "@playwright/test";
import { openArticle, signIn } from "./people.ts";
import { type Bench, startBench } from "./server.ts";

let bench: Bench;
let page: Page;
test.beforeAll(async ({ browser }) => {
  bench = await startBench();
  page = await signIn(browser, bench.url, "reviewer-1");
});
test.afterAll(async () => {
  await page.context().close();
  await bench.stop();
});

const claimNumber = async (on: Page) =>
  Number((await on.locator('#work [id^="claim-"]').first().getAttribute("id"))?.slice("claim-".length));

test("n, p and the numbers beside the text change the panel only", async () => {
  await openArticle(page, 1);
  const loads: string[] = [];
  page.on("request", request => {
    if (request.isNavigationRequest()) loads.push(request.url());
  });
  const seen = [await claimNumber(page)];
  for (const key of ["n", "n", "n", "p"]) {
    await page.keyboard.press(key);
    await expect.poll(() => claimNumber(page)).not.toBe(seen.at(-1));
    seen.push(await claimNumber(page));
    await expect(page.locator(`#edition mark.here[data-claims~="${seen.at(-1)}"]`).first()).toBeAttached();
    await expect(page.locator(".gut a.here")).toHaveCount(1);
  }
  expect(seen[4]).toBe(seen[2]);
  expect(page.url()).toContain(`claim=${seen[4]}`);
  await page.locator("#edition .gut a").last().click();
  await expect.poll(() => claimNumber(page)).not.toBe(seen[4]);
  expect(loads).toEqual([]);
  expect(await page.evaluate(() => document.activeElement?.closest("#work") !== null)).toBe(true);
});

test("ten presses of n at once are ten claims on", async () => {
  await openArticle(page, 1);
  const numbers = await page
    .locator("#edition .gut a")
    .evaluateAll(links => links.map(a => Number(new URL((a as HTMLAnchorElement).href).searchParams.get("claim"))));
  const at = numbers.indexOf(await claimNumber(page));
  for (let i = 0; i < 10; i++) await page.keyboard.press("n");
  const order = [...new Set(numbers)];
  await expect.poll(() => claimNumber(page)).toBe(order[order.indexOf(numbers[at]!) + 10]);
});

test("choosing words scrolls the text, never the page", async () => {
  await openArticle(page, 1);
  for (let i = 0; i < 12; i++) await page.keyboard.press("j");
  await page.keyboard.press("b");
  await expect(page.locator("#picked")).toBeVisible();
  expect(await page.evaluate(() => [scrollX, scrollY, document.body.scrollTop])).toEqual([0, 0, 0]);
  const mast = await page.locator(".mast").boundingBox();
  expect(mast?.y).toBeLessThanOrEqual(4);
  expect(mast?.y).toBeGreaterThanOrEqual(0);
});

test("the number of a line stands where those of all lines do, whichever way the line is read", async () => {
  await openArticle(page, 3);
  const left = await page.locator("#edition .sent[dir=ltr] > p").first().evaluate(p => getComputedStyle(p).direction);
  expect(left).toBe("ltr");
  for (const place of [".sno", ".gut"]) {
    const edges = await page
      .locator(`#edition ${place}`)
      .evaluateAll(all => all.map(one => Math.round(one.getBoundingClientRect().right)));
    expect(new Set(edges).size, `right edges of ${place}`).toBe(1);
  }
});
