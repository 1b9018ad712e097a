// A match of the shelf is confirmed and refused by keys, and that is taken back.
import { expect, test } from "@playwright/test";
import { buildWorld, claimFrom, persian, proposeChecked, type World } from "./world.ts";

let world: World;
test.beforeAll(async () => {
  world = await buildWorld();
});
test.afterAll(async () => {
  await world.bench.stop();
});

test("y confirms what others checked, Y refuses it, and z takes either back", async ({ browser }) => {
  const one = world.hands["reviewer-1"];
  const words = "شورای شهر تبریز پل تازه را در فروردین بست"; // like nothing else on the shelf
  const claim = await claimFrom(one, persian, "حدود ۹ گیگابایت", words);
  await proposeChecked(world.hands["editor-1"], claim.id, words);
  const page = await (await one.window(browser)).newPage();
  await page.goto(`/claims/${claim.id}/checked`);
  const main = page.locator("main");
  await expect(main).toContainText("perhaps the same");
  await page.keyboard.press("y");
  await expect(main).toContainText("the same, confirmed");
  await page.keyboard.press("z");
  await expect(main).toContainText("perhaps the same");
  await page.keyboard.press("Y");
  await expect(main).not.toContainText("perhaps the same");
  await page.keyboard.press("z");
  await expect(main).toContainText("perhaps the same");
  await page.context().close();
});

test("a file's page is as wide as a phone while an undo is offered", async ({ browser }) => {
  const page = await (await world.hands["editor-1"].window(browser)).newPage();
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto(`/checked/files/${world.shelf.taken}`);
  await expect(page.getByRole("button", { name: /undo/i })).toBeVisible(); // of editor-1's last deed, a confirmed match
  expect(await page.evaluate(() => document.scrollingElement!.scrollWidth)).toBeLessThanOrEqual(320);
  await page.context().close();
});
