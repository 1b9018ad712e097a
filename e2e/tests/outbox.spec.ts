// What is sent while the line is down is kept, and sent once.
import { type Page, expect, test } from "@playwright/test";
import { fillVerdict, signIn } from "./people.ts";
import { type Bench, startBench } from "./server.ts";
import { claimFrom, Hand, persian } from "./world.ts";

let bench: Bench;
let auditor: Hand;
let claim: number;
test.beforeAll(async () => {
  bench = await startBench();
  auditor = await Hand.of(bench.url, "auditor-1");
});
test.beforeEach(async () => {
  const hand = await Hand.of(bench.url, "reviewer-2");
  claim = (await claimFrom(hand, persian, "حدود ۹ گیگابایت", `عبارت ${Date.now()}`)).id;
});
test.afterAll(async () => {
  await bench.stop();
});

const words = "Typed with care, while the line was down.";

/** How often the rationale stands in what the auditor reads of the claim. */
async function times(): Promise<number> {
  const answer = await auditor.http.get(`/claims/${claim}`);
  return (await answer.text()).split(words).length - 1;
}

/** What waits in a browser. */
const stored = (page: Page) =>
  page.evaluate(() => Object.keys(localStorage).filter(name => name.includes("outbox")));

async function typeReview(page: Page): Promise<void> {
  await page.goto(`/claims/${claim}/review`);
  await fillVerdict(page, { verdict: "unverified", reason: "insufficient", rationale: words, searched: "All of it." });
}

const submit = (page: Page) =>
  page
    .getByRole("button", { name: /^Submit/ })
    .first()
    .click();

test("a review sent offline waits in the browser, outlives a reload, and is sent once", async ({ browser }) => {
  const page = await signIn(browser, bench.url, "reviewer-1");
  await typeReview(page);
  await page.context().setOffline(true);
  await submit(page);
  await expect(page.locator("#saved")).toHaveText("Offline, 1 waiting");
  await expect(page.locator('textarea[name="rationale"]')).toHaveValue(words);
  expect(await times()).toBe(0);

  // The line is up again for reading only: the text is there after a reload, and still waits.
  await page.route("**/reviews", route => route.abort());
  await page.context().setOffline(false);
  await page.reload();
  await expect(page.locator('textarea[name="rationale"]')).toHaveValue(words);
  await expect(page.locator("#saved")).toHaveText("Offline, 1 waiting");
  expect(await times()).toBe(0);

  await page.unroute("**/reviews");
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await expect(page).not.toHaveURL(/\/review$/);
  expect(await times()).toBe(1);
  expect(await page.evaluate(() => Object.keys(localStorage).filter(name => name.includes("outbox")))).toEqual([]);
});

test("a review whose answer was lost is not done twice", async ({ browser }) => {
  const page = await signIn(browser, bench.url, "reviewer-1");
  await typeReview(page);
  await page.route("**/reviews", async route => {
    await route.fetch({ maxRedirects: 0 });
    await route.abort();
  });
  await submit(page);
  await expect(page.locator("#saved")).toHaveText("Offline, 1 waiting");
  expect(await times()).toBe(1);
  await page.unroute("**/reviews");
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await expect(page).not.toHaveURL(/\/review$/);
  expect(await times()).toBe(1);
});

test("what two tabs send of one form while the line is down is all sent, once each", async ({ browser }) => {
  const first = await signIn(browser, bench.url, "reviewer-1");
  const second = await first.context().newPage();
  const tabs = [first, second];
  for (const tab of tabs) {
    await tab.goto(`/claims/${claim}`);
    await tab.locator("#comment").fill(`Of tab ${tabs.indexOf(tab) + 1}, in its own words.`);
  }
  await first.context().setOffline(true);
  for (const tab of tabs) await tab.getByRole("button", { name: "Add comment" }).click();
  await expect(second.locator("#saved")).toHaveText("Offline, 2 waiting");
  await expect(first.locator("#saved")).toHaveText("Offline, 2 waiting");
  await first.context().setOffline(false);
  for (const tab of tabs) await tab.evaluate(() => dispatchEvent(new Event("online")));
  await expect.poll(() => stored(first)).toEqual([]);
  const said = await (await auditor.http.get(`/claims/${claim}`)).text();
  for (const n of [1, 2]) expect(said.split(`Of tab ${n}, in its own words.`)).toHaveLength(2);
});

test("what is mended while it waits is sent in the place of what it was", async ({ browser }) => {
  const page = await signIn(browser, bench.url, "reviewer-1");
  await page.goto(`/claims/${claim}`);
  await page.locator("#comment").fill("With a mistaek");
  await page.route("**/comments", route => route.abort());
  await page.getByRole("button", { name: "Add comment" }).click();
  await expect(page.locator("#saved")).toHaveText("Offline, 1 waiting");
  await page.reload();
  await expect(page.locator("#comment")).toHaveValue("With a mistaek");
  await page.locator("#comment").fill("Without one");
  await page.getByRole("button", { name: "Add comment" }).click();
  await expect(page.locator("#saved")).toHaveText("Offline, 1 waiting");
  await page.unroute("**/comments");
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await expect.poll(() => stored(page)).toEqual([]);
  const said = await (await auditor.http.get(`/claims/${claim}`)).text();
  expect(said).toContain("Without one");
  expect(said).not.toContain("mistaek");
});

test("a refusal is shown with what was typed, and nothing waits", async ({ browser }) => {
  const page = await signIn(browser, bench.url, "reviewer-1");
  await typeReview(page);
  await page.locator('textarea[name="searched"]').fill("");
  await submit(page);
  await expect(page.getByRole("alert").first()).toBeVisible();
  await expect(page.locator('textarea[name="rationale"]')).toHaveValue(words);
  await page.locator('textarea[name="searched"]').fill("All of it.");
  await submit(page);
  await expect(page.getByRole("alert")).toHaveCount(0);
  await expect(page).not.toHaveURL(/\/reviews?$/);
  expect(await times()).toBe(1);
});

test("what waits is sent from another page, and signing out empties the outbox", async ({ browser }) => {
  const page = await signIn(browser, bench.url, "reviewer-1");
  await typeReview(page);
  await page.route("**/reviews", route => route.abort());
  await submit(page);
  await expect(page.locator("#saved")).toHaveText("Offline, 1 waiting");
  await page.goto("/settings");
  await expect(page.locator("#saved")).toHaveText("Offline, 1 waiting");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/sign-in/);
  expect(await page.evaluate(() => Object.keys(localStorage).filter(name => name.includes("outbox")))).toEqual([]);

  const again = await signIn(browser, bench.url, "reviewer-1");
  await typeReview(again);
  await again.route("**/reviews", route => route.abort());
  await submit(again);
  await expect(again.locator("#saved")).toHaveText("Offline, 1 waiting");
  await again.unroute("**/reviews");
  await again.goto("/settings");
  await expect(again.locator("#saved")).toHaveText("Sent");
  expect(await times()).toBe(1);
});

test("a busy server is told apart from no line, and the review is sent once when it answers", async ({ browser }) => {
  const page = await signIn(browser, bench.url, "reviewer-1");
  await typeReview(page);
  await page.route("**/reviews", route => route.fulfill({ status: 503, headers: { "Retry-After": "1" } }));
  await submit(page);
  await expect(page.locator("#saved")).toHaveText("The server is busy, 1 waiting");
  await expect(page.locator('textarea[name="rationale"]')).toHaveValue(words);
  await page.unroute("**/reviews");
  await expect(page).not.toHaveURL(/\/review$/); // by itself, after a pause
  expect(await times()).toBe(1);
});

test("a session that ends while somebody types loses nothing", async ({ browser }) => {
  const page = await signIn(browser, bench.url, "reviewer-1");
  await typeReview(page);
  await page.context().clearCookies();
  await submit(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Nobody is signed in");
  await expect(page.getByLabel("Rationale")).toHaveValue(words);
  await page.getByRole("link", { name: "Sign in and go back" }).click();
  await page.getByRole("button", { name: "reviewer-1" }).click();
  await expect(page).toHaveURL(new RegExp(`/claims/${claim}/review$`));
  await expect(page.locator("#saved")).toHaveText(/^(What you typed before is back|Saved .*)$/);
  await expect(page.locator('textarea[name="rationale"]')).toHaveValue(words);
  await submit(page);
  await expect(page).not.toHaveURL(/\/review$/);
  expect(await times()).toBe(1);
});

const newer = "Typed after it was sent off.";

test("what is typed while a review waits is a draft of its own when the review was sent", async ({ browser }) => {
  const page = await signIn(browser, bench.url, "reviewer-1");
  await typeReview(page);
  await page.context().setOffline(true);
  await submit(page);
  await expect(page.locator("#saved")).toHaveText("Offline, 1 waiting");
  await page.locator('textarea[name="rationale"]').fill(newer);
  await page.context().setOffline(false); // the browser says so to the page
  await expect(page.getByText("What you typed after that stands here as a draft")).toBeVisible();
  await expect(page.locator('textarea[name="rationale"]')).toHaveValue(newer);
  await expect(page.locator("#saved")).toHaveText(/^Saved /);
  expect(await times()).toBe(1);
  await page.goto("/drafts");
  await expect(page.getByText(newer)).toBeVisible();
});

test("a refusal after waiting has each field once, and keeps what was typed since", async ({ browser }) => {
  const page = await signIn(browser, bench.url, "reviewer-1");
  await typeReview(page);
  await page.locator('textarea[name="searched"]').fill("");
  await page.context().setOffline(true);
  await submit(page);
  await expect(page.locator("#saved")).toHaveText("Offline, 1 waiting");
  await page.locator('textarea[name="rationale"]').fill(newer);
  const sent: string[] = [];
  page.on("request", request => {
    if (request.method() === "POST" && request.url().endsWith("/reviews")) sent.push(request.postData() ?? "");
  });
  await page.context().setOffline(false); // the browser says so to the page
  await expect(page.getByRole("alert").first()).toBeVisible();
  await expect(page.locator('textarea[name="rationale"]')).toHaveValue(newer);
  expect(sent).toHaveLength(2);
  for (const body of sent) expect(new URLSearchParams(body).getAll("rationale")).toEqual([words]);
});

test("what waits goes by itself when the line is back, and at once by “Send now”; each once", async ({ browser }) => {
  const page = await signIn(browser, bench.url, "reviewer-1");
  await typeReview(page);
  await page.context().setOffline(true);
  await submit(page);
  await expect(page.locator("#saved-act")).toHaveText("Send now");
  await page.context().setOffline(false); // the browser says so; no page is loaded
  await expect(page).not.toHaveURL(/\/review$/);
  expect(await times()).toBe(1);
  await expect(page.locator("#saved-act")).toBeHidden();

  claim = (await claimFrom(await Hand.of(bench.url, "reviewer-2"), persian, "حدود ۹ گیگابایت", "یک ادعای دیگر")).id;
  await page.route("**/reviews", route => route.abort());
  await typeReview(page);
  await submit(page);
  await expect(page.locator("#saved")).toHaveText("Offline, 1 waiting");
  await page.unroute("**/reviews");
  await page.locator("#saved-act").click();
  await expect(page).not.toHaveURL(/\/review$/);
  expect(await times()).toBe(1);
});

for (const width of [1440, 360]) {
  test(`what was typed after a review that another page sent is looked at and thrown away (${width})`, async ({
    browser,
  }) => {
    const page = await signIn(browser, bench.url, "reviewer-1", { viewport: { width, height: 900 } });
    await typeReview(page);
    await page.route("**/reviews", route => route.abort());
    await submit(page);
    await expect(page.locator("#saved")).toHaveText("Offline, 1 waiting");
    await page.locator('textarea[name="rationale"]').fill(`${words} xy`);
    await page.goto("/settings");
    await expect(page.locator("#saved")).toHaveText("Offline, 1 waiting");
    const drafts: string[] = [];
    page.on("request", request => {
      if (request.method() === "POST" && request.url().endsWith("/draft")) drafts.push(request.url());
    });
    await page.unroute("**/reviews");
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await expect(page.locator("#saved")).toHaveText("1 draft is kept in this browser only");
    expect(await times()).toBe(1);

    await page.goto("/notices");
    await expect(page.locator("#saved")).toHaveText("1 draft is kept in this browser only");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await page.locator("#saved-act").click();
    await expect(page).toHaveURL(/\/drafts$/);
    await expect(page.getByText(`${words} xy`)).toBeVisible();
    await expect(page.getByText("There are none.")).toBeHidden();
    await expect(page.getByRole("button", { name: "Copy the draft of claim" })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    expect(drafts).toEqual([]);
    await page.getByRole("button", { name: "Throw away" }).click();
    await expect(page.getByText(`${words} xy`)).toBeHidden();
    await expect(page.locator("[data-here]")).toBeHidden(); // other drafts may stand there
    await page.goto("/notices");
    await expect(page.locator("#saved")).toBeHidden();
  });
}

test("what is typed in a page from before the review was sent is posted once, and goes on", async ({ browser }) => {
  const page = await signIn(browser, bench.url, "reviewer-1", { viewport: { width: 1440, height: 900 } });
  await page.goto(`/claims/${claim}/review`);
  const second = await page.context().newPage();
  await typeReview(second);
  await submit(second);
  await expect(second).not.toHaveURL(/\/review$/);
  const drafts: number[] = [];
  page.on("response", answer => {
    if (answer.url().endsWith("/draft")) drafts.push(answer.status());
  });
  const rationale = page.locator('textarea[name="rationale"]');
  await rationale.fill(newer);
  await expect(page.locator("#saved")).toContainText("typed in a page from before");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1440);
  await page.setViewportSize({ width: 360, height: 900 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await rationale.fill(`${newer} More.`);
  await expect(page.locator("#saved")).toHaveText("1 draft is kept in this browser only");
  await page.goto("/drafts");
  await expect(page.getByText(`${newer} More.`)).toBeVisible();
  expect(drafts).toEqual([409]);
  await page.getByRole("link", { name: `Claim ${claim}` }).click();
  await expect(rationale).toHaveValue(`${newer} More.`);
  await expect(page.locator("#saved")).toHaveText(/^Saved /);
  expect(drafts).toEqual([409, 200]);
  expect(await times()).toBe(1);
});
