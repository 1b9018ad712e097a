// The items of a feed are chosen with the keyboard alone: gone through, checked, taken in or let pass.
import { expect, test, type Page } from "@playwright/test";
import { sqlite } from "./server.ts";
import { buildWorld, type World } from "./world.ts";

let world: World;
test.beforeAll(async () => {
  world = await buildWorld();
  // What a visit would bring: no test asks another machine.
  const rows = Array.from({ length: 120 }, (_, i) => {
    const title = i === 118 ? "مجلس منح جدید را تأیید کرد" : `Grants of day ${i + 1}`;
    const at = 1_780_000_000_000_000 + i;
    const address = `http://localhost/story/${i + 1}`;
    return `(1, 'open', '${title}', '${address}', '', '', '', '', '', 0, ${at})`;
  });
  sqlite(
    world.bench.file,
    `INSERT INTO feed_items (feed_id, state, title, address, raw, lang, byline, published, note, taker, found_at)
     VALUES ${rows.join(", ")}`,
  );
});
test.afterAll(async () => {
  await world.bench.stop();
});

async function open(page: Page, path = "/feeds/1"): Promise<void> {
  await page.goto(world.bench.url + path);
}

/** How many of the items that are shown are checked. */
const checked = (page: Page) => page.locator("#rows input:checked");

test("items are checked, taken in and let pass by keys", async ({ browser }) => {
  const page = await (await world.hands["editor-1"].window(browser)).newPage();
  await open(page);
  const boxes = page.locator("#rows input[data-pick]");
  await expect(boxes.nth(0)).toBeFocused(); // the page begins there
  await page.keyboard.press("x");
  await expect(boxes.nth(0)).toBeChecked();
  for (let i = 0; i < 4; i++) await page.keyboard.press("j");
  await expect(boxes.nth(4)).toBeFocused();
  await page.keyboard.press("Shift+X");
  await expect(checked(page)).toHaveCount(5);
  await expect(page.locator("[data-picked]")).toHaveText("5");
  await page.keyboard.press("k");
  await page.keyboard.press("x"); // the fourth is left out
  await expect(checked(page)).toHaveCount(4);
  const fourth = await boxes.nth(3).inputValue();
  await page.keyboard.press("0"); // they pass
  await expect(page.locator("main")).toContainText("Grants of day 115");
  await expect(page.locator(`#rows input[value="${fourth}"]`)).toBeVisible();
  await expect(page.locator(".notice, [role=status]").filter({ hasText: "4 items are let pass" })).toHaveCount(1);
  await expect(checked(page)).toHaveCount(0);
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await page.keyboard.press("M"); // what is checked goes along to the next page of the list
  await expect(page).toHaveURL(/before=/);
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await expect(page.locator("[data-picked]")).toHaveText("2");
  await page.keyboard.press("1"); // they are taken in
  await expect(page.locator(".notice, [role=status]").filter({ hasText: "2 items are taken in" })).toHaveCount(1);
  await page.keyboard.press("?");
  await expect(page.locator("dialog[open]")).toContainText("take in the items that are checked");
  await page.keyboard.press("Escape");
  await page.keyboard.press("u");
  await expect(page).toHaveURL(/\/collections\/1\/feeds$/);
  await page.context().close();
});

test("none checked is said, and what is checked stays when it is refused", async ({ browser }) => {
  const page = await (await world.hands["editor-1"].window(browser)).newPage();
  await open(page);
  await page.keyboard.press("1");
  await expect(page.getByRole("alert")).toContainText("Choose one to 200 items");
  const gone = await page.locator("#rows input[data-pick]").nth(1).inputValue();
  await page.locator("#rows input[data-pick]").nth(0).check();
  await page.locator("#rows input[data-pick]").nth(1).check();
  sqlite(world.bench.file, `UPDATE feed_items SET state = 'passed' WHERE id = ${gone}`);
  await page.keyboard.press("1");
  await expect(page.getByRole("alert")).toContainText("do not wait any more");
  await expect(checked(page)).toHaveCount(1);
  await page.context().close();
});

test("without script items are checked and taken in", async ({ browser }) => {
  const page = await (await world.hands["editor-1"].window(browser, { javaScriptEnabled: false })).newPage();
  await open(page);
  await page.locator("#rows input[name=item]").nth(0).check();
  await page.getByRole("button", { name: "Take in the checked ones" }).click();
  await expect(page.locator("main")).toBeVisible();
  await expect(page.getByText("1 item is taken in")).toHaveCount(1);
  await page.context().close();
});
