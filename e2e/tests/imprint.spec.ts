// The imprint of a draft is not lost by the freeze beside it.
import { expect, test } from "@playwright/test";
import { buildWorld, type World } from "./world.ts";

let world: World;
test.beforeAll(async () => {
  world = await buildWorld();
});
test.afterAll(async () => {
  await world.bench.stop();
});

test("a freeze waits once for what was typed in the imprint and not kept", async ({ browser }) => {
  const page = await (await world.hands["editor-1"].window(browser)).newPage();
  await page.goto(`/sets/${world.sets.draft}`);
  const freeze = page.getByRole("button", { name: /^Freeze/ });
  await page.locator("#note").fill("Read by two editors.");
  await freeze.focus();
  await page.keyboard.press("Enter");
  await expect(page.locator("[data-unkept]")).toBeVisible();
  await expect(page.locator("#note")).toBeFocused();
  await page.getByRole("button", { name: "Keep", exact: true }).click();
  await expect(page.locator("[data-unkept]")).toBeHidden();
  await expect(page.locator("#note")).toHaveValue("Read by two editors.");
  await freeze.click();
  await expect(page.getByRole("heading", { name: "What is printed" })).toBeVisible();
  await expect(page.getByText("Read by two editors.")).toBeVisible();
  await page.getByRole("button", { name: /^Freeze .* for good/ }).click();
  await expect(page.getByText("Frozen").first()).toBeVisible();
  await page.context().close();
});

test("nothing is asked twice: sent once more, it freezes", async ({ browser }) => {
  const page = await (await world.hands["editor-1"].window(browser)).newPage();
  const set = await world.hands["editor-1"].post("/collections/1/sets", { title: "Another" });
  const claims = [world.claims.approvedJa];
  await world.hands["editor-1"].post(`/sets/${set.id}/claims`, { version: set.version, claims });
  await page.goto(`/sets/${set.id}`);
  const freeze = page.getByRole("button", { name: /^Freeze/ });
  await page.locator("#note").fill("Left out on purpose.");
  await freeze.click();
  await expect(page.locator("[data-unkept]")).toBeVisible();
  await freeze.click();
  await page.getByRole("button", { name: /^Freeze .* for good/ }).click();
  await expect(page.getByText("Frozen").first()).toBeVisible();
  await page.context().close();
});
