// What happens under somebody who is at work: the claim is withdrawn, merged or reopened, their role is taken, this
// browser keeps nothing, a comment is a megabyte, an act was taken back in another window.
import { type Browser, type Page, expect, test } from "@playwright/test";
import { type Bench, startBench } from "./server.ts";
import { Hand, claimFrom, document as outside, persian, type Row } from "./world.ts";

let bench: Bench;
let one: Hand;
let two: Hand;
let editor: Hand;
test.beforeAll(async () => {
  bench = await startBench();
  one = await Hand.of(bench.url, "reviewer-1");
  two = await Hand.of(bench.url, "reviewer-2");
  editor = await Hand.of(bench.url, "editor-1");
});
test.afterAll(async () => {
  await bench.stop();
});

const why = "Typed with care before it changed.";
let n = 0;
const newClaim = () => claimFrom(two, persian, "حدود ۹ گیگابایت", `ادعای ${(n += 1)} ${Date.now()}`);
const now = async (claim: number) => (await two.get<{ claim: Row }>(`/claims/${claim}`)).claim;

async function window(browser: Browser, path: string): Promise<Page> {
  const page = await (await one.window(browser, { viewport: { width: 1440, height: 1200 } })).newPage();
  page.on("pageerror", error => {
    throw error;
  });
  await page.goto(path);
  return page;
}

/** Chooses unverified and its reason by keys and types the rest, in the queue at a claim. */
async function typeReview(browser: Browser, claim: number): Promise<Page> {
  const page = await window(browser, `/collections/1/queue?tab=turn&claim=${claim}`);
  await expect(page.locator(`#claim-${claim}`)).toBeVisible();
  for (const key of ["3", "4"]) await page.keyboard.press(key);
  await page.locator("#why").fill(why);
  return page;
}

const changes: Record<string, (claim: Row) => Promise<unknown>> = {
  withdrawn: claim => two.post(`/claims/${claim.id}/withdraw`, { version: claim.version, reason: "Said twice." }),
  merged: async claim => {
    const into = await newClaim();
    await two.post(`/claims/${claim.id}/merge`, {
      into: `${into.id}:${into.words_version}`,
      version: claim.version,
    });
  },
  "decided and reopened": async claim => {
    const item = await outside(two, claim.id);
    for (const hand of [two, await Hand.of(bench.url, "editor-2")]) {
      await hand.http.post(`/claims/${claim.id}/reviews`, {
        data: {
          ...{ verdict: "corroborated", reason: "primary_document", rationale: "Read.", evidence: [item.id] },
          ...{ words_version: claim.words_version, round: claim.round },
        },
      });
    }
    const decided = await now(claim.id);
    await editor.post(`/claims/${claim.id}/rounds`, { version: decided.version, reason: "A new document was found." });
  },
};
for (const [what, change] of Object.entries(changes)) {
  test(`a claim is ${what} under a reviewer: it is said on the same screen, and what was typed stays`, async ({
    browser,
  }) => {
    const claim = await newClaim();
    const page = await typeReview(browser, claim.id);
    let loads = 0;
    page.on("domcontentloaded", () => loads++);
    await change(await now(claim.id));
    const answered = page.waitForResponse(r => r.request().method() === "POST" && r.url().endsWith("/reviews"));
    await page.keyboard.press("Control+Enter");
    const status = (await answered).status();
    expect([409, 422]).toContain(status);
    await expect(page.locator("#work [role=alert]").first()).toBeVisible();
    expect(await page.locator("#work [role=alert]").first().innerText()).not.toBe("");
    await expect(page.getByText(why).or(page.locator("#why")).first()).toBeVisible();
    const typed = await page.evaluate(
      words => document.body.innerText.includes(words) || document.querySelector<HTMLTextAreaElement>("#why")?.value,
      why,
    );
    expect(typed === true || typed === why).toBe(true);
    expect(loads).toBe(0);
    await page.context().close();
  });
}

test("a role is taken with a draft open: it is said, and the words can be copied from the page of drafts", async ({
  browser,
}) => {
  const claim = await newClaim();
  const page = await typeReview(browser, claim.id);
  await expect(page.locator("#saved")).toContainText("Saved");
  const admin = await Hand.of(bench.url, "admin-1");
  const me = (await admin.get<{ items: { id: number; name: string }[] }>("/users")).items.find(
    user => user.name === "reviewer-1",
  )!;
  const role = { role: "reviewer", collection: 0 };
  await admin.post(`/users/${me.id}/roles/revoke`, { ...role, reason: "Left the desk." });
  try {
    const answered = page.waitForResponse(r => r.request().method() === "POST" && r.url().endsWith("/reviews"));
    await page.keyboard.press("Control+Enter");
    expect([403, 404]).toContain((await answered).status());
    const said = page.locator("[role=alert], main").filter({ hasText: /role|may not|not here/i });
    await expect(said.first()).toBeVisible();
    await page.goto("/drafts");
    await expect(page.locator("main")).toContainText(why);
    await expect(page.locator("main")).toContainText("erased on");
  } finally {
    await admin.post(`/users/${me.id}/roles`, { ...role, reason: "Came back." });
  }
  await page.context().close();
});

test("a comment of a megabyte is refused, and stays where it was typed", async ({ browser }) => {
  test.setTimeout(300_000); // to lay out a megabyte takes a browser long
  const slow = { timeout: 120_000 };
  const claim = await newClaim();
  const page = await window(browser, `/claims/${claim.id}`);
  const size = await page.locator("#comment").evaluate((field: HTMLTextAreaElement) => {
    field.value = `${"A very long comment. ".repeat(50)}\n`.repeat(1_000); // pasted at once
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    return field.value.length;
  });
  expect(size).toBeGreaterThan(1_000_000);
  await page.getByRole("button", { name: "Add comment" }).click(slow);
  await expect(page.locator("[role=alert]").first()).toContainText("The request is larger than 256 KiB", slow);
  expect((await page.locator("#comment").inputValue(slow)).length).toBe(size);
  expect((await one.get<{ comments: { items: unknown[] } }>(`/claims/${claim.id}`)).comments.items).toEqual([]);
  await page.locator("#comment").evaluate((field: HTMLTextAreaElement) => {
    field.value = "A short one.";
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  });
  await page.getByRole("button", { name: "Add comment" }).click(slow);
  await expect(page.locator(".typed", { hasText: "A short one." })).toBeVisible(slow);
  await page.context().close();
});

test("a mention of nobody is said, and the comment stands", async ({ browser }) => {
  const claim = await newClaim();
  const page = await window(browser, `/claims/${claim.id}`);
  await page.locator("#comment").fill("@nobody-here and @ghost, look at this.");
  await page.getByRole("button", { name: "Add comment" }).click();
  await expect(page.locator("main")).toContainText("look at this.");
  await expect(page.locator("#status, main .note").filter({ hasText: "nobody-here" }).first()).toContainText("ghost");
  await page.context().close();
});

for (const how of ["refuses", "is full"]) {
  test(`a browser whose storage ${how}: keys act, drafts are on the server, a review is sent`, async ({ browser }) => {
    const claims = [(await newClaim()).id, (await newClaim()).id];
    const context = await one.window(browser, { viewport: { width: 1440, height: 1200 } });
    await context.addInitScript(kind => {
      const fail = (name: string) => () => {
        throw new DOMException("no storage here", name);
      };
      if (kind === "is full") Storage.prototype.setItem = fail("QuotaExceededError");
      else
        for (const name of ["localStorage", "sessionStorage"])
          Object.defineProperty(window, name, { get: fail("SecurityError") });
    }, how);
    const page = await context.newPage();
    const errors: string[] = [];
    page.on("pageerror", error => errors.push(error.message));
    await page.goto(`/collections/1/queue?tab=turn&claim=${claims[0]}`);
    await expect(page.locator(`#claim-${claims[0]}`)).toBeVisible();
    for (const key of ["3", "4"]) await page.keyboard.press(key);
    await expect(page.locator('input[value="insufficient"], input[value="pending_event"]').first()).toBeAttached();
    await expect(page.locator('#review input[name="verdict"][value="unverified"]')).toBeChecked();
    await page.locator("#why").fill(why);
    await expect(page.locator("#saved")).toContainText("Saved");
    await page.reload();
    await expect(page.locator("#why")).toHaveValue(why);
    await page.locator("#searched").fill("All of it.");
    await page.keyboard.press("Control+Enter");
    await expect(page.locator("#status")).toContainText(`Claim ${claims[0]} reviewed as unverified`);
    await expect(page.locator("[data-work]")).toBeFocused();
    await page.keyboard.press("j");
    await page.context().setOffline(true);
    await page.locator("#why").fill("While the line was down.");
    await page.keyboard.press("Escape");
    for (const key of ["3", "2", "Control+Enter"]) await page.keyboard.press(key);
    await expect(page.locator("#why")).toHaveValue("While the line was down.");
    await context.setOffline(false);
    expect(errors).toEqual([]);
    await context.close();
  });
}

test("an act that was taken back in another window is not taken back again, nor another one", async ({ browser }) => {
  const claim = await newClaim();
  const before = (await one.get<{ items: Row[] }>("/collections/1/claims?state=candidate")).items[0]!;
  await one.post(`/claims/${before.id}/accept`, { version: before.version });
  await one.post(`/claims/${claim.id}/comments`, { text: "Taken back elsewhere." });
  const here = await window(browser, `/claims/${claim.id}`);
  const there = await window(browser, `/claims/${claim.id}`);
  await expect(here.locator("#turns")).toContainText("Undo: commented");
  await there.keyboard.press("z");
  await expect(there.locator("#status")).toContainText("Taken back");
  await here.keyboard.press("z");
  await expect(here.locator("#status")).toContainText(/taken back already/);
  expect((await now(before.id)).state).toBe("open");
  await here.context().close();
  await there.context().close();
});

test("a lease that ends while somebody types changes nothing that they typed, nor their place", async ({ browser }) => {
  const claim = await newClaim();
  const context = await one.window(browser, { viewport: { width: 1440, height: 1200 } });
  const other = await context.newPage();
  const opens = async (id: number) => {
    const signed = other.waitForResponse(r => r.url().endsWith(`/claims/${id}/presence`));
    await other.goto(`/claims/${id}`);
    await signed;
  };
  const elsewhere = await newClaim();
  await opens(claim.id);
  const page = await context.newPage();
  await page.clock.install();
  await page.goto(`/collections/1/queue?tab=turn&claim=${claim.id}`);
  await page.clock.runFor(1_000);
  const lease = page.locator("[data-presence]");
  await expect(lease).toHaveText(/^You have this open in another window since/);
  await page.locator("#why").fill(why);
  await page.locator("#why").press("ArrowLeft");
  const field = page.locator("#why");
  const place = () => field.evaluate((area: HTMLTextAreaElement) => [area.value, area.selectionStart]);
  const before = await place();
  await opens(elsewhere.id); // the other window goes on
  await page.clock.runFor(31_000);
  await expect(lease).toHaveText("");
  expect(await place()).toEqual(before);
  await expect(page.locator("#why")).toBeFocused();
  await context.close();
});

test("a stream of news that is cut every second loses no press and nothing typed", async ({ browser }) => {
  const claims = [(await newClaim()).id, (await newClaim()).id];
  const context = await one.window(browser, { viewport: { width: 1440, height: 1200 } });
  const page = await context.newPage();
  let streams = 0;
  await page.route("**/live", route => {
    streams += 1;
    return route.fulfill({ status: 200, contentType: "text/event-stream", body: "retry: 1000\n: hello\n\n" });
  });
  await page.goto(`/collections/1/queue?tab=turn&claim=${claims[0]}`);
  await page.locator("#why").fill(why);
  await expect.poll(() => streams).toBeGreaterThan(2);
  await expect(page.locator("#why")).toHaveValue(why);
  await expect(page.locator("#why")).toBeFocused();
  await page.keyboard.press("Escape");
  await page.keyboard.press("3");
  await expect.poll(() => streams).toBeGreaterThan(4);
  await expect(page.locator('#review input[value="unverified"]')).toBeChecked();
  await page.keyboard.press("j");
  await expect(page.locator(`#claim-${claims[1]}`)).toBeVisible();
  await page.keyboard.press("k");
  await expect(page.locator("#why")).toHaveValue(why);
  await context.close();
});
