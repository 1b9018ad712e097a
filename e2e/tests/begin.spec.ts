// A page that somebody opens has the focus where its work begins: in its first field, on its work, on the first row of
// its list, else on its main heading; never on the page as a whole.
import { type Page, expect, test } from "@playwright/test";
import { stops } from "./pages.ts";
import { type Stop } from "./stop.ts";
import { type World, buildWorld } from "./world.ts";

let w: World;
const windows = new Map<Stop["who"], Page>();

test.use({ trace: "off" });
test.beforeAll(async ({ browser }) => {
  w = await buildWorld();
  for (const who of new Set(stops.map(stop => stop.who))) {
    const context =
      who === "nobody" ? await browser.newContext({ baseURL: w.bench.url }) : await w.hands[who].window(browser);
    windows.set(who, await context.newPage());
  }
});
test.afterAll(async () => {
  for (const page of windows.values()) await page.context().close();
  await w.bench.stop();
});

/** What is wrong with where the focus is, "" when it is where the work begins. */
const wrong = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const at = document.activeElement as HTMLElement;
    const place = `${at.localName}#${at.id}.${at.className}`;
    if (!at.closest("main") || at.id === "main") return place;
    const seen = (selector: string) => [...document.querySelectorAll(selector)].find(e => e.checkVisibility());
    const own = seen("main [data-begin], main [data-follows] textarea") ?? seen("main [data-work]");
    if (own) return own === at ? "" : `${place}, and the work begins at ${own.outerHTML.slice(0, 80)}`;
    if (at.closest("[role=alert]")) return "";
    const rows = [...document.querySelectorAll("#rows > li, #rows > ol > li, #rows > tbody > tr")];
    const link = rows.flatMap(row => row.querySelector("a[data-row]") ?? row.querySelector("a[href]") ?? [])[0];
    const box = link?.getBoundingClientRect();
    if (link && box && box.top >= 0 && box.bottom <= innerHeight)
      return link === at ? "" : `${place}, not the first row`;
    return at.localName === "h1" ? "" : place;
  });

test("every page has the focus where its work begins when it is opened", async () => {
  test.setTimeout(400_000);
  const found: string[] = [];
  for (const stop of stops) {
    if (stop.act) continue; // what was sent is held to its own rule, by visit
    if (/^\/ask(ed)?\//.test(stop.path(w))) continue; // without script: a browser begins at their top
    const page = windows.get(stop.who)!;
    await page.goto(stop.path(w));
    await expect
      .poll(() => wrong(page), { timeout: 3_000 })
      .toBe("")
      .catch(async () => found.push(`${stop.name} (${stop.who}): ${await wrong(page)}`));
  }
  expect(found).toEqual([]);
});

test("j goes on from the row that the page began with, and the ring is drawn once a key is pressed", async () => {
  const page = windows.get("reviewer-1")!;
  await page.goto("/collections/1/claims");
  const links = page.locator("#rows tbody tr");
  await expect(links.nth(0).locator("a:focus")).toHaveCount(1);
  const ring = () => page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle);
  expect(await ring()).toBe("none");
  await page.keyboard.press("j");
  await expect(links.nth(1).locator("a:focus")).toHaveCount(1);
  expect(await ring()).not.toBe("none");
});
