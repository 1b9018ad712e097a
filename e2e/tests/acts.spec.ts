// Small acts of the desk on the work that a demo begins with: reopening by a key, selecting for a set, putting off
// until a day, a letter that is typed right after a part was opened, and what an approval begins with.
import { type Browser, type Page, expect, test } from "@playwright/test";
import { type Bench, startBench } from "./server.ts";
import { Hand, claimFrom, document as outside, persian } from "./world.ts";

let bench: Bench;
test.beforeAll(async () => {
  bench = await startBench(true);
});
test.afterAll(async () => {
  await bench.stop();
});

async function as(browser: Browser, who: "reviewer-1" | "reviewer-2" | "editor-1" | "editor-2", path: string) {
  const hand = await Hand.of(bench.url, who);
  const page = await (await hand.window(browser)).newPage();
  page.on("pageerror", error => {
    throw error;
  });
  await page.goto(path);
  return page;
}

const status = (page: Page) => page.locator("#status");

test("R asks why a decided claim is reopened, from the queue, its page and its approval", async ({ browser }) => {
  const page = await as(browser, "editor-1", "/collections/1/queue?tab=approve");
  const id = /Claim ([0-9]+)/.exec(await page.locator("#rows .here").innerText())![1]!;
  for (const path of ["/collections/1/queue?tab=approve", `/claims/${id}`, `/claims/${id}/approve`]) {
    await page.goto(path);
    await page.locator("[data-work]").first().focus();
    await page.keyboard.press("Shift+R");
    await expect(page, path).toHaveURL(new RegExp(`/claims/${id}/reopen$`));
  }
  await page.keyboard.press("e");
  await page.keyboard.insertText("Look again.");
  await page.goto("/collections/1/queue?tab=approve");
  await page.keyboard.press("?");
  await expect(page.locator("#keysheet div", { hasText: "reopen a decided claim" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await expect(page.locator("#palette li", { hasText: "reopen a decided claim" })).toBeVisible();
});

test("x and Shift+x select claims for a set, over pages, and what is ticked is counted", async ({ browser }) => {
  const page = await as(browser, "editor-1", "/collections/1/sets");
  const editor = await Hand.of(bench.url, "editor-1");
  const set = await editor.post("/collections/1/sets", { title: "Chosen by keys" });
  await page.goto(`/sets/${set.id}/build`);
  const boxes = page.locator("#rows input[name=claim]");
  const n = await boxes.count();
  expect(n).toBeGreaterThan(1);
  await page.keyboard.press("x");
  await expect(boxes.first()).toBeChecked();
  await expect(page.locator("[data-picked]")).toHaveText("1");
  for (let i = 1; i < n; i++) await page.keyboard.press("j");
  await page.keyboard.press("Shift+X");
  for (let i = 0; i < n; i++) await expect(boxes.nth(i)).toBeChecked();
  await page.keyboard.press("Control+Enter");
  await expect(page).toHaveURL(new RegExp(`/sets/${set.id}`));
  const held = async (id: number) => (await editor.get<{ claims: { items: unknown[] } }>(`/sets/${id}`)).claims.items;
  expect(await held(set.id)).toHaveLength(n);
  await page.keyboard.press("z");
  await expect(status(page)).toContainText("Taken back");
  const empty = await editor.post("/collections/1/sets", { title: "All by a key" });
  await page.goto(`/sets/${empty.id}/build`);
  await page.keyboard.press("Shift+V");
  await expect.poll(async () => (await held(empty.id)).length).toBe(n);
});

test("a claim is snoozed by Enter, for a span or until a day, and the focus goes on to the next claim", async ({
  browser,
}) => {
  const two = await Hand.of(bench.url, "reviewer-2");
  for (let i = 0; i < 3; i++) await claimFrom(two, persian, "حدود ۹ گیگابایت", `ادعای ${i}`);
  const page = await as(browser, "reviewer-1", "/collections/1/queue?tab=turn");
  await page.keyboard.press("h");
  await page.keyboard.press("Enter"); // in the choice of spans
  await expect(status(page)).toContainText("Snoozed until");
  await expect(page.locator("[data-work]")).toBeFocused();
  const before = await status(page).innerText();
  await page.keyboard.press("h");
  const day = page.locator('#work input[name="day"]');
  await day.fill("2027-05-04");
  await day.press("Enter");
  await expect(status(page)).not.toHaveText(before);
  await expect(status(page)).toContainText("Snoozed until 4 May 2027");
  await expect(page.locator("[data-work]")).toBeFocused();
  await page.keyboard.press("i");
  await expect(status(page)).toContainText("1 claim taken");
  await expect(page.locator("[data-work]")).toBeFocused();
});

test("after a claim was given the focus is on the claim", async ({ browser }) => {
  const page = await as(browser, "editor-1", "/collections/1/queue?tab=turn");
  await page.keyboard.press("Shift+I");
  await page.keyboard.press("Control+Enter");
  await expect(status(page)).toContainText("1 claim given");
  await expect(page.locator("[data-work]")).toBeFocused();
});

test("a letter typed right after Space or q opened the question is its first letter", async ({ browser }) => {
  const page = await as(browser, "editor-1", "/collections/1/queue?tab=conflict");
  await page.keyboard.press("v");
  await expect(page).toHaveURL(/adjudicate$/);
  const summary = page.locator("#send-back > summary");
  await summary.focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("q");
  await page.keyboard.press("u");
  await expect(page.locator("#ask")).toHaveValue("qu");
  await expect(page.locator("#send-back")).toHaveAttribute("open", "");
  await page.locator("#ask").fill("");
  await page.keyboard.press("Escape");
  await page.reload();
  await page.keyboard.press("q");
  await page.keyboard.press("q");
  await expect(page.locator("#ask")).toHaveValue("q");
});

test("a decision says what undoes it, and an approval begins empty and takes words by an act", async ({ browser }) => {
  const one = await Hand.of(bench.url, "reviewer-1");
  const two = await Hand.of(bench.url, "reviewer-2");
  const claim = await claimFrom(two, persian, "حدود ۹ گیگابایت", "ادعای مورد اختلاف");
  const item = (await outside(two, claim.id)).id;
  const rate = { words_version: 1, round: 1, confidence: 70 };
  await one.post(`/claims/${claim.id}/reviews`, {
    ...rate,
    verdict: "corroborated",
    reason: "primary_document",
    rationale: "I rang the archive.",
    evidence: [item],
  });
  const other = { verdict: "unverified", reason: "insufficient", searched: "It." };
  await two.post(`/claims/${claim.id}/reviews`, { ...rate, ...other });
  const page = await as(browser, "editor-1", `/collections/1/queue?tab=conflict&claim=${claim.id}`);
  const review = page.locator("#work .abc > li", { hasText: "I rang the archive." });
  const letter = (await review.locator("button[name=adopt]").getAttribute("value"))!;
  await page.keyboard.press(letter.toLowerCase());
  await expect(review.locator("button[name=adopt]")).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press(letter.toLowerCase());
  await expect(status(page)).toContainText(/decided.*reopen/i);
  const approval = await as(browser, "editor-2", `/claims/${claim.id}/approve`);
  await expect(approval.locator("#ex")).toHaveValue("");
  await approval.getByRole("link", { name: "Take these words as the explanation" }).first().click();
  await expect(approval.locator("#ex")).toHaveValue("I rang the archive.");
  await expect(approval.locator(".note", { hasText: "The words of the decision, by Reviewer One" })).toBeVisible();
});

test("a condition of the history that cannot be is said at its field, and the others stay", async ({ browser }) => {
  const page = await as(browser, "editor-1", "/history?article=1&from=2026-03-05");
  await page.locator("input[name=actor]").fill("nobody at all");
  await page.locator("input[name=actor]").press("Enter");
  const actor = page.locator("input[name=actor]");
  await expect(page.locator("#wrong-actor")).toContainText("no such person");
  await expect(actor).toBeFocused();
  await expect(actor).toHaveValue("nobody at all");
  await expect(page.locator("input[name=article]")).toHaveValue("1");
  await expect(page.locator("input[name=from]")).toHaveValue("2026-03-05");
});

test("what is typed as a change of a gloss is kept on the server until it is sent", async ({ browser }) => {
  const two = await Hand.of(bench.url, "reviewer-2");
  const claim = await claimFrom(two, persian, "حدود ۹ گیگابایت", "ادعای با ترجمه");
  await two.post(`/claims/${claim.id}/glosses`, { lang: "en", gloss: "About 9 GB.", version: 0 });
  const page = await as(browser, "reviewer-1", `/claims/${claim.id}`);
  const field = page.locator("#gloss-en");
  await page.locator("summary", { hasText: "Change it" }).press("Enter");
  await field.fill("About 9 gigabytes.");
  await expect(page.locator("#saved")).toContainText("Saved");
  const elsewhere = await as(browser, "reviewer-1", "/drafts");
  await expect(elsewhere.locator("#rows")).toContainText("Gloss in en");
  await elsewhere.goto(`/claims/${claim.id}`);
  await expect(elsewhere.locator("#gloss-en")).toHaveValue("About 9 gigabytes.");
  await elsewhere.locator("form", { has: elsewhere.locator("#gloss-en") }).getByRole("button").click();
  await expect(elsewhere.locator("#status")).toContainText("Gloss saved");
  await elsewhere.goto("/drafts");
  await expect(elsewhere.locator("main")).not.toContainText("Gloss in en");
});

test("what is typed as a new claim is kept on the server until it is sent, in two tabs", async ({ browser }) => {
  const page = await as(browser, "reviewer-1", "/articles/1/claims/new?sentence=3");
  const statement = page.locator("#statement");
  await statement.fill("جملهٔ نیمه‌کاره");
  await expect(page.locator("#saved")).toContainText("Saved");
  const other = await as(browser, "reviewer-1", "/drafts");
  const row = other.locator("#rows > li", { hasText: "New claim" });
  await expect(row).toContainText("جملهٔ نیمه‌کاره");
  await row.getByRole("link").first().click();
  await expect(other.locator("#statement")).toHaveValue("جملهٔ نیمه‌کاره");
  await other.locator("#statement").fill("جملهٔ دیگر");
  await expect(other.locator("#saved")).toContainText("Saved");
  await statement.fill("جملهٔ سوم");
  await expect(page.locator("#saved")).toContainText("Typed elsewhere too");
  const two = await Hand.of(bench.url, "reviewer-2");
  expect(await (await two.http.get("/drafts")).text()).not.toContain("جملهٔ");
  await other.locator("#statement").press("Control+Enter");
  await expect(other.locator("#status")).toContainText("added and open for review");
  await other.goto("/drafts");
  await expect(other.locator("main")).not.toContainText("جملهٔ دیگر");
});
