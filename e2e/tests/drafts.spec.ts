// What is typed of a review is on the server, across tabs and devices, and in the browser until it is there.
import { type Page, expect, test } from "@playwright/test";
import { fillVerdict, signIn } from "./people.ts";
import { type Bench, startBench } from "./server.ts";
import { arabic, claimFrom, Hand, link, persian, reviewAs, type Row } from "./world.ts";

let bench: Bench;
let claim: Row;
let other: Hand;
test.beforeAll(async () => {
  bench = await startBench();
  other = await Hand.of(bench.url, "reviewer-2");
});
test.beforeEach(async () => {
  claim = await claimFrom(other, persian, "حدود ۹ گیگابایت", `عبارت ${Date.now()}`);
});
test.afterAll(async () => {
  await bench.stop();
});

const saved = /^Saved \d\d:\d\d:\d\d$/;
const rationale = (page: Page) => page.locator('textarea[name="rationale"]');
const stored = (page: Page) =>
  page.evaluate(() => Object.keys(localStorage).filter(name => name.startsWith("claimbench.")));

async function open(page: Page): Promise<void> {
  await page.goto(`/claims/${claim.id}/review`);
}

test("what is typed comes back in another browser, and is gone when it was sent", async ({ browser }) => {
  const page = await signIn(browser, bench.url, "reviewer-1");
  await open(page);
  await page.locator('input[value="unverified"]').check();
  await rationale(page).fill("نیمه‌کاره، typed on one device");
  await expect(page.locator("#saved")).toHaveText(saved);
  expect(await stored(page)).toEqual([]);

  const away = await signIn(browser, bench.url, "reviewer-1");
  await open(away);
  await expect(rationale(away)).toHaveValue("نیمه‌کاره، typed on one device");
  await expect(away.locator('input[value="unverified"]')).toBeChecked();
  await expect(away.locator('input[name="confidence"]')).toHaveValue("");
  await fillVerdict(away, { verdict: "unverified", reason: "insufficient", rationale: "Whole now", searched: "All." });
  await away.keyboard.press("Control+Enter");
  await expect(away).not.toHaveURL(/\/review$/);

  const auditor = await Hand.of(bench.url, "auditor-1");
  const seen = await (await auditor.http.get(`/claims/${claim.id}`)).text();
  expect(seen).toContain("Whole now");
  expect(seen).not.toContain("on one device");
  expect(seen).toContain('"confidence":null');
  await page.goto("/drafts");
  await expect(page.getByText("There are none.")).toBeVisible();
});

test("without the line it stays in the browser, and goes to the server when the line is back", async ({ browser }) => {
  const page = await signIn(browser, bench.url, "reviewer-1");
  await open(page);
  await page.context().setOffline(true);
  await rationale(page).fill("Typed while the line was down");
  await expect(page.locator("#saved")).toHaveText("Offline, kept in this browser");
  expect(await stored(page)).toHaveLength(1);

  await page.route("**/draft", route => route.abort());
  await page.context().setOffline(false);
  await page.reload();
  await expect(rationale(page)).toHaveValue("Typed while the line was down");
  await page.unroute("**/draft");
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await expect(page.locator("#saved")).toHaveText(saved);
  expect(await stored(page)).toEqual([]);
});

test("two tabs that typed differently are both shown, and one is chosen", async ({ browser }) => {
  const page = await signIn(browser, bench.url, "reviewer-1");
  const second = await page.context().newPage();
  await open(page);
  await open(second);
  await rationale(page).fill("From the first tab");
  await expect(page.locator("#saved")).toHaveText(saved);
  await rationale(second).fill("From the second tab");
  const which = second.locator("[data-which]");
  await expect(which).toContainText("From the first tab");
  await expect(rationale(second)).toHaveValue("From the second tab");
  await which.getByRole("button", { name: "Keep what is here" }).click();
  await expect(second.locator("#saved")).toHaveText(saved);
  await expect(rationale(second)).toBeFocused();

  await rationale(page).fill("The first tab again");
  const again = page.locator("[data-which]");
  await expect(again).toContainText("From the second tab");
  await again.getByRole("button", { name: "Take the other" }).click();
  await expect(rationale(page)).toHaveValue("From the second tab");
  await page.reload();
  await expect(rationale(page)).toHaveValue("From the second tab");
  expect(await stored(page)).toEqual([]);
});

test("the choice between two tabs outlives a redraw, and nothing is saved before it", async ({ browser }) => {
  await claimFrom(other, persian, "EMLEAKS", `عبارت دیگر ${Date.now()}`);
  const page = await signIn(browser, bench.url, "reviewer-1");
  const { id } = claim;
  const list = `/collections/1/queue?tab=turn&claim=${id}`;
  await page.goto(list);
  const second = await page.context().newPage();
  await second.goto(`/claims/${id}/review`);
  await rationale(second).fill("From the second tab");
  await expect(second.locator("#saved")).toHaveText(saved);
  await rationale(page).fill("From the first tab");
  const which = page.locator("[data-which]");
  await expect(which).toContainText("From the second tab");
  let posted = 0;
  page.on("request", request => {
    if (request.method() === "POST" && request.url().endsWith("/draft")) posted++;
  });
  const asked = async () => {
    await expect(page.locator(`#claim-${id}`)).toBeVisible();
    await expect(which).toHaveCount(1);
    await expect(which).toContainText("From the second tab");
    await expect(rationale(page)).toHaveValue(/^From the first tab/);
    await expect(page.getByText(/^What you typed, saved/)).toHaveCount(0);
  };
  await rationale(page).blur();
  await page.keyboard.press("h");
  await page.getByRole("button", { name: "Snooze", exact: true }).click();
  await expect(page.locator("#status")).toContainText(`: claim ${id}`);
  await rationale(page).blur();
  await page.keyboard.press("z");
  await asked();
  await rationale(page).pressSequentially("!");
  await asked();
  await page.goto(list);
  await asked();
  await second.reload();
  await expect(rationale(second)).toHaveValue("From the second tab");
  expect(posted).toBe(0);
  await which.getByRole("button", { name: "Keep what is here" }).click();
  await expect(page.locator("#saved")).toHaveText(saved);
  await second.reload();
  await expect(rationale(second)).toHaveValue("From the first tab!");
});

test("a tab does not take the unsaved words of another for its own", async ({ browser }) => {
  const page = await signIn(browser, bench.url, "reviewer-1");
  const second = await page.context().newPage();
  await open(page);
  await open(second);
  await page.route("**/draft", route => route.abort());
  await rationale(page).fill("Not sent yet, of the first tab");
  await expect(page.locator("#saved")).toHaveText("Offline, kept in this browser");
  await rationale(second).fill("Of the second tab");
  await expect(second.locator("#saved")).toHaveText(saved);
  await page.unroute("**/draft");
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await expect(page.locator("[data-which]")).toContainText("Of the second tab");
  await expect(rationale(page)).toHaveValue("Not sent yet, of the first tab");
});

test("signing out saves the last words and leaves nothing in the browser", async ({ browser }) => {
  const page = await signIn(browser, bench.url, "reviewer-1");
  await open(page);
  await rationale(page).fill("Before");
  await expect(page.locator("#saved")).toHaveText(saved);
  await page.goto("/settings");
  const second = await page.context().newPage();
  await open(second);
  await second.route("**/draft", route => route.abort());
  await rationale(second).fill("Before, and the last words");
  await expect(second.locator("#saved")).toHaveText("Offline, kept in this browser");
  await second.close();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/sign-in/);
  expect(await stored(page)).toEqual([]);

  const again = await signIn(browser, bench.url, "reviewer-1");
  await open(again);
  await expect(rationale(again)).toHaveValue("Before, and the last words");
});

test("evidence linked since is ticked when it is mine, and marked new when it is not", async ({ browser }) => {
  const page = await signIn(browser, bench.url, "reviewer-1");
  const me = await Hand.of(bench.url, "reviewer-1");
  const box = (item: Row) => page.locator(`input[name="evidence"][value="${item.id}"]`);
  const fresh = (item: Row) => page.locator("label", { has: box(item) }).locator(".new");
  const old = await link(other, claim.id, arabic, "الرئيس الفرنسي", "context");
  await open(page);
  await box(old).uncheck();
  await rationale(page).fill("Not the first item");
  await expect(page.locator("#saved")).toHaveText(saved);
  const mine = await link(me, claim.id, arabic, "الرئيس", "context");
  const theirs = await link(other, claim.id, arabic, "فرنسا", "context");
  await page.reload();
  await expect(box(old)).not.toBeChecked();
  await expect(box(mine)).toBeChecked();
  await expect(box(theirs)).not.toBeChecked();
  await expect(fresh(theirs)).toBeVisible();
  await expect(fresh(mine)).toBeHidden();
  await expect(fresh(old)).toBeHidden();
});

test("going on to the next claim takes nothing typed along", async ({ browser }) => {
  await claimFrom(other, persian, "EMLEAKS", `عبارت دیگر ${Date.now()}`);
  const page = await signIn(browser, bench.url, "editor-1"); // who has typed nothing else
  await page.goto("/collections/1/queue?tab=turn");
  await rationale(page).fill("Of the first claim only");
  await page.locator("#rows").getByRole("link").nth(1).click();
  await expect(page.locator("#rows li").nth(1)).toHaveClass(/here/);
  await expect(rationale(page)).toHaveValue("");
  await page.locator("#rows").getByRole("link").nth(0).click();
  await expect(page.locator("#rows li").nth(0)).toHaveClass(/here/);
  await expect(rationale(page)).toHaveValue("Of the first claim only");
});

/**
 * Lets an answer that was made before a draft was saved come after it: the saving waits until the page's was made, the
 * page's answer until the saving was answered.
 */
async function crossed(page: Page, draft: string, asked: (url: URL) => boolean): Promise<() => Promise<void>> {
  let made = () => {};
  const isMade = new Promise<void>(done => (made = done));
  const isSaved = page.waitForResponse(answer => answer.request().method() === "POST" && answer.url().endsWith(draft));
  await page.route(asked, async route => {
    const response = await route.fetch();
    made();
    expect((await isSaved).ok()).toBe(true);
    await route.fulfill({ response });
  });
  await page.route(url => url.pathname.endsWith(draft), async route => {
    await isMade;
    await route.continue();
  });
  return async () => {
    await isSaved;
    await page.unrouteAll({ behavior: "wait" });
  };
}

test("a claim that was asked for before its draft was saved shows the draft", async ({ browser }) => {
  await claimFrom(other, persian, "EMLEAKS", `عبارت دیگر ${Date.now()}`);
  const page = await signIn(browser, bench.url, "editor-2");
  await page.goto("/collections/1/queue?tab=turn");
  const rows = page.locator("#rows > li");
  const of = async (row: number) =>
    new URL((await rows.nth(row).getByRole("link").first().getAttribute("href")) ?? "", bench.url).searchParams.get(
      "claim",
    );
  const first = await of(0);
  const done = await crossed(page, `/claims/${first}/draft`, url => url.searchParams.get("claim") === first);
  await rationale(page).fill("Of the first claim, on its way");
  await rows.nth(1).getByRole("link").first().click();
  await expect(rows.nth(1)).toHaveClass(/here/);
  await rows.nth(0).getByRole("link").first().click();
  await expect(rows.nth(0)).toHaveClass(/here/);
  await expect(rationale(page)).toHaveValue("Of the first claim, on its way");
  await done();
  await rationale(page).fill("And more of it");
  await expect(page.locator("#saved")).toHaveText(saved);
  await page.reload();
  await expect(rationale(page)).toHaveValue("And more of it");
});

test("a claim that was fetched ahead before its draft was saved shows the draft", async ({ browser }) => {
  const page = await signIn(browser, bench.url, "editor-2");
  await page.goto("/collections/1/queue?tab=turn");
  const rows = page.locator("#rows > li");
  await rows.nth(1).getByRole("link").first().click();
  await expect(rows.nth(1)).toHaveClass(/here/);
  const second = new URL(page.url()).searchParams.get("claim");
  const done = await crossed(page, `/claims/${second}/draft`, url => url.searchParams.get("claim") === second);
  await rationale(page).fill("Of the second claim, on its way");
  await rows.nth(0).getByRole("link").first().click();
  await expect(rows.nth(0)).toHaveClass(/here/);
  await done();
  await page.locator("#rows").focus();
  await page.keyboard.press("j");
  await expect(rows.nth(1)).toHaveClass(/here/);
  await expect(rationale(page)).toHaveValue("Of the second claim, on its way");
});

for (const form of ["review", "comment"] as const) {
  test(`a page that was asked for before what was typed in a ${form} was saved shows it`, async ({ browser }) => {
    const page = await signIn(browser, bench.url, "reviewer-2");
    const at = `/claims/${claim.id}${form === "review" ? "/review" : ""}`;
    const field = form === "review" ? rationale(page) : page.locator("#comment");
    const draft = form === "review" ? `/claims/${claim.id}/draft` : `/claims/${claim.id}/drafts/comment`;
    await page.goto(at);
    const done = await crossed(page, draft, url => url.pathname === at);
    const saving = page.waitForRequest(request => request.url().endsWith(draft));
    await field.fill("On its way");
    await saving;
    await page.goto(at);
    await done();
    await expect(field).toHaveValue("On its way");
    await expect.poll(() => stored(page)).toEqual([]);
    await page.reload();
    await expect(field).toHaveValue("On its way");
  });
}

test("what is typed of a split and of a gloss comes back in another browser", async ({ browser }) => {
  const page = await signIn(browser, bench.url, "reviewer-2");
  await page.goto(`/claims/${claim.id}/edit?open=split`);
  await page.locator("#part-2").fill("نیمهٔ دوم");
  await expect(page.locator("#saved")).toHaveText(saved);
  await page.goto(`/claims/${claim.id}`);
  await page.getByText("Add a gloss in another language").click();
  await page.locator("#gl-lang").fill("fr");
  await page.locator("#gl-text").fill("Neuf gigaoctets");
  await expect(page.locator("#saved")).toHaveText(saved);
  expect(await stored(page)).toEqual([]);

  const away = await signIn(browser, bench.url, "reviewer-2");
  await away.goto(`/claims/${claim.id}/edit`);
  await expect(away.locator("#part-2")).toHaveValue("نیمهٔ دوم");
  await expect(away.locator("#part-2")).toBeVisible();
  await away.goto(`/claims/${claim.id}`);
  await expect(away.locator("#gl-text")).toHaveValue("Neuf gigaoctets");
  await away.getByRole("button", { name: "Save gloss" }).last().click();
  await expect(away.locator("#status")).toContainText("Gloss saved");
  await page.reload();
  await expect(page.locator("#gl-text")).toHaveValue("");
  await away.goto("/drafts");
  await expect(away.getByText("نیمهٔ دوم")).toBeVisible();
});

test("what is typed beside a candidate comes back in another browser, with its place, and goes when sent", async ({
  browser,
}) => {
  const page = await signIn(browser, bench.url, "reviewer-2");
  await page.goto("/collections/1/queue?tab=candidates");
  const id = /Candidate (\d+)/.exec((await page.locator("#rows .here").textContent())!)![1]!;
  await page.keyboard.press("w");
  await page.locator("#statement").fill("واژه‌های دیگر");
  await expect(page.locator("#saved")).toHaveText(saved);
  await expect.poll(() => stored(page)).toEqual([]);

  const away = await signIn(browser, bench.url, "reviewer-2");
  await away.goto("/drafts");
  await expect(away.getByText("واژه‌های دیگر")).toBeVisible();
  await away.goto(`/collections/1/queue?tab=candidates&claim=${id}`);
  await expect(away.locator("#statement")).toBeVisible();
  await expect(away.locator("#statement")).toHaveValue("واژه‌های دیگر");
  await away.goto(`/claims/${id}/edit`);
  await expect(away.locator("#statement")).toHaveValue("واژه‌های دیگر");

  await away.goto(`/collections/1/queue?tab=candidates&claim=${id}`);
  await away.keyboard.press("w");
  await away.keyboard.press("Control+Enter");
  await expect(away.locator("#status")).toContainText(`Claim ${id} is open`);
  await away.goto("/drafts");
  await expect(away.getByText("واژه‌های دیگر")).toHaveCount(0);
});

test("what is typed of an outside document, and of why a claim is reopened, comes back in another browser", async ({
  browser,
}) => {
  const page = await signIn(browser, bench.url, "editor-2");
  const away = await signIn(browser, bench.url, "editor-2");
  await page.goto(`/claims/${claim.id}/evidence`);
  await page.locator("#url").fill("https://archive.example/9");
  await page.locator("#quotation").fill("نه گیگابایت داده");
  await expect(page.locator("#saved")).toHaveText(saved);
  await expect.poll(() => stored(page)).toEqual([]);
  await away.goto("/drafts");
  await expect(away.getByText("نه گیگابایت داده")).toBeVisible();
  await away.getByRole("link", { name: `Claim ${claim.id}` }).click();
  await expect(away.locator("#quotation")).toHaveValue("نه گیگابایت داده");
  await expect(away.locator("#url")).toHaveValue("https://archive.example/9");
  await away.locator("#read_on").fill("2026-11-01");
  await away.locator("form[action$='/outside'] input[value=context]").check();
  await away.locator("form[action$='/outside'] input[value=report]").check();
  await away.getByRole("button", { name: "Link this document" }).click();
  await expect(away.locator("#status")).toContainText("Document linked");
  await expect(away.locator("#quotation")).toHaveValue("");
  await page.reload();
  await expect(page.locator("#quotation")).toHaveValue("");

  const two = await claimFrom(other, persian, "حدود ۹ گیگابایت", `عبارت دیگر ${Date.now()}`);
  for (const who of ["reviewer-1", "reviewer-2"] as const) {
    await reviewAs(await Hand.of(bench.url, who), two, "unverified");
  }
  await page.goto(`/claims/${two.id}/reopen`);
  await page.locator("#reason").fill("سند تازه");
  await expect(page.locator("#saved")).toHaveText(saved);
  await away.goto(`/claims/${two.id}/reopen`);
  await expect(away.locator("#reason")).toHaveValue("سند تازه");
  await away.keyboard.press("Control+Enter");
  await expect(away.locator("#status")).toContainText("is open again");
  await away.goto("/drafts");
  await expect(away.getByText("سند تازه")).toHaveCount(0);
});

test("without script a draft is kept by a button", async ({ browser }) => {
  const page = await signIn(browser, bench.url, "editor-2", { javaScriptEnabled: false });
  await open(page);
  await rationale(page).fill("Kept by hand");
  await page.getByRole("button", { name: "Keep as a draft" }).click();
  await expect(page).toHaveURL(/\/review$/);
  await expect(rationale(page)).toHaveValue("Kept by hand");
});

test("every form that the browser sends itself carries a key", async ({ browser }) => {
  const page = await signIn(browser, bench.url, "editor-1");
  const sent: string[] = [];
  page.on("request", request => {
    if (request.method() === "POST" && request.isNavigationRequest()) sent.push(request.postData() ?? "");
  });
  await page.goto("/settings");
  await page.locator('form[action="/theme"]').getByRole("button", { name: "Use these" }).click();
  await page.waitForURL(/settings/);
  expect(sent).toHaveLength(1);
  expect(sent[0]).toMatch(/(^|&)_key=form-[0-9a-z]{13}(&|$)/);
});

test("what is said of a draft moves nothing under whoever types", async ({ browser }) => {
  const page = await signIn(browser, bench.url, "reviewer-1");
  for (const width of [320, 700, 1000, 1200, 1440]) {
    await page.setViewportSize({ width, height: 800 });
    await open(page);
    const why = rationale(page);
    await why.focus();
    const top = () => why.evaluate(field => field.getBoundingClientRect().top);
    const before = await top();
    await why.pressSequentially(`at ${width}`);
    await expect(page.locator("#saved")).toHaveText(saved);
    expect(await top(), `${width} px`).toBe(before);
  }
});
