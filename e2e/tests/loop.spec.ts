// The whole loop as all six users, on the real articles: a Persian claim that stays unverified, an Arabic one that two
// reviewers see differently, a frozen set, its export, the history, and one row changed behind the program's back.
import { readFileSync } from "node:fs";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { claimNumber, fillVerdict, gloss, openArticle, review, sample, signIn, spanOf } from "./people.ts";
import { type Bench, sqlite, startBench, workbench } from "./server.ts";

let bench: Bench;
test.beforeAll(async () => {
  bench = await startBench();
});
test.afterAll(async () => {
  await bench.stop();
});

/** Presses a button whose form is sent by the outbox, and waits for the page that it leads to. */
async function press(page: Page, button: Locator): Promise<void> {
  const next = page.waitForEvent("framenavigated");
  await button.click();
  await next;
  await page.waitForLoadState();
}

const secret = "Nobody but its writer may read this rationale before the round closes.";

test("six people take two claims from an article to a verified history", async ({ browser }) => {
  test.setTimeout(300_000);
  const admin = await signIn(browser, bench.url, "admin-1");
  await test.step("the admin sees six users and a collection that wants two reviews", async () => {
    await admin.goto("/users");
    for (const name of ["reviewer-1", "reviewer-2", "editor-1", "editor-2", "auditor-1", "admin-1"]) {
      await expect(admin.getByText(name).first()).toBeVisible();
    }
    await admin.goto("/collections/1/rules");
    await expect(admin.locator('input[name="quorum"]')).toHaveValue("2");
    expect((await admin.goto("/articles/1"))?.status()).toBe(403);
  });

  const one = await signIn(browser, bench.url, "reviewer-1");
  const two = await signIn(browser, bench.url, "reviewer-2");
  const editor = await signIn(browser, bench.url, "editor-1");
  const other = await signIn(browser, bench.url, "editor-2");
  const auditor = await signIn(browser, bench.url, "auditor-1");

  let leak = 0;
  await test.step("reviewer-1 makes a claim of “حدود ۹ گیگابایت” by hand", async () => {
    await openArticle(one, 1);
    await expect(one.locator("#edition")).toHaveAttribute("dir", "rtl");
    const span = spanOf(sample("fa-macron-leak.txt"), "حدود ۹ گیگابایت");
    await one.goto(`/articles/1/claims/new?sentence=5&start=${span.start}&end=${span.end}`);
    await one.locator("#statement").fill("حدود ۹ گیگابایت داده منسوب به کمپین مکرون در pastebin منتشر شد.");
    await one.locator("#hedge").fill("about; attributed");
    await one.getByRole("button", { name: /^Add claim/ }).click();
    await expect(
      one.getByText("حدود ۹ گیگابایت داده منسوب به کمپین مکرون در pastebin منتشر شد.").first(),
    ).toBeVisible();
    leak = await claimNumber(one);
    await gloss(one, leak, "~9 GB leaked via pastebin by EMLEAKS");
  });

  await test.step("a passage of the Arabic article 001 is linked as context", async () => {
    await one.goto(`/claims/${leak}/evidence?q=${encodeURIComponent("ماكرون ضحية")}`);
    const hit = one
      .locator("li.ev", { has: one.locator('input[name="passage"]') })
      .filter({ hasText: "ضحية" })
      .first();
    await hit.getByRole("radio").check();
    const form = one.locator("form", { has: one.getByRole("button", { name: "Link the chosen passage" }) });
    await form.locator('input[name="stance"][value="context"]').check();
    await form.locator('input[name="kind"][value="report"]').check();
    await press(one, one.getByRole("button", { name: "Link the chosen passage" }));
    await one.goto(`/claims/${leak}`);
    await expect(one.locator("li.ev .stance.context").first()).toBeVisible();
  });

  await test.step("corroborated is refused, says why, and loses nothing", async () => {
    await review(one, leak, { verdict: "corroborated", reason: "independent_sources", rationale: secret });
    await expect(one.getByRole("alert").first()).toContainText("two known and different origins");
    await expect(one.locator('textarea[name="rationale"]')).toHaveValue(secret);
    await fillVerdict(one, {
      verdict: "unverified",
      reason: "single_origin",
      rationale: secret,
      searched: "The three other articles of the collection.",
    });
    await one
      .getByRole("button", { name: /^Submit/ })
      .first()
      .click();
    await expect(one.getByRole("alert")).toHaveCount(0);
  });

  await test.step("while the round is open nobody reads the other's review, but the auditor", async () => {
    for (const path of [
      `/claims/${leak}`,
      `/claims/${leak}/review`,
      "/collections/1/queue",
      "/history",
      `/history?object=claim:${leak}`,
    ]) {
      for (const page of [two, editor]) {
        await page.goto(path);
        expect(await page.content(), `${path}`).not.toContain(secret);
      }
    }
    await auditor.goto(`/claims/${leak}`);
    await expect(auditor.getByText(secret).first()).toBeVisible();
  });

  await test.step("reviewer-2 confirms the gloss and agrees: unverified, single origin", async () => {
    await two.goto(`/claims/${leak}`);
    await press(two, two.getByRole("button", { name: /^Confirm/ }));
    await expect(two.getByText(/confirmed by/).first()).toBeVisible();
    await review(two, leak, {
      verdict: "unverified",
      reason: "single_origin",
      searched: "Articles 2, 3 and 4; the number stands in none of them.",
    });
    await two.goto(`/claims/${leak}`);
    await expect(two.locator('.v[data-v="unverified"]').first()).toBeVisible();
    await expect(two.getByText(secret).first()).toBeVisible(); // the round is closed: its readers may read it
  });

  let indictment = 0;
  await test.step("the Arabic candidate on the indictment keeps its hedge", async () => {
    const article = sample("ar-apt31-parliamentarians.txt");
    const words = "أصدر المسؤولون هناك لائحة اتهام ضد سبعة أعضاء مزعومين في APT31";
    const span = spanOf(article, words);
    await openArticle(two, 3);
    const mark = two.locator("mark", { hasText: "مزعومين" }).first();
    const claims = ((await mark.getAttribute("data-claims")) ?? "").split(" ");
    expect(claims.length).toBeGreaterThan(0);
    indictment = Number(claims[0]);
    await two.goto(`/claims/${indictment}/edit`);
    await two.getByText("By numbers").first().click();
    await two.locator("#start").fill(String(span.start));
    await two.locator("#end").fill(String(span.end));
    await two
      .locator("#statement")
      .fill("أصدر مكتب التحقيقات الفيدرالي في 25 مارس لائحة اتهام ضد سبعة أعضاء مزعومين في APT31.");
    await expect(two.locator("#hedge")).toHaveValue(/alleged/);
    await two.getByRole("button", { name: /accept/i }).click();
    await two.waitForURL(`**/claims/${indictment}`);
    await expect(two.getByText("alleged").first()).toBeVisible();
    await expect(two.locator("#do-h")).toContainText(String(indictment));
    await gloss(two, indictment, "FBI indicted seven alleged APT31 members on 25 March");
  });

  await test.step("two reviewers see it differently", async () => {
    await one.goto(`/claims/${indictment}/evidence`);
    const outside = one.locator("form", { has: one.getByRole("button", { name: "Link this document" }) });
    await outside.locator("#url").fill("javascript:alert(1)");
    await outside
      .locator("#quotation")
      .fill("Seven nationals of the People's Republic of China charged with conspiracy.");
    await outside.locator("#read_on").fill("2024-05-13");
    await outside.locator("#new-origin").fill("US Department of Justice");
    await outside.locator('input[name="stance"][value="supports"]').check();
    await outside.locator('input[name="kind"][value="primary_document"]').check();
    await press(one, one.getByRole("button", { name: "Link this document" }));
    await expect(one.getByText("is no web address").first()).toBeVisible();
    await expect(outside.locator("#quotation")).toHaveValue(/Seven nationals/);
    await outside.locator("#url").fill("https://www.justice.gov/opa/pr/seven-hackers");
    await press(one, one.getByRole("button", { name: "Link this document" }));
    await review(one, indictment, {
      verdict: "corroborated",
      reason: "primary_document",
      rationale: "The indictment itself names seven.",
    });
    await review(two, indictment, {
      verdict: "unverified",
      reason: "single_origin",
      searched: "The other three articles.",
      rationale: "One origin.",
    });
    await two.goto(`/claims/${indictment}`);
    await expect(two.getByText(/in conflict/i).first()).toBeVisible();
  });

  await test.step("editor-1 adjudicates, and may not approve it too; editor-2 approves both", async () => {
    await editor.goto(`/claims/${indictment}/adjudicate`);
    await expect(editor.getByText("Reviewer A").first()).toBeVisible();
    await expect(editor.locator("main")).not.toContainText("Reviewer One");
    await editor.locator('input[name="verdict"][value="corroborated"]').check();
    await editor.locator('input[name="reason_corroborated"][value="primary_document"]').check();
    await editor.locator("#dr").fill("The document is primary; one is enough.");
    await editor.locator('input[name="cause"][value="guideline"]').check();
    await press(editor, editor.getByRole("button", { name: /^Decide/ }));
    await editor.goto(`/claims/${indictment}/approve`);
    await expect(editor.getByText(/You adjudicated/).first()).toBeVisible();
    for (const [claim, reason, words] of [
      [indictment, "primary_document", "The indictment of 25 March 2024 names seven alleged members of APT31."],
      [leak, "single_origin", "Only one origin speaks of nine gigabytes; nobody else could confirm it."],
    ] as const) {
      await other.goto(`/claims/${claim}/approve`);
      await other.locator(`input[name="reason"][value="${reason}"]`).check();
      await other.locator("#ex").fill(""); // refused in our own words, at the field, and nothing else is lost
      await press(other, other.getByRole("button", { name: /^Approve/ }));
      await expect(other.locator("#ex")).toHaveAttribute("aria-invalid", "true");
      await expect(other.getByRole("alert").first()).toContainText("Write the explanation");
      await expect(other.locator(`input[name="reason"][value="${reason}"]`)).toBeChecked();
      await other.locator("#ex").fill(words);
      await press(other, other.getByRole("button", { name: /^Approve/ }));
      await other.goto(`/claims/${claim}`);
      await expect(other.getByText(words).first()).toBeVisible();
    }
  });

  await test.step("editor-1 builds, freezes and exports a set", async () => {
    await editor.goto("/collections/1/sets");
    await editor.locator("#title").fill("What is established on the leaks");
    await editor.getByRole("button", { name: "Start" }).click();
    for (const claim of [leak, indictment]) await editor.locator(`input[name="claim"][value="${claim}"]`).check();
    await editor.getByRole("button", { name: "Add the ticked claims" }).click();
    await editor.getByRole("button", { name: /^Freeze/ }).click();
    await editor.getByRole("button", { name: /^Freeze .* for good/ }).click();
    await expect(editor.getByText("Frozen").first()).toBeVisible();
    const saved = editor.waitForEvent("download");
    await editor.getByRole("button", { name: "Save the export" }).click();
    const json = JSON.parse(readFileSync(await (await saved).path(), "utf8")) as {
      claim_set: { checkpoint: string; sha256: string };
      claims: {
        verdict: string;
        reason: string;
        hedge: string[];
        glosses: { words: string }[];
        quotation: { exact: string };
      }[];
    };
    expect(json.claim_set.checkpoint).toContain("claimbench/history");
    expect(json.claims.map(c => [c.verdict, c.reason]).sort()).toEqual([
      ["corroborated", "primary_document"],
      ["unverified", "single_origin"],
    ]);
    const apt = json.claims.find(c => c.verdict === "corroborated")!;
    expect(apt.hedge).toContain("alleged");
    expect(apt.quotation.exact).toContain("سبعة أعضاء مزعومين");
    await editor.locator('input[name="format"][value="csv"]').check();
    const table = editor.waitForEvent("download");
    await editor.getByRole("button", { name: "Save the export" }).click();
    const csv = readFileSync(await (await table).path(), "utf8");
    expect(csv).toContain("'~9 GB".slice(1)); // the gloss is there
    expect(csv.split("\r\n").length).toBeGreaterThanOrEqual(3);
  });

  await test.step("the auditor reads the history and verifies it, on the page and from the shell", async () => {
    await auditor.goto("/history");
    for (const action of ["claimset.frozen", "claimset.exported"])
      await expect(auditor.getByText(action).first()).toBeVisible();
    await auditor.goto("/history/verify");
    await auditor.getByRole("button", { name: /verify/i }).click();
    await expect(auditor.locator("main")).toContainText(/verified/i);
    const checkpoint = workbench("audit", "checkpoint", "--database", bench.database);
    expect(checkpoint.code).toBe(0);
    const good = workbench(
      "audit",
      "verify",
      "--database",
      bench.database,
      "--key",
      `${bench.file.replace(/\.db$/, "")}.log.key.pub`,
    );
    expect(good.out).toContain("Verified");
    expect(good.code).toBe(0);
    const exported = workbench(
      "export",
      "--set",
      "1",
      "--format",
      "csv",
      "--bom",
      "--as",
      "editor-1",
      "--database",
      bench.database,
    );
    expect(exported.code).toBe(0);
    expect(exported.out.startsWith("\ufeff")).toBe(true);
  });

  await test.step("a row changed with sqlite3 is named", async () => {
    sqlite(bench.file, `UPDATE claims SET verdict = 'corroborated' WHERE id = ${leak}`);
    const bad = workbench("audit", "verify", "--database", bench.database);
    expect(bad.code).toBe(1);
    expect(bad.out).toContain(`claim:${leak}`);
  });
});
