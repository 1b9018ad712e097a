// What a machine proposes of a claim's words: taken by U, refused by N, back by z, without a mouse, where it stands.
import AxeBuilder from "@axe-core/playwright";
import { type Browser, type Page, expect, test } from "@playwright/test";
import { claimNumber, sample, signIn, spanOf } from "./people.ts";
import { type Bench, startBench } from "./server.ts";

let bench: Bench;
let secret = "";
test.beforeAll(async ({ browser }) => {
  bench = await startBench();
  const admin = await signIn(browser, bench.url, "admin-1");
  const made = await admin.request.post("/machines", {
    data: { name: "glosser", owner: "editor-1", collection: [1] },
    headers: { accept: "application/json", "Sec-Fetch-Site": "same-origin" },
  });
  secret = (await made.json() as { secret: string }).secret;
  expect(secret).not.toBe("");
});
test.afterAll(async () => {
  await bench.stop();
});

const statement = "حدود ۹ گیگابایت داده منتشر شد.";

/** A claim for which a machine proposes two glosses. */
async function proposed(browser: Browser, options: Parameters<Browser["newContext"]>[0] = {}): Promise<[Page, number]> {
  const page = await signIn(browser, bench.url, "reviewer-1", options);
  const span = spanOf(sample("fa-macron-leak.txt"), "حدود ۹ گیگابایت");
  await page.goto(`/articles/1/claims/new?start=${span.start}&end=${span.end}`);
  await page.locator("#statement").fill(statement);
  await page.getByRole("button", { name: /^Add claim/ }).click();
  await expect(page).toHaveURL(/claim=\d+|claims\/\d+/);
  const claim = await claimNumber(page);
  const gloss = (lang: string, words: string) => ({ kind: "gloss", claim, lang, statement: words });
  const answer = await fetch(`${bench.url}/collections/1/machine/proposals`, {
    method: "POST",
    headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
    body: JSON.stringify({
      items: [gloss("en", "About 9 GB of data were published."), gloss("ar", "نُشر نحو 9 غيغابايت من البيانات.")],
    }),
  });
  const { items } = await answer.json() as { items: { outcome: string }[] };
  expect(items.map(x => x.outcome)).toEqual(["kept", "kept"]);
  return [page, claim];
}

test("N refuses the first of what a machine proposes, z takes that back, U takes it", async ({ browser }) => {
  const [page, claim] = await proposed(browser);
  await page.goto(`/claims/${claim}`);
  const box = page.getByRole("region", { name: "Words that machines propose" });
  await expect(box.getByRole("button", { name: /Refuse them/ })).toHaveCount(2);
  const found = await new AxeBuilder({ page }).setLegacyMode(true).include("main").analyze();
  expect(found.violations).toEqual([]);

  await page.keyboard.press("Shift+N");
  await expect(page.locator("#status")).toContainText("Refused what a machine proposed");
  await expect(box).toContainText("refused by Reviewer One");
  await expect(box.getByRole("button", { name: /Refuse them/ })).toHaveCount(1);
  await page.keyboard.press("z");
  await expect(page.locator("#status")).toContainText("Taken back: you refused what a machine proposed");
  await expect(box.getByRole("button", { name: /Refuse them/ })).toHaveCount(2);

  await page.keyboard.press("Shift+U");
  await expect(box).toContainText("accepted by Reviewer One");
  await expect(page.locator("main")).toContainText("About 9 GB of data were published.");

  await page.keyboard.press("Shift+N");
  await expect(box).toContainText("refused by Reviewer One");

  // Another reads what became of it, and not who decided, while the round is open; the history says the same.
  const two = await signIn(browser, bench.url, "reviewer-2");
  await two.goto(`/claims/${claim}`);
  await expect(two.getByRole("region", { name: "Words that machines propose" })).toContainText(
    "accepted by an editor or a reviewer");
  await two.goto(`/claims/${claim}/history`);
  await expect(two.locator("main")).toContainText("refused a gloss that a machine proposed");
  await expect(two.locator("main")).not.toContainText("Reviewer One refused");
});

test("it stands at the form of a review and in the queue, also without script", async ({ browser }) => {
  const [page, claim] = await proposed(browser);
  await page.goto(`/claims/${claim}/review`);
  const box = page.getByRole("region", { name: "Words that machines propose" });
  await page.keyboard.press("Shift+N");
  await expect(page).toHaveURL(new RegExp(`/claims/${claim}/review$`));
  await expect(box).toContainText("refused by Reviewer One");
  await page.goto(`/collections/1/queue?claim=${claim}`);
  await expect(box.getByRole("button", { name: /Refuse them/ })).toHaveCount(1);

  const bare = await signIn(browser, bench.url, "reviewer-2", { javaScriptEnabled: false });
  await bare.goto(`/claims/${claim}`);
  const plain = bare.getByRole("region", { name: "Words that machines propose" });
  await plain.getByRole("button", { name: /Refuse them/ }).click();
  await expect(plain).toContainText("refused by Reviewer Two");
  await expect(plain.getByRole("button", { name: /Refuse them/ })).toHaveCount(0);
});
