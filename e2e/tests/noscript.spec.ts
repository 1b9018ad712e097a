// Reading and deciding work without JavaScript: signing in, reading, accepting a candidate, making a claim by its
// characters, linking evidence and reviewing, by links and forms alone.
import { type Page, expect, test } from "@playwright/test";
import { claimNumber, fillVerdict, openArticle, sample, signIn, spanOf } from "./people.ts";
import { type Bench, startBench } from "./server.ts";

let bench: Bench;
let page: Page;
test.beforeAll(async ({ browser }) => {
  bench = await startBench();
  page = await signIn(browser, bench.url, "reviewer-1", { javaScriptEnabled: false });
});
test.afterAll(async () => {
  await page.context().close();
  await bench.stop();
});

const article = sample("fa-macron-leak.txt");
const words = "حدود ۹ گیگابایت";
const statement = "حدود ۹ گیگابایت داده منسوب به کمپین مکرون منتشر شد.";

test("a reviewer does the whole job with forms only", async () => {
  await test.step("reads an article; a number beside the text opens its claim", async () => {
    await openArticle(page, 1);
    await expect(page.locator("#edition .sent")).not.toHaveCount(0);
    await page.locator("#edition .gut a").first().click();
    await expect(page.locator("#panel-h")).toContainText("Candidate");
  });

  await test.step("accepts the candidate and stands at the next", async () => {
    const candidate = await claimNumber(page);
    await page.getByRole("button", { name: "Accept" }).click();
    await expect(page.locator("#status")).toContainText(`Claim ${candidate} accepted and open for review`);
    expect(await claimNumber(page)).not.toBe(candidate);
    await page.goto(`/claims/${candidate}`);
    await expect(page.locator("#do-h + .meta")).toHaveText("open");
  });

  let claim = 0;
  await test.step("makes a claim of a sentence by its first and last character", async () => {
    const span = spanOf(article, words);
    await openArticle(page, 1);
    const sentence = page.locator("#edition .sent", { hasText: words }).first();
    await sentence.locator("a.sno").click();
    const form = page.locator("#panel form[method=post]");
    await expect(form.locator("#start")).not.toHaveValue(String(span.start)); // the whole sentence is offered first
    await form.getByText("By numbers").click();
    await form.locator("#start").fill(String(span.start));
    await form.locator("#end").fill(String(span.end));
    await form.locator("#statement").fill(statement);
    await form.locator("#hedge").fill("حدود");
    await form.getByRole("button", { name: /^Add claim/ }).click();
    claim = await claimNumber(page);
    await expect(page.locator("#panel .statement")).toHaveText(statement);
    await page.goto(`/claims/${claim}`);
    // The hedge is a mark of its own.
    expect((await page.locator(".passage mark").allTextContents()).join("")).toBe(words);
    // What comes into the page later has a page of its own.
    await page.getByRole("link", { name: "Suggested passages" }).click();
    await expect(page.getByRole("button", { name: "Supports" }).first()).toBeVisible();
    await page.getByRole("link", { name: "To the claim" }).click();
    await page.getByRole("link", { name: "Perhaps there already" }).click();
    await expect(page.locator(`#same-${claim}`)).toContainText("No other claim of this collection");
    await page.goto(`/claims/${claim}`);
  });

  await test.step("a span outside the sentence is refused, and what was typed comes back", async () => {
    await page.goto("/articles/1/claims/new?sentence=5");
    // The browser itself stops such numbers; another program would not.
    await page.locator("main form").evaluate(form => ((form as HTMLFormElement).noValidate = true));
    await page.getByText("By numbers").first().click();
    await page.locator("#start").fill("0");
    await page.locator("#end").fill("99999");
    await page.locator("#statement").fill("می‌ماند");
    await page.getByRole("button", { name: /^Add claim/ }).click();
    await expect(page.getByRole("alert")).toContainText("outside the text");
    await expect(page.locator("#statement")).toHaveValue("می‌ماند");
  });

  await test.step("looks for a passage and links it", async () => {
    await page.goto(`/claims/${claim}/evidence`);
    await page.locator("#q").fill("ماكرون ضحية");
    await page.getByRole("button", { name: "Find", exact: true }).click();
    await page.locator("li.ev", { hasText: "ضحية" }).getByRole("radio").first().check();
    const form = page.locator("form", { has: page.getByRole("button", { name: "Link the chosen passage" }) });
    await form.locator('input[name="stance"][value="context"]').check();
    await form.getByRole("button", { name: "Link the chosen passage" }).click();
    await expect(page.locator("#status")).toContainText("Passage linked");
    await page.goto(`/claims/${claim}`);
    await expect(page.locator("li.ev .stance.context")).toHaveCount(1);
  });

  await test.step("reviews it from the queue; a guard's refusal keeps the form", async () => {
    await page.goto(`/collections/1/queue?claim=${claim}`);
    await fillVerdict(page, { verdict: "corroborated", reason: "independent_sources", rationale: "سند را دیدم" });
    await page.getByRole("button", { name: "Submit and next" }).click();
    await expect(page.getByRole("alert").first()).toContainText("two known and different origins");
    await expect(page.locator("#why")).toHaveValue("سند را دیدم");
    await expect(page.locator('input[name="verdict"][value="corroborated"]')).toBeChecked();
    await fillVerdict(page, { verdict: "unverified", reason: "single_origin", searched: "The three other articles." });
    await page.getByRole("button", { name: "Submit and next" }).click();
    await expect(page.locator("#status")).toContainText(`Claim ${claim} reviewed as unverified`);
    await page.goto(`/collections/1/queue?tab=waiting`);
    await expect(page.locator("#rows")).toContainText(`Claim ${claim}`);
  });

  await test.step("chooses dark colours and signs out", async () => {
    await page.goto("/settings");
    await page.locator('input[name="theme"][value="dark"]').check();
    await page.locator('form[action="/theme"]').getByRole("button", { name: "Use these" }).click();
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await page.getByRole("button", { name: "Sign out" }).click();
    await expect(page).toHaveURL(/\/sign-in/);
    await page.goto("/articles/1");
    await expect(page).toHaveURL(/\/sign-in\?next=/);
  });
});
