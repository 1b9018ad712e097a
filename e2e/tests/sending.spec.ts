// Control+Enter does what the page says it does, and the palette finds what one looks for by its words.
import { type Page, expect, test } from "@playwright/test";
import type { Person } from "./people.ts";
import { type World, buildWorld } from "./world.ts";

let world: World;
test.beforeAll(async () => {
  world = await buildWorld();
});
test.afterAll(async () => {
  await world.bench.stop();
});

async function as(browser: import("@playwright/test").Browser, who: Person, path: string): Promise<Page> {
  const page = await (await world.hands[who].window(browser)).newPage();
  await page.goto(path);
  return page;
}

test("the palette finds snooze, alarms, status, import, freeze and reopen", async ({ browser }) => {
  const { open, approved } = world.claims;
  for (const [who, path, words, found] of [
    ["reviewer-1", `/collections/1/queue?tab=turn&claim=${open}`, "snooze", "put it off until a day"],
    ["reviewer-1", `/collections/1/queue?tab=turn&claim=${open}`, "put off", "snooze it"],
    ["editor-1", "/collections/1/claims", "alarms", "Alarms"],
    ["editor-1", "/collections/1/claims", "status", "Status of printed claims"],
    ["editor-1", "/collections/1/claims", "import", "Articles in: import files and texts"],
    ["editor-1", `/sets/${world.sets.draft}/preview`, "freeze", "Freeze 2 claims for good"],
    ["editor-1", `/claims/${approved}`, "reopen", "Reopen"],
    ["editor-1", `/claims/${approved}/reopen`, "reopen", "Reopen"],
  ] as const) {
    const page = await as(browser, who, path);
    await page.keyboard.press("Control+k");
    await page.keyboard.type(words);
    await expect(page.locator("#palette li", { hasText: found }).first(), `${path}: ${words}`).toBeVisible();
    await page.context().close();
  }
});

test("Control and Enter go to what must be written before a claim is reopened, and then reopen it", async ({
  browser,
}) => {
  const page = await as(browser, "editor-1", `/claims/${world.claims.adjudicated}/reopen`);
  await page.keyboard.press("Control+Enter");
  await expect(page.locator("#reason")).toBeFocused();
  await page.keyboard.type("A new document was found.");
  await page.keyboard.press("Control+Enter");
  await expect(page).not.toHaveURL(/reopen$/);
  await page.context().close();
});

test("Control and Enter freeze the set whose preview is shown; the list of keys has all that it shows", async ({
  browser,
}) => {
  const page = await as(browser, "editor-1", `/sets/${world.sets.draft}/preview`);
  await page.keyboard.press("?");
  await expect(page.locator('#keysheet [data-for="back"]')).toBeVisible();
  await expect(page.locator('#keysheet [data-for="submit"]')).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+Enter");
  await expect(page).not.toHaveURL(/preview$/);
  await expect(page.locator("#status")).toContainText(/froze/i);
  await page.context().close();
});

test("a key pressed after a dialog was shut, before the browser paints, is the page's", async ({ browser }) => {
  const page = await as(browser, "editor-1", `/claims/${world.claims.approved}/reopen`);
  for (const [open, dialog] of [
    ["?", "#keysheet"],
    ["Control+k", "#palette"],
  ] as const) {
    await expect(page.locator("#reason")).toBeFocused(); // the page begins there
    await page.keyboard.press("Escape"); // out of the field
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press(open);
    await expect(page.locator(dialog)).toBeVisible();
    const at = await page.evaluate(shut => {
      document.querySelector<HTMLDialogElement>(shut)!.close();
      const there = document.activeElement!; // a part of the dialog, which is not seen any more
      there.dispatchEvent(
        new KeyboardEvent("keydown", { key: "Enter", code: "Enter", ctrlKey: true, bubbles: true, cancelable: true }),
      );
      return there.closest("dialog")?.id;
    }, dialog);
    expect(`#${at}`, "where the focus was when the key was pressed").toBe(dialog);
    await expect(page.locator("#reason")).toBeFocused();
  }
  await page.context().close();
});
