// What a person meets on the desk of the demo: states in words, keys under other layouts, lines that stay lines.
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { signIn } from "./people.ts";
import { type Bench, startBench } from "./server.ts";

let bench: Bench;
let page: Page;
test.beforeAll(async ({ browser }) => {
  bench = await startBench(true);
  page = await signIn(browser, bench.url, "reviewer-1");
});
test.afterAll(async () => {
  await bench.stop();
});

/** Presses a key of a layout that the test's own keyboard does not have. */
async function foreignKey(key: string, code: string): Promise<void> {
  const keys = await page.context().newCDPSession(page);
  const event = { key, code, windowsVirtualKeyCode: code.charCodeAt(code.length - 1) };
  await keys.send("Input.dispatchKeyEvent", { type: "keyDown", text: key, ...event });
  await keys.send("Input.dispatchKeyEvent", { type: "keyUp", ...event });
  await keys.detach();
}

test("nobody is offered to undo what the demo did", async () => {
  await page.goto("/collections/1/queue");
  await expect(page.locator("#rows > li").first()).toBeVisible();
  await expect(page.getByRole("button", { name: /^Undo/ })).toHaveCount(0);
});

test("a claim in conflict is said to be in conflict, in lists and on its page", async () => {
  await page.goto("/collections/1/claims?state=in_conflict");
  const row = page.locator("main tbody tr").first();
  await expect(row.locator(".v")).toHaveText("In conflict");
  await row.getByRole("link").first().click();
  await expect(page.locator("main .v").first()).toHaveText("In conflict");
  await expect(page.getByText("Unreviewed")).toHaveCount(0);
});

test("an open claim that one reviewed says so with one's own verdict, in the list and on its page", async () => {
  await page.goto("/collections/1/claims?state=open");
  const row = page.locator("main tbody tr", { hasText: "you: unverified" });
  await expect(row).toHaveCount(1);
  await expect(row).not.toContainText("Unreviewed");
  await row.getByRole("link").first().click();
  await expect(page.locator("#claim-h")).toBeVisible();
  await expect(page.locator("main .v").first()).toHaveText("you: unverified");
  await expect(page.locator("main").getByText("Unreviewed")).toHaveCount(0);
  await page.goto("/collections/1/queue?tab=waiting");
  await expect(page.locator("#work .v").first()).toHaveText("you: unverified");
  await expect(page.locator("main").getByText("Unreviewed")).toHaveCount(0);
});

test("a reason is chosen by its digit under French, Persian and Arabic layouts", async () => {
  for (const [verdict, reason] of [
    [["3", "Digit3"], ["1", "Digit1"]],
    [['"', "Digit3"], ["&", "Digit1"]],
    [["۳", "Digit3"], ["۱", "Digit1"]],
    [["٣", "Digit3"], ["١", "Digit1"]],
  ] as const) {
    await page.goto("/collections/1/queue");
    await foreignKey(verdict[0], verdict[1]);
    await expect(page.locator('#review input[value="unverified"]')).toBeChecked();
    await foreignKey(reason[0], reason[1]);
    await expect(page.locator('#review input[name="reason_unverified"][value="no_evidence"]')).toBeChecked();
    await page.locator('#review input[value="unverified"]').evaluate((box: HTMLInputElement) => box.form?.reset());
  }
});

test("g and a letter go on under Persian and Arabic layouts", async () => {
  await page.goto("/collections/1/queue");
  await foreignKey("ل", "KeyG");
  await foreignKey("ش", "KeyA");
  await expect(page).toHaveURL(/\/collections\/1\/articles$/);
});

test("[ and ] go from article to article", async () => {
  await page.goto("/articles/1");
  await expect(page.locator('[data-act~="article-prev"]')).toHaveCount(0);
  await page.keyboard.press("]");
  await expect(page).toHaveURL(/\/articles\/2$/);
  await foreignKey("چ", "BracketRight"); // Persian
  await expect(page).toHaveURL(/\/articles\/3$/);
  await page.keyboard.press("[");
  await expect(page).toHaveURL(/\/articles\/2$/);
});

test("a row of the queue has four lines, and the key bar one", async () => {
  for (const tab of ["turn", "candidates"]) {
    await page.goto(`/collections/1/queue?tab=${tab}`);
    for (const row of await page.locator("#rows > li").all())
      expect((await row.boundingBox())!.height, tab).toBeLessThanOrEqual(94);
  }
  await page.goto("/articles/1");
  await page.evaluate(() => {
    document.querySelector("#status")!.textContent = "Claim 12345 was accepted as it stands. ".repeat(6);
  });
  expect((await page.locator(".keybar").boundingBox())!.height).toBeLessThanOrEqual(33);
});

test("what a verdict needs stands under it, and a chosen one alone says it", async () => {
  await page.goto("/collections/1/queue");
  const needs = page.locator(".pick > .need");
  await expect(needs).toHaveCount(3);
  await page.keyboard.press("2");
  await expect(needs.filter({ visible: true })).toHaveCount(1);
  await expect(page.locator('.pick > .need[data-v="disputed"]')).toBeVisible();
  const found = await new AxeBuilder({ page }).analyze();
  expect(found.violations.map(v => `${v.id}: ${v.nodes[0]?.html}`)).toEqual([]);
});

test("below 1024 px search, the collection and all places stay in sight", async () => {
  for (const width of [360, 768]) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto("/collections/1/articles");
    await expect(page.locator("#find")).toBeInViewport();
    await expect(page.locator(".mast > a.where").first()).toBeInViewport();
    for (const tab of await page.locator(".mast .tabs a").all()) await expect(tab).toBeInViewport({ ratio: 1 });
    await expect(page.getByText(/3 claims, \d+ candidates/)).toBeInViewport();
  }
  await page.setViewportSize({ width: 1440, height: 900 });
});

test("after an act the focus is where the work goes on", async () => {
  await page.goto("/collections/1/queue?tab=candidates");
  await page.keyboard.press("a");
  await expect(page.locator("#status")).not.toBeEmpty();
  await expect(page.locator("[data-work]")).toBeFocused();
});

test("a person is added with a name in their script, and their link is copied", async ({ browser }) => {
  const admin = await signIn(browser, bench.url, "admin-1");
  await admin.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await admin.goto("/users");
  await admin.getByLabel("Their name, in any script").fill("نرگس");
  await admin.getByLabel("Name to sign in with").fill("narges");
  await admin.getByRole("button", { name: "Add user" }).click();
  await expect(admin.locator("h1")).toContainText("نرگس");
  await admin.getByRole("button", { name: "Copy the link" }).click();
  await expect(admin.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await admin.evaluate(() => navigator.clipboard.readText())).toBe(await admin.locator("#new-link").innerText());
});
