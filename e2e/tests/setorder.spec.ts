// The order of a draft set is changed by keys and by buttons, and taken back.
import { expect, test, type Page } from "@playwright/test";
import { buildWorld, type World } from "./world.ts";

let world: World;
test.beforeAll(async () => {
  world = await buildWorld();
});
test.afterAll(async () => {
  await world.bench.stop();
});

/** The claims as they stand. */
const standing = (page: Page) =>
  page.locator("#rows > li a[data-row]").evaluateAll(links => links.map(link => link.id.replace("claim-", "")));

const stands = (page: Page, ...claims: number[]) => expect.poll(() => standing(page)).toEqual(claims.map(String));

test("a claim moves by keys, keeps the focus, and z takes it back", async ({ browser }) => {
  const page = await (await world.hands["editor-1"].window(browser)).newPage();
  const { approved: one, approvedJa: two } = world.claims;
  await page.goto(`/sets/${world.sets.draft}`);
  await stands(page, one, two);
  await page.keyboard.press("j");
  await expect(page.locator(`#claim-${one}`)).toBeFocused();
  await page.keyboard.press("J");
  await stands(page, two, one);
  await expect(page.locator(`#claim-${one}`)).toBeFocused();
  await page.keyboard.press("K");
  await stands(page, one, two);
  await expect(page.locator(`#claim-${one}`)).toBeFocused();
  await page.keyboard.press("j");
  await expect(page.locator(`#claim-${two}`)).toBeFocused();
  await page.keyboard.press("T");
  await stands(page, two, one);
  await expect(page.locator(`#claim-${two}`)).toBeFocused();
  await page.keyboard.press("p");
  const place = page.locator(`#rows > li:has(#claim-${two}) [name=place]`);
  await expect(place).toBeFocused();
  await place.fill("2");
  await page.keyboard.press("Enter");
  await stands(page, one, two);
  await expect(page.locator(`#claim-${two}`)).toBeFocused();
  await page.keyboard.press("z");
  await stands(page, two, one);
  await page.keyboard.press("Z");
  await stands(page, one, two);
  await page.context().close();
});

test("without script the buttons move it", async ({ browser }) => {
  const page = await (await world.hands["editor-1"].window(browser, { javaScriptEnabled: false })).newPage();
  const { approved: one, approvedJa: two } = world.claims;
  await page.goto(`/sets/${world.sets.draft}`);
  await page.getByRole("button", { name: `To the top, claim ${two}` }).click();
  await expect(page.locator("#rows > li").first().locator("a[data-row]")).toHaveId(`claim-${two}`);
  await page.locator(`#rows > li:has(#claim-${two}) [name=place]`).fill("9");
  await page.getByRole("button", { name: `Move claim ${two} there` }).click();
  await expect(page.locator("main [role=alert], main .wrong").first()).toBeVisible();
  await expect(page.locator(`#rows > li:has(#claim-${two}) [name=place]`)).toHaveAttribute("aria-invalid", "true");
  await page.getByRole("button", { name: `Down, claim ${two}` }).click();
  await expect(page.locator("#rows > li").first().locator("a[data-row]")).toHaveId(`claim-${one}`);
  await page.context().close();
});
