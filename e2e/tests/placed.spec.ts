// What was fetched ahead is seen first; its address and its title follow, in their order.
import { expect, test } from "@playwright/test";
import { type Bench, startBench } from "./server.ts";
import { Hand } from "./world.ts";

let bench: Bench;
test.beforeAll(async () => {
  bench = await startBench();
});
test.afterAll(async () => {
  await bench.stop();
});

test("each claim that j shows has its address and its title, also where the next press comes before them", async ({
  browser,
}) => {
  const one = await Hand.of(bench.url, "reviewer-1");
  const page = await (await one.window(browser)).newPage();
  await page.goto("/collections/1/queue?tab=candidates");
  const links = page.locator("#rows > li a[href*='claim=']");
  const numbers: string[] = [];
  for (const href of (await links.evaluateAll(all => all.map(a => (a as HTMLAnchorElement).href))).slice(0, 4))
    numbers.push(new URL(href).searchParams.get("claim")!);
  const shown = async (n: number, address = n) => {
    await expect(page.locator(`#work #claim-${numbers[n]}`)).toBeVisible();
    await expect.poll(() => new URL(page.url()).searchParams.get("claim")).toBe(numbers[address]);
  };
  // Frames are held back, so that nothing comes after one: only a key can bring what is due.
  await page.evaluate(() => {
    const real = requestAnimationFrame;
    const held: FrameRequestCallback[] = [];
    const held_ = window as unknown as { release(): void };
    window.requestAnimationFrame = then => held.push(then);
    held_.release = () => {
      window.requestAnimationFrame = real;
      for (const then of held) real(then);
    };
  });
  const ahead = page.waitForResponse(answer => answer.request().headers()["purpose"] === "prefetch");
  await links.nth(1).click(); // which is asked for as it is: its address is there with it
  await shown(1);
  await (await ahead).finished();
  const came = await page.evaluate(() => history.length);
  await page.keyboard.press("j");
  await shown(2, 1); // it is seen, and its address is due
  await expect(page.locator("hx-partial")).toHaveCount(0); // what changes elsewhere went there
  await page.keyboard.press("Shift"); // any key
  await shown(2);
  expect(await page.evaluate(() => history.length)).toBe(came + 1);
  await page.evaluate(() => (window as unknown as { release(): void }).release());
  await page.keyboard.press("j");
  await shown(3);
  const served = await one.http.get(page.url(), { headers: { Accept: "text/html" } });
  await expect(page).toHaveTitle(/<title>([^<]*)</.exec(await served.text())![1]!);
  await page.goBack();
  await shown(2);
  await page.goBack();
  await shown(1);
  await page.context().close();
});
