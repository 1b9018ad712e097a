// Script that is loaded at its first use: what is pressed until it is there is done then, in its order, and once.
import { type Browser, type Page, type Route, expect, test } from "@playwright/test";
import { type World, buildWorld, persian } from "./world.ts";

let w: World;
test.beforeAll(async () => {
  w = await buildWorld();
});
test.afterAll(async () => {
  await w.bench.stop();
});

/** A page on which a file of script is asked for and does not come before it is let through. */
async function slow(browser: Browser, path: string, file: string): Promise<{ page: Page; come: () => Promise<void> }> {
  const page = await (await w.hands["reviewer-1"].window(browser)).newPage();
  page.on("pageerror", error => {
    throw error;
  });
  let asked: (route: Route) => void;
  const route = new Promise<Route>(done => (asked = done));
  const address = `**/assets/${file}-*.js`;
  await page.route(address, one => asked(one));
  await page.goto(path);
  const come = async () => {
    await (await route).continue();
    await page.unroute(address);
  };
  return { page, come };
}

test("words typed and Enter pressed before the palette is there find and do what they say", async ({ browser }) => {
  const { page, come } = await slow(browser, "/collections/1/queue?tab=turn", "commands");
  await page.keyboard.press("Control+k");
  await expect(page.locator("#palette")).toBeVisible();
  await page.keyboard.type("notices");
  await page.keyboard.press("Enter");
  await expect(page.locator("#palette input")).toHaveValue("notices");
  await expect(page).toHaveURL(/queue/);
  await come();
  await expect(page).toHaveURL(/\/notices$/);
  await page.context().close();
});

test("a palette that is left before it is there does nothing", async ({ browser }) => {
  const { page, come } = await slow(browser, "/collections/1/queue?tab=turn", "commands");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("notices");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(page.locator("#palette")).toBeHidden();
  await come();
  await page.keyboard.press("Control+k");
  await expect(page.locator("#palette li").first()).toBeVisible();
  await expect(page).toHaveURL(/queue/);
  await page.context().close();
});

test("keys pressed in the reader before its file is there choose and shorten words", async ({ browser }) => {
  const { page, come } = await slow(browser, `/articles/${persian.id}`, "words");
  await page.locator("#edition .sent").first().waitFor();
  for (const key of ["j", "j", "b"]) await page.keyboard.press(key);
  await expect(page.locator("#picked")).toBeHidden();
  await come();
  await expect(page.locator("#picked")).toBeVisible();
  const late = await page.locator("#picked-words").textContent();
  await page.keyboard.press("Escape");
  await expect(page.locator("#picked")).toBeHidden();
  // The same keys with the file there.
  await page.reload();
  await page.keyboard.press("j");
  await expect(page.locator("#picked")).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("b");
  await expect(page.locator("#picked-words")).toHaveText(late!);
  await page.context().close();
});

test("keys pressed after the button that chooses words move what is chosen", async ({ browser }) => {
  const { page, come } = await slow(browser, `/claims/${w.claims.open}/edit`, "words");
  await page.locator("[data-choose]").first().press("Enter");
  await page.keyboard.press("Shift+ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await expect(page.locator(".chooser")).toHaveCount(0);
  await come();
  const list = page.locator(".chooser ol");
  await expect(list).toBeFocused();
  const late = await page.locator(".chooser [aria-live]").textContent();
  await page.keyboard.press("Escape");
  await page.locator("[data-choose]").first().press("Enter");
  await expect(list).toBeFocused();
  await page.keyboard.press("Shift+ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await expect(page.locator(".chooser [aria-live]")).toHaveText(late!);
  await page.context().close();
});

test("a file that cannot be had is said to be missing, and asked for again", async ({ browser }) => {
  const page = await (await w.hands["reviewer-1"].window(browser)).newPage();
  await page.goto("/collections/1/queue?tab=turn");
  await page.context().setOffline(true);
  await page.keyboard.press("Control+k");
  await expect(page.locator("#saved")).toContainText("could not be loaded");
  await expect(page.locator("#palette")).toBeHidden();
  await page.context().setOffline(false);
  await page.keyboard.press("Control+k");
  await expect(page.locator("#palette li").first()).toBeVisible();
  await page.context().close();
});
