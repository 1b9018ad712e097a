// Who else is there: two people on one candidate, one conflict and one draft see each other; on an open claim nobody is
// ever told; a stream of news that is cut again and again asks for nothing more.
import { type Page, expect, test } from "@playwright/test";
import { type World, buildWorld } from "./world.ts";

let world: World;
test.beforeAll(async () => {
  world = await buildWorld();
});
test.afterAll(async () => {
  await world.bench.stop();
});

const line = (page: Page) => page.locator("[data-presence]");

/** A page's answers about presence, counted. */
function signs(page: Page): { count: number } {
  const seen = { count: 0 };
  page.on("response", answer => {
    if (answer.url().endsWith("/presence")) seen.count += 1;
  });
  return seen;
}

/** Opens a page and waits until its first sign of life is answered. */
async function open(page: Page, path: string): Promise<string> {
  const answer = page.waitForResponse(a => a.url().endsWith("/presence"));
  await page.goto(path);
  return (await answer).text();
}

test("two people see each other on a candidate, in the queue and on its page", async ({ browser }) => {
  const one = await world.hands["reviewer-1"].window(browser);
  const two = await world.hands["reviewer-2"].window(browser);
  const first = await one.newPage();
  const second = await two.newPage();
  await first.clock.install();
  await open(second, `/claims/${world.claims.candidate}`);
  await first.goto(`/collections/1/queue?tab=candidates&claim=${world.claims.candidate}`);
  await first.clock.runFor(1_000);
  await expect(line(first)).toHaveText("Reviewer Two is here too.");
  await open(second, `/claims/${world.claims.candidate}`);
  await expect(line(second)).toHaveText("Reviewer One is here too.");
  await expect(line(second)).toHaveAttribute("aria-live", "polite");
  // an act in place puts the page's part anew; the line stays
  await second.evaluate(() => document.dispatchEvent(new CustomEvent("htmx:after:swap", { detail: {} })));
  await expect(line(second)).toHaveText("Reviewer One is here too.");
  // whoever goes on to another claim is gone at their next sign
  await open(second, `/claims/${world.claims.decided}`);
  await expect(line(second)).toHaveText("");
  await first.clock.runFor(31_000);
  await expect(line(first)).toHaveText("");
  // a page that nobody touches falls silent, until somebody does
  await first.clock.runFor(331_000);
  const seen = signs(first);
  await first.clock.runFor(120_000);
  expect(seen.count).toBe(0);
  await first.mouse.move(20, 20);
  await first.clock.runFor(1_000);
  await expect.poll(() => seen.count).toBe(1);
  await one.close();
  await two.close();
});

test("on an open claim nobody is told, but of their own other window", async ({ browser }) => {
  const one = await world.hands["reviewer-1"].window(browser);
  const two = await world.hands["reviewer-2"].window(browser);
  const first = await one.newPage();
  const second = await two.newPage();
  const path = `/claims/${world.claims.open}`;
  const alone = await open(second, path);
  await open(first, path);
  expect(await open(second, path)).toBe(alone);
  await expect(line(second)).toHaveText("");
  const other = await two.newPage();
  expect(await open(other, path)).toContain('"others":[]');
  await expect(line(other)).toHaveText(/^You have this open in another window since \d\d:\d\d\.$/);
  await one.close();
  await two.close();
});

test("a conflict while it is decided, and a draft set, show who else is there", async ({ browser }) => {
  const one = await world.hands["editor-1"].window(browser);
  const two = await world.hands["editor-2"].window(browser);
  for (const path of [`/claims/${world.claims.conflict}/adjudicate`, `/sets/${world.sets.draft}`]) {
    const first = await one.newPage();
    const second = await two.newPage();
    await open(first, path);
    await open(second, path);
    await expect(line(second)).toHaveText("Editor One is here too.");
  }
  const frozen = await two.newPage();
  await frozen.goto(`/sets/${world.sets.frozen}`);
  await expect(line(frozen)).toHaveCount(0);
  await one.close();
  await two.close();
});

test("a stream that is cut again and again multiplies nothing", async ({ browser }) => {
  const one = await world.hands["reviewer-1"].window(browser);
  const page = await one.newPage();
  let streams = 0;
  await page.route("**/live", route => {
    streams += 1;
    return route.fulfill({ status: 200, contentType: "text/event-stream", body: "retry: 50\n: hello\n\n" });
  });
  const seen = signs(page);
  await open(page, `/claims/${world.claims.candidate}`);
  await expect.poll(() => streams).toBeGreaterThan(10);
  expect(seen.count).toBe(1);
  await one.close();
});
