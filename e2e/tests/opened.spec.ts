// Keys that open a part of the page, and what was chosen by a key: a second press, Escape and the arrows lose nothing.
import { type Page, expect, test } from "@playwright/test";
import { type Bench, startBench } from "./server.ts";
import { Hand, arabic, claimFrom, disputedClaim, link, persian } from "./world.ts";

let bench: Bench;
let one: Hand;
let two: Hand;
test.beforeAll(async () => {
  bench = await startBench();
  one = await Hand.of(bench.url, "reviewer-1");
  two = await Hand.of(bench.url, "reviewer-2");
});
test.afterAll(async () => {
  await bench.stop();
});

/** The queue of the first reviewer, at a claim of its own. */
async function atClaim(browser: import("@playwright/test").Browser): Promise<{ page: Page; id: number }> {
  const { id } = await claimFrom(two, persian, "حدود ۹ گیگابایت", `ادعای ${Date.now()}`);
  const page = await (await one.window(browser)).newPage();
  await page.goto(`/collections/1/queue?tab=turn&claim=${id}`);
  await expect(page.locator(`#claim-${id}`)).toBeVisible();
  return { page, id };
}

const leaveField = (page: Page) => page.evaluate(() => (document.activeElement as HTMLElement).blur());

for (const [key, part, field] of [
  ["t", ".sift", '.sift input[name="text"]'],
  ["h", "details.more:has(select[name=until])", "select[name=until]"],
] as const) {
  test(`${key} opens a part, a second press goes into it, and Escape shuts it`, async ({ browser }) => {
    const { page } = await atClaim(browser);
    const open = page.locator(`${part}[open]`);
    await page.keyboard.press(key);
    await expect(page.locator(field)).toBeFocused();
    await leaveField(page);
    await page.keyboard.press(key);
    await expect(page.locator(field)).toBeFocused();
    await expect(open).toHaveCount(1);
    await page.keyboard.press("Escape");
    await expect(open).toHaveCount(0);
    await expect(page.locator(`main [data-work]`).first()).toBeFocused();
    await page.keyboard.press(key);
    await leaveField(page);
    await page.keyboard.press("Escape");
    await expect(open).toHaveCount(0);
    await expect(page.locator(`main [data-work]`).first()).toBeFocused();
    await page.context().close();
  });
}

test("q asks whom, and then what: it never shuts the question", async ({ browser }) => {
  const { claim } = await disputedClaim(one, two, persian, "حدود ۹ گیگابایت", `ادعای ${Date.now()}`);
  const editor = await Hand.of(bench.url, "editor-1");
  const page = await (await editor.window(browser)).newPage();
  await page.goto(`/claims/${claim.id}/adjudicate`);
  const whom = page.locator('#send-back input[name="letter"]').first();
  await page.keyboard.press("q");
  await expect(whom).toBeFocused();
  await page.keyboard.press("Space");
  await page.keyboard.type("qap"); // what is typed at the choice is the question, its key too
  await expect(page.locator("#ask")).toBeFocused();
  await expect(page.locator("#ask")).toHaveValue("qap");
  await page.keyboard.press("Escape");
  await expect(page.locator("#send-back")).not.toHaveAttribute("open");
  await expect(page.locator("body")).not.toBeFocused();
  await page.keyboard.press("q");
  await expect(page.locator("#ask")).toBeFocused();
  await expect(page.locator("#ask")).toHaveValue("qap");
  await page.context().close();
});

test("arrows go through the passages after a verdict and its reason, and change neither", async ({ browser }) => {
  const { page } = await atClaim(browser);
  await expect(page.locator("[data-suggestions] li.ev").first()).toBeVisible();
  for (const keys of [["2"], ["3", "1"]]) {
    for (const key of keys) await page.keyboard.press(key);
    const chosen = () =>
      page.locator("#review input[type=radio]:checked").evaluateAll(all => all.map(i => (i as HTMLInputElement).value));
    const before = await chosen();
    expect(before).toHaveLength(keys.length);
    for (const key of ["ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp"]) await page.keyboard.press(key);
    expect(await chosen()).toEqual(before);
    await expect(page.locator("[data-choices] li.ev:focus")).toHaveCount(1);
  }
  await page.locator('#review input[name="verdict"]:checked').focus(); // as Tab does: the browser's own way
  await page.keyboard.press("ArrowUp");
  await expect(page.locator('#review input[value="disputed"]')).toBeChecked();
  await page.context().close();
});

test("on a page without passages arrows change no verdict that its key chose", async ({ browser }) => {
  const { claim } = await disputedClaim(one, two, persian, "حدود ۹ گیگابایت", `ادعای ${Date.now()}`);
  const editor = await Hand.of(bench.url, "editor-1");
  const page = await (await editor.window(browser)).newPage();
  await page.goto(`/claims/${claim.id}/adjudicate`);
  await page.keyboard.press("2");
  for (const key of ["ArrowDown", "ArrowRight"]) await page.keyboard.press(key);
  await expect(page.locator('#decide input[value="disputed"]')).toBeChecked();
  await page.context().close();
});

test("from the review, a passage that is out of sight is shown by its key before it is linked", async ({ browser }) => {
  const { page } = await atClaim(browser);
  await page.setViewportSize({ width: 1024, height: 420 });
  const first = page.locator("[data-suggestions] li.ev.here");
  await expect(first).toBeVisible();
  const words = first.locator("blockquote");
  await page.evaluate(() => {
    for (const pane of document.querySelectorAll("#work > .pane")) pane.scrollTop = 0;
    scrollTo(0, 0);
  });
  await expect(words).not.toBeInViewport();
  const linked = page.locator("li.ev[id^=e]");
  await page.keyboard.press("2"); // the focus is in the review now
  await expect(words).not.toBeInViewport();
  await page.keyboard.press("f");
  await expect(words).toBeInViewport();
  await expect(page.locator("#status")).toContainText("press the key again");
  await expect(linked).toHaveCount(0);
  await page.keyboard.press("f");
  await expect(linked).toHaveCount(1);
  await page.context().close();
});

test("unverified keeps what one linked and ticked; only no evidence relies on nothing, and says so", async ({
  browser,
}) => {
  const { page, id } = await atClaim(browser);
  await link(two, id, arabic, "ضحية هجمة قرصنة ضخمة ومنسقة", "supports");
  await link(one, id, arabic, "ماكرون", "context");
  await page.reload();
  const boxes = page.locator('#relied input[name="evidence"]');
  const mine = page.locator("#relied input[data-mine]");
  await expect(boxes).toHaveCount(2);
  const told = page.locator("#relied .unticked:not([hidden])");
  await expect(told).toHaveCount(0);
  for (const key of ["3", "2"]) await page.keyboard.press(key);
  await expect(mine).toBeChecked();
  const other = page.locator("#relied input:not([data-mine])");
  await expect(other).not.toBeChecked();
  await expect(told).toContainText("neither ticked nor linked");
  await other.check();
  for (const key of ["3", "1"]) await page.keyboard.press(key);
  await expect(mine).not.toBeChecked();
  await expect(other).not.toBeChecked();
  await expect(told).toContainText("relies on no item");
  for (const key of ["3", "2"]) await page.keyboard.press(key);
  await expect(mine).toBeChecked();
  await expect(other).toBeChecked();
  await expect(told).toHaveCount(0);
  await page.locator("#searched").fill("The archives of two papers.");
  await page.keyboard.press("Control+Enter");
  await expect(page.locator("#status")).toContainText(`Claim ${id} reviewed as unverified`);
  const { mine: kept } = await one.get<{ mine: { reason: string; evidence: number[] } }>(`/claims/${id}/review`);
  expect(kept.evidence).toHaveLength(2);
  await page.context().close();
});

test("while one types the key bar has only the keys that work there", async ({ browser }) => {
  const { page } = await atClaim(browser);
  const caps = page.locator(".keybar .keys > span:not([hidden])");
  await expect(caps.filter({ hasText: "verdict" })).toHaveCount(1);
  await page.locator("#why").focus();
  await expect(caps).toHaveText([/send/]);
  await page.keyboard.press("Escape");
  await expect(caps.filter({ hasText: "verdict" })).toHaveCount(1);
  await page.context().close();
});

test("who chooses by Space may begin to type: letters are no commands there", async ({ browser }) => {
  const { page, id } = await atClaim(browser);
  await expect(page.locator("[data-suggestions] li.ev").first()).toBeVisible();
  const verdict = page.locator('#review input[name="verdict"]').first();
  await verdict.focus(); // as Tab does
  await page.keyboard.press("Space");
  await expect(verdict).toBeChecked();
  for (const key of ["s", "j", "o", "u", "h", "z"]) await page.keyboard.press(key);
  await expect(page.locator("#status")).toContainText("Letters do nothing here");
  await expect(page.locator(`#claim-${id}`)).toBeVisible();
  await expect(page.locator("li.ev[id^=e]")).toHaveCount(0);
  await expect(verdict).toBeFocused();
  await page.keyboard.press("2"); // a key of the form itself
  await expect(page.locator('#review input[value="disputed"]')).toBeChecked();
  await page.keyboard.press("1"); // its reason
  await verdict.focus();
  await page.keyboard.press("Escape");
  await expect(page.locator("main [data-work]").first()).toBeFocused();
  await page.keyboard.press("h");
  await expect(page.locator("select[name=until]")).toBeFocused();
  await page.context().close();
});

test("what is typed after a reviewer was chosen by Space is the question to them", async ({ browser }) => {
  const { claim } = await disputedClaim(one, two, persian, "حدود ۹ گیگابایت", `ادعای ${Date.now()}`);
  const editor = await Hand.of(bench.url, "editor-1");
  const page = await (await editor.window(browser)).newPage();
  await page.goto(`/claims/${claim.id}/adjudicate`);
  await page.keyboard.press("q");
  await expect(page.locator('#send-back input[name="letter"]').first()).toBeFocused();
  await page.keyboard.press("Space");
  await page.keyboard.type("a, b or c: where from?");
  await expect(page.locator("#ask")).toHaveValue("a, b or c: where from?");
  await expect(page.locator('button[name="adopt"][aria-pressed="true"]')).toHaveCount(0);
  await page.context().close();
});
