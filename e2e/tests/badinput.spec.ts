// Bad input as a person at a browser meets it: the status says what kind of mistake it is, the page says what is wrong
// and what helps, and nothing that was typed is lost.
import { closeSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { type Page, expect, test } from "@playwright/test";
import { fillVerdict } from "./people.ts";
import { send } from "./stop.ts";
import { type Bench, startBench } from "./server.ts";
import { Hand, arabic, claimFrom, link, persian } from "./world.ts";

let bench: Bench;
let one: Hand;
let two: Hand;
let editor: Page;
let reviewer: Page;
let auditor: Hand;
test.beforeAll(async ({ browser }) => {
  bench = await startBench();
  one = await Hand.of(bench.url, "reviewer-1");
  two = await Hand.of(bench.url, "reviewer-2");
  auditor = await Hand.of(bench.url, "auditor-1");
  editor = await (await (await Hand.of(bench.url, "editor-1")).window(browser)).newPage();
  reviewer = await (await one.window(browser)).newPage();
});
test.afterAll(async () => {
  await editor.context().close();
  await reviewer.context().close();
  await bench.stop();
});

const newClaim = () => claimFrom(one, persian, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منتشر شد");

/** Presses a button that sends a form, and gives the status of the page that comes. */
async function press(page: Page, name: RegExp | string): Promise<number> {
  const came = page.waitForNavigation({ waitUntil: "load" }).then(r => r?.status() ?? 0);
  const refused = page
    .waitForResponse(r => r.request().method() === "POST" && r.status() >= 400)
    .then(r => r.status());
  await page.getByRole("button", { name }).first().click();
  return Promise.any([came, refused]); // a refusal may change a part of the page only
}

async function eventCount(): Promise<number> {
  return (await auditor.get<{ size: number }>("/history")).size;
}

const files: [string, Buffer, RegExp][] = [
  ["an empty file", Buffer.alloc(0), /“bad\.txt” is empty/],
  [
    "a file whose letters nobody can tell",
    Buffer.concat([Buffer.from("متن "), Buffer.from([0xff, 0xfe])]),
    /Which of these can be read\?.*windows-1256/s,
  ],
  ["a file with NUL", Buffer.from("a\0b"), /NUL/],
  ["a file of more than 5 MiB", Buffer.alloc(5 * 1024 * 1024 + 1, "a"), /5 MiB/],
];
for (const [what, buffer, says] of files) {
  test(`import of ${what}`, async () => {
    await editor.goto("/collections/1/articles/import");
    await editor.locator("#files").setInputFiles({ name: "bad.txt", mimeType: "text/plain", buffer });
    const before = await eventCount();
    expect(await press(editor, "Read")).toBe(200);
    await expect(editor.locator(".arrival").last()).toContainText(says, { timeout: 30_000 });
    expect(await eventCount()).toBe(before);
    await editor.locator(".arrival").last().getByRole("button", { name: /^Discard/ }).click();
  });
}

test("import of a 50 MB file", async () => {
  const file = join(bench.dir, "large.txt");
  const out = openSync(file, "w");
  const part = Buffer.alloc(1_000_000, "a");
  for (let n = 0; n < 50; n++) writeSync(out, part);
  closeSync(out);
  await editor.goto("/collections/1/articles/import");
  await editor.locator("#files").setInputFiles(file);
  expect(await press(editor, "Read")).toBe(200);
  await expect(editor.locator(".arrival").last()).toContainText("at most 5 MiB", { timeout: 30_000 });
  await editor.locator(".arrival").last().getByRole("button", { name: /^Discard/ }).click();
});

test("pasted text, with no file chosen, is taken", async () => {
  await editor.goto("/collections/1/articles/import");
  await editor.locator("#text").fill("متن کوتاه. 😀 جمله دوم.");
  expect(await press(editor, "Read")).toBe(200);
  const pasted = editor.locator(".arrival").last();
  await pasted.getByLabel("Title").fill("چسبانده", { timeout: 30_000 });
  await pasted.locator('button[value="take"]').click();
  await editor.locator("#arrivals-taken").getByRole("link", { name: "چسبانده" }).click({ timeout: 30_000 });
  await expect(editor.locator("#edition")).toContainText("😀");
});

test("U+202E is refused wherever a person types, and shown where it stood", async () => {
  const claim = await newClaim();
  const turned = "abc\u202edef";
  await reviewer.goto(`/claims/${claim.id}`);
  await reviewer.locator("#comment").fill(turned);
  expect(await press(reviewer, "Add comment")).toBe(422);
  await expect(reviewer.getByRole("alert")).toContainText("U+202E");
  await expect(reviewer.locator("#comment")).toHaveValue(turned);
  await reviewer.goto(`/claims/${claim.id}/edit`);
  await reviewer.locator("#statement").fill(turned);
  expect(await press(reviewer, /^Save/)).toBe(422);
  await expect(reviewer.getByRole("alert").first()).toContainText("U+202E");
  await expect(reviewer.locator("#statement")).toHaveValue(turned);
  await reviewer.goto(`/claims/${claim.id}/review`);
  await fillVerdict(reviewer, { verdict: "unverified", reason: "insufficient", rationale: turned, searched: "All." });
  expect(await press(reviewer, /^Submit/)).toBe(422);
  await expect(reviewer.getByRole("alert").first()).toContainText("U+202E");
  await expect(reviewer.locator("#why")).toHaveValue(turned);
  const now = await one.get<{ claim: { statement: string; words_version: number } }>(`/claims/${claim.id}`);
  expect(now.claim).toMatchObject({ statement: claim.statement, words_version: 1 });
});

for (const url of ["javascript:alert(1)", "data:text/html,hello", "file:///etc/passwd"]) {
  test(`an outside document at ${url}`, async () => {
    const claim = await newClaim();
    await reviewer.goto(`/claims/${claim.id}/evidence`);
    await reviewer.locator("#url").fill(url);
    await reviewer.locator("#quotation").fill("نقل قول");
    await reviewer.locator("#read_on").fill("2024-05-13");
    const form = reviewer.locator('form[action$="/evidence/outside"]');
    await form.locator('input[name="stance"][value="supports"]').check();
    await form.locator('input[name="kind"][value="primary_document"]').check();
    expect(await press(reviewer, "Link this document")).toBe(422);
    await expect(reviewer.locator("#url")).toHaveAttribute("aria-invalid", "true");
    await expect(form.getByRole("alert")).toContainText(/http/);
    await expect(reviewer.locator("#quotation")).toHaveValue("نقل قول");
    await expect(reviewer.locator("#url")).toHaveValue(url);
    await expect(form.locator('input[name="stance"][value="supports"]')).toBeChecked();
    const data = await one.get<{ evidence: { items: unknown[] } }>(`/claims/${claim.id}`);
    expect(data.evidence.items).toHaveLength(0);
  });
}

test("numbers beyond what a number can be", async () => {
  const claim = await newClaim();
  const big = "9223372036854775808";
  for (const path of [
    `/claims/${big}`,
    `/claims/${big}/review`,
    `/articles/${big}`,
    `/sets/${big}`,
    `/collections/${big}/queue`,
    "/claims/-1",
    "/claims/0",
    "/claims/1.5",
    "/claims/١",
  ]) {
    const answer = await reviewer.goto(path);
    expect(answer?.status(), path).toBe(404);
    await expect(reviewer.getByRole("heading", { level: 1 })).toHaveText("That is not here");
  }
  for (const path of [
    `/articles/1?claim=${big}`,
    `/articles/1?sentence=${big}`,
    `/collections/1/claims?after=${big}`,
    `/collections/1/queue?claim=x`,
  ]) {
    const answer = await reviewer.goto(path);
    expect(answer?.status(), path).toBeGreaterThanOrEqual(400);
    expect(answer?.status(), path).toBeLessThan(500);
    await expect(reviewer.locator("main")).toContainText(/number/);
  }
  await reviewer.goto(`/claims/${claim.id}/review`);
  expect(
    await send(reviewer, "#review form", {
      words_version: big,
      verdict: "unverified",
      reason_unverified: "insufficient",
      searched: "می‌ماند",
    }),
  ).toBe(422);
  await expect(reviewer.locator("#searched")).toHaveValue("می‌ماند");
});

test("a form from another site does nothing", async () => {
  const claim = await newClaim();
  const before = await eventCount();
  const senders: Record<string, string>[] = [
    { Origin: "https://evil.example" },
    { "Sec-Fetch-Site": "cross-site" },
    { Origin: "null" },
  ];
  for (const headers of senders) {
    const answer = await reviewer.request.post(`/claims/${claim.id}/comments`, {
      headers: { ...headers, Accept: "text/html" },
      form: { text: "not mine" },
    });
    expect(answer.status(), JSON.stringify(headers)).toBe(403);
    expect(await answer.text()).toContain("from another site");
  }
  // The same by the browser itself: a page elsewhere sends its form here.
  const page = await reviewer.context().newPage();
  await page.route("http://evil.example/", route =>
    route.fulfill({
      contentType: "text/html",
      body:
        `<form action="${bench.url}/claims/${claim.id}/comments" method="post">` +
        '<input name="text" value="not mine"><button>Win a prize</button></form>',
    }),
  );
  await page.goto("http://evil.example/");
  expect(await press(page, "Win a prize")).toBe(403);
  await expect(page.locator("main")).toContainText("from another site, so nothing was done");
  await page.close();
  expect(await eventCount()).toBe(before);
});

test("a demo answers to no other name", async () => {
  for (const host of ["evil.example", "evil.example:80", "127.0.0.1.evil.example"]) {
    const answer = await reviewer.request.get("/sign-in", { headers: { Host: host, Accept: "text/html" } });
    expect(answer.status(), host).toBe(403);
    expect(await answer.text()).toContain("does not answer to the name");
  }
  const port = new URL(bench.url).port;
  const local = await reviewer.request.get("/sign-in", { headers: { Host: `localhost:${port}` } });
  expect(local.status()).toBe(200);
});

test("words changed under a review: both wordings, and what was typed", async () => {
  const claim = await newClaim();
  await reviewer.goto(`/claims/${claim.id}/review`);
  await fillVerdict(reviewer, {
    verdict: "unverified",
    reason: "single_origin",
    rationale: "دلیل من",
    searched: "سه مقاله دیگر",
  });
  await reviewer.locator("#conf").fill("35");
  await two.post(`/claims/${claim.id}/edit`, { words_version: 1, statement: "نزدیک ۹ گیگابایت داده منتشر شد" });
  await two.post(`/claims/${claim.id}/reviews`, {
    verdict: "unverified",
    reason: "insufficient",
    searched: "secret-of-two",
    confidence: 1,
    rationale: "secret-of-two",
    words_version: 2,
    round: 1,
  });
  expect(await press(reviewer, /^Submit/)).toBe(409);
  const clash = reviewer.locator("#review table.change");
  await expect(clash).toContainText(claim.statement);
  await expect(clash).toContainText("نزدیک ۹ گیگابایت داده منتشر شد");
  expect(await reviewer.content()).not.toContain("secret-of-two");
  await expect(reviewer.locator("#why")).toHaveValue("دلیل من");
  await expect(reviewer.locator("#searched")).toHaveValue("سه مقاله دیگر");
  await expect(reviewer.locator("#conf")).toHaveValue("35");
  await expect(reviewer.locator('input[name="verdict"][value="unverified"]')).toBeChecked();
  await expect(reviewer.locator('input[name="reason_unverified"][value="single_origin"]')).toBeChecked();
  expect(await press(reviewer, /^Submit/)).toBe(200);
  const data = await one.get<{ rounds: { items: { reviews: { items: { rationale: string }[] } }[] } }>(
    `/claims/${claim.id}`,
  );
  expect(data.rounds.items[0]!.reviews.items.map(review => review.rationale)).toContain("دلیل من");
});

test("words changed under an edit: both wordings, and what was typed", async () => {
  const claim = await newClaim();
  await reviewer.goto(`/claims/${claim.id}/edit`);
  await reviewer.locator("#statement").fill("عبارت من");
  await two.post(`/claims/${claim.id}/edit`, { words_version: 1, statement: "عبارت او" });
  expect(await press(reviewer, /^Save/)).toBe(409);
  await expect(reviewer.locator("table.change")).toContainText("عبارت او");
  await expect(reviewer.locator("table.change")).toContainText("عبارت من");
  await expect(reviewer.locator("#statement")).toHaveValue("عبارت من");
  expect(await press(reviewer, /^Save/)).toBe(200);
  await expect(reviewer.locator("#claim-h")).toHaveText("عبارت من");
});

test.describe("each guard names itself and the remedy", () => {
  const guards: {
    verdict: "corroborated" | "disputed" | "unverified";
    reason: string;
    says: string;
    remedy: string;
    rationale?: string;
  }[] = [
    {
      verdict: "corroborated",
      reason: "primary_document",
      says: "needs a supporting primary document",
      remedy: "Link the document and name it",
    },
    {
      verdict: "corroborated",
      reason: "official_record",
      says: "needs a supporting official record",
      remedy: "Link the record and name it",
    },
    {
      verdict: "corroborated",
      reason: "independent_sources",
      says: "two known and different origins",
      remedy: "Link a supporting passage of another origin",
    },
    { verdict: "disputed", reason: "refuted", says: "needs a refuting item", remedy: "Link a passage that refutes" },
    {
      verdict: "disputed",
      reason: "conflicting",
      says: "one supporting and one refuting",
      remedy: "Link and name one each way",
    },
    {
      verdict: "disputed",
      reason: "misattributed",
      says: "needs a refuting item",
      remedy: "Link a passage that refutes",
    },
    {
      verdict: "disputed",
      reason: "out_of_context",
      says: "needs an item that gives the context",
      remedy: "Link the passage that shows the context",
    },
    {
      verdict: "unverified",
      reason: "no_evidence",
      says: "needs a note of what was searched",
      remedy: "Say what you searched",
    },
    {
      verdict: "unverified",
      reason: "not_checkable",
      says: "needs a reason in the rationale",
      remedy: "Say in a sentence why",
      rationale: "",
    },
  ];
  let claim = 0;
  test.beforeAll(async () => {
    claim = (await newClaim()).id;
  });
  for (const guard of guards) {
    test(`${guard.verdict}, ${guard.reason}`, async () => {
      await reviewer.goto(`/claims/${claim}/review`);
      await fillVerdict(reviewer, {
        verdict: guard.verdict,
        reason: guard.reason,
        rationale: guard.rationale ?? "دلیل من",
      });
      expect(await press(reviewer, /^Submit/)).toBe(422);
      const alert = reviewer.locator("#review").getByRole("alert");
      await expect(alert).toContainText(guard.says);
      await expect(alert).toContainText(guard.remedy);
      await expect(reviewer.locator("#why")).toHaveValue(guard.rationale ?? "دلیل من");
      await expect(reviewer.locator(`input[name="verdict"][value="${guard.verdict}"]`)).toBeChecked();
      await expect(reviewer.locator(`input[name="reason_${guard.verdict}"][value="${guard.reason}"]`)).toBeChecked();
    });
  }

  test("refuting evidence that the rationale leaves unanswered is named", async () => {
    const refuted = await newClaim();
    const item = await link(one, refuted.id, arabic, "ماكرون", "refutes");
    await one.post(`/claims/${refuted.id}/evidence/outside`, {
      url: "https://example.org/a",
      quotation: "Nine.",
      lang: "en",
      read_on: "2024-05-13",
      origin: "A court",
      stance: "supports",
      kind: "primary_document",
    });
    await reviewer.goto(`/claims/${refuted.id}/review`);
    for (const box of await reviewer.locator('input[name="evidence"]').all()) await box.check();
    await fillVerdict(reviewer, { verdict: "corroborated", reason: "primary_document", rationale: "روشن است" });
    expect(await press(reviewer, /^Submit/)).toBe(422);
    await expect(reviewer.locator("#review").getByRole("alert")).toContainText(`naming it as #${item.id}`);
    await expect(reviewer.locator("#why")).toHaveAttribute("aria-invalid", "true");
    await reviewer.locator("#why").fill(`#${item.id} از کارزار دیگری می‌گوید.`);
    expect(await press(reviewer, /^Submit/)).toBe(200);
  });
});
