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

/** Waits until the claims stand so. */
async function stands(page: Page, ...claims: number[]): Promise<void> {
  const rows = page.locator("#rows > li a[data-row]");
  await expect(rows).toHaveCount(claims.length);
  for (const [i, claim] of claims.entries()) await expect(rows.nth(i)).toHaveId(`claim-${claim}`);
}

test("a claim moves by keys, keeps the focus, and z takes it back", async ({ browser }) => {
  const page = await (await world.hands["editor-1"].window(browser)).newPage();
  const { approved: one, approvedJa: two } = world.claims;
  await page.goto(`/sets/${world.sets.draft}`);
  await stands(page, one, two);
  await expect(page.locator(`#claim-${one}`)).toBeFocused(); // the page begins there
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
  await page.keyboard.press("2"); // in the place of what stands there
  await expect(place).toHaveValue("2");
  await page.keyboard.press("Enter");
  await stands(page, one, two);
  await expect(page.locator(`#claim-${two}`)).toBeFocused();
  await page.keyboard.press("z");
  await stands(page, two, one);
  await page.keyboard.press("Z");
  await stands(page, one, two);
  await page.context().close();
});

test("on the page of claims to add no verdict stands over the words", async ({ browser }) => {
  const editor = world.hands["editor-1"];
  const set = await editor.post<{ id: number }>("/collections/1/sets", { title: "Beside" });
  const page = await (await editor.window(browser)).newPage();
  for (const width of [1440, 768, 360]) {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`/sets/${set.id}/build`);
    await expect(page.locator(".pickable").first()).toBeVisible();
    const over = await page.locator(".pickable").evaluateAll(all =>
      all.filter(li => {
        const [v, words] = [".v", ".txt"].map(one => li.querySelector(one)!.getBoundingClientRect());
        return v!.left < words!.right && words!.left < v!.right && v!.top < words!.bottom && words!.top < v!.bottom;
      }).length,
    );
    expect(over, `${width} px`).toBe(0);
  }
  await page.context().close();
});

test("without script the buttons move it", async ({ browser }) => {
  const page = await (await world.hands["editor-1"].window(browser, { javaScriptEnabled: false })).newPage();
  const { approved: one, approvedJa: two } = world.claims;
  await page.goto(`/sets/${world.sets.draft}`);
  const row = page.locator(`#rows > li:has(#claim-${two})`);
  await row.getByRole("button", { name: "To the top" }).click();
  await stands(page, two, one);
  await row.locator("[name=place]").fill("9");
  await row.getByRole("button", { name: "Move" }).click();
  await expect(page.locator("main [role=alert], main .wrong").first()).toBeVisible();
  await expect(row.locator("[name=place]")).toHaveAttribute("aria-invalid", "true");
  await row.getByRole("button", { name: "Down" }).click();
  await stands(page, one, two);
  await page.context().close();
});
