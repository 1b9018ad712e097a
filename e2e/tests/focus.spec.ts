// After an act the focus is where the work goes on, and keys act on what somebody meant. The walks of pages.ts hold
// that no form of theirs leaves the focus on the page as a whole.
import { type Page, expect, test } from "@playwright/test";
import { type Bench, startBench } from "./server.ts";
import { Hand, claimFrom, persian } from "./world.ts";

let bench: Bench;
let one: Hand;
let page: Page;
test.beforeAll(async ({ browser }) => {
  bench = await startBench(true);
  one = await Hand.of(bench.url, "reviewer-1");
  page = await (await one.window(browser)).newPage();
});
test.afterAll(async () => {
  await page.context().close();
  await bench.stop();
});

const here = () => page.evaluate(() => document.activeElement?.id || document.activeElement?.localName);
const stateOf = async (claim: number) =>
  (await one.get<{ claim: { statement: string; words_version: number } }>(`/claims/${claim}`)).claim;

test("p and P lead to the parts, m to what the candidate may say again, with the focus there", async () => {
  for (const [key, place] of [
    ["p", /^part-1$/],
    ["P", /^part-1$/],
    ["m", /^find-into$/],
  ] as const) {
    await page.goto("/collections/1/queue?tab=candidates");
    await page.keyboard.press(key);
    await expect(page).toHaveURL(/\/edit\?/);
    await expect.poll(here, key).toMatch(place);
  }
});

test("a field narrows the claims that a candidate may be merged into, in any script, and sends nothing", async () => {
  await page.goto("/collections/1/queue?tab=candidates");
  await page.keyboard.press("m");
  await expect(page.locator("#find-into")).toBeVisible();
  const all = page.locator("#merge label.check");
  const most = await all.count();
  const wanted = (await all.nth(3).locator("bdi").first().innerText()).trim().split(/\s+/).slice(0, 5).join(" ");
  await page.locator("#find-into").fill(wanted.replaceAll("ی", "ي"));
  await expect(page.locator("#merge .hint")).toHaveText(new RegExp(`^\\d+ of ${most}$`));
  expect(await all.filter({ visible: true }).count()).toBeLessThan(most);
  await page.keyboard.press("Enter");
  await expect(page.locator('#merge input[name="into"]').and(page.locator(":focus"))).toHaveCount(1);
  await expect(page).toHaveURL(/\/edit\?/);
});

test("Ctrl+Enter saves nothing that nobody typed, and what somebody typed", async () => {
  const claim = await claimFrom(one, persian, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد");
  await page.goto(`/claims/${claim.id}/edit`);
  await page.keyboard.press("Control+Enter");
  await page.keyboard.press("Control+k"); // a press that is answered at once: the one before did nothing
  await expect(page.locator("#palette")).toBeVisible();
  await page.keyboard.press("Escape");
  expect(page.url()).toContain("/edit");
  expect((await stateOf(claim.id)).words_version).toBe(claim.words_version);
  await page.locator("#statement").fill("حدود ۹ گیگابایت ایمیل منتشر شد");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+Enter");
  await expect(page).not.toHaveURL(/\/edit/);
  expect((await stateOf(claim.id)).statement).toBe("حدود ۹ گیگابایت ایمیل منتشر شد");
  await expect.poll(here).not.toBe("body");
});

test("the palette tells buttons with the same words apart by what they act on", async () => {
  await page.goto("/collections/1/queue?tab=turn");
  await expect(page.locator("[data-suggestions]")).toBeVisible();
  await page.keyboard.press("Control+k");
  const words = await page.locator("#palette-list li bdi").allTextContents();
  await page.keyboard.press("Escape");
  expect(words.length).toBeGreaterThan(5);
  expect(words.filter((word, n) => words.indexOf(word) !== n)).toEqual([]);
});

test("with single keys off, letters do nothing in any list, and Tab and Ctrl+Enter go on working", async () => {
  await page.goto("/collections/1/claims");
  await page.evaluate(() => localStorage.setItem("claimbench.keys-off", "1"));
  await page.reload();
  const at = () => page.evaluate(() => (document.activeElement as HTMLAnchorElement).href);
  const first = await page.locator("#rows tbody a").first().evaluate(link => (link as HTMLAnchorElement).href);
  await page.keyboard.press("j");
  expect(await at()).toBe(first);
  await page.keyboard.press("Tab");
  await expect.poll(at).not.toBe(first);
  const claim = await claimFrom(one, persian, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد");
  await page.goto(`/claims/${claim.id}/edit`);
  await page.locator("#statement").fill("حدود ۹ گیگابایت نامه منتشر شد");
  await page.keyboard.press("Control+Enter");
  await expect(page).not.toHaveURL(/\/edit/);
  await page.evaluate(() => localStorage.removeItem("claimbench.keys-off"));
});

test("a new claim's statement follows the chosen words until somebody types one", async () => {
  await page.goto(`/articles/${persian.id}/claims/new?sentence=5`);
  const statement = page.locator("#statement");
  const before = await statement.inputValue();
  const choose = page.getByRole("button", { name: "Choose words in the text" });
  await choose.click();
  await page.keyboard.press("b");
  await page.keyboard.press("Enter");
  const shorter = await statement.inputValue();
  expect(before.startsWith(shorter) && shorter.length < before.length, `${before} / ${shorter}`).toBe(true);
  await statement.fill("آنچه کسی نوشت");
  await choose.click();
  await page.keyboard.press("b");
  await page.keyboard.press("Enter");
  await expect(statement).toHaveValue("آنچه کسی نوشت");
});

test("a claim is made of words chosen in the reader, by keys alone", async () => {
  await page.goto(`/articles/${persian.id}`);
  await page.keyboard.press("j");
  await page.keyboard.press("b");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/start=\d+/);
  await expect(page.locator("#statement")).toBeFocused();
  await page.evaluate(() => (document.activeElement as HTMLElement).blur()); // as after a press beside the fields
  await page.keyboard.press("Control+Enter");
  await expect(page).toHaveURL(/\/claims\/\d+|claim=\d+/);
  await expect(page.locator("#status")).toContainText(/is open|added/i);
});

test("pages of few keys have theirs: sets, guidelines", async ({ browser }) => {
  const editor = await Hand.of(bench.url, "editor-1");
  const desk = await (await editor.window(browser)).newPage();
  await desk.goto("/collections/1/sets");
  await desk.keyboard.press("n");
  await expect(desk.locator("#title")).toBeFocused();
  await desk.keyboard.type("آنچه می‌دانیم");
  await desk.keyboard.press("Control+Enter");
  await expect(desk).toHaveURL(/\/sets\/\d+\/build/);
  await expect.poll(() => desk.evaluate(() => document.activeElement?.localName)).not.toBe("body");
  await desk.keyboard.press("u");
  await expect(desk).toHaveURL(/\/sets\/\d+$/);
  await desk.keyboard.press("a");
  await expect(desk).toHaveURL(/\/build/);
  await desk.goto("/collections/1/guidelines");
  await desk.keyboard.press("w");
  await expect(desk.locator("#gu-words")).toBeFocused();
  await desk.context().close();
});

test("a claim that is given, put off or taken back leaves the focus in the work", async ({ browser }) => {
  const editor = await Hand.of(bench.url, "editor-1");
  const claim = await claimFrom(one, persian, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده، برای سپردن");
  const desk = await (await editor.window(browser, { reducedMotion: "reduce" })).newPage();
  const status = desk.locator("#status");
  await desk.goto(`/collections/1/queue?tab=turn&lang=all&claim=${claim.id}`);
  // What is folded away loses the focus when the browser paints next.
  const painted = () =>
    desk.evaluate(
      () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 0)))),
    );
  const inMain = async (after: string) => {
    await painted();
    const at = await desk.evaluate(() => document.activeElement?.closest("main, body")?.localName);
    expect(at, after).toBe("main");
  };
  await desk.keyboard.press("Shift+I");
  await expect(desk.locator(".turns select[name=user]")).toBeFocused();
  await desk.keyboard.press("Control+Enter");
  await expect(status).toContainText(/claim given|claim taken/);
  await inMain("given");
  await desk.keyboard.press("Shift+I");
  await desk.getByRole("button", { name: /^Take it back from/ }).press("Enter");
  await expect(status).toContainText(/taken back|given back/);
  await inMain("taken back");
  await desk.goto(`/collections/1/queue?tab=turn&lang=all&claim=${claim.id}`);
  await desk.keyboard.press("h");
  await expect(desk.locator(".turns select[name=until]")).toBeFocused();
  await desk.keyboard.press("Control+Enter");
  await expect(status).toContainText("Snoozed until");
  await inMain("put off");
  await desk.context().close();
});
