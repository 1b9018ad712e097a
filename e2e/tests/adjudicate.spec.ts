// Deciding conflicts by keys: adopting, keeping and dropping evidence, and sending back with a question.
import { type Page, expect, test } from "@playwright/test";
import { type Bench, startBench } from "./server.ts";
import { Hand, type Row, arabic, disputedClaim, link, persian } from "./world.ts";

let bench: Bench;
let one: Hand;
let two: Hand;
let editor: Hand;
let page: Page;
const conflicts: number[] = [];

test.beforeAll(async ({ browser }) => {
  bench = await startBench();
  one = await Hand.of(bench.url, "reviewer-1");
  two = await Hand.of(bench.url, "reviewer-2");
  editor = await Hand.of(bench.url, "editor-1");
  for (let n = 1; n <= 4; n++)
    conflicts.push((await disputedClaim(one, two, persian, "حدود ۹ گیگابایت", `ادعای ${n}`)).claim.id);
  page = await (await editor.window(browser)).newPage();
});
test.afterAll(async () => {
  await page.context().close();
  await bench.stop();
});

/** The documents that a page loads while something is done on it. */
async function loadsDuring(act: () => Promise<void>): Promise<number> {
  let loads = 0;
  const count = () => loads++;
  page.on("domcontentloaded", count);
  await act();
  page.off("domcontentloaded", count);
  return loads;
}

test("two keys in the queue and no page load: a fills the form as A decided, a again decides", async () => {
  await page.goto(`/collections/1/queue?tab=conflict&claim=${conflicts[0]}`);
  const first = page.locator("#work .abc > li").first();
  await expect(first).toContainText("Reviewer A");
  const verdict = await first.getAttribute("data-v");
  const loads = await loadsDuring(async () => {
    await expect(page.locator("#adopted")).toBeHidden();
    await page.keyboard.press("a");
    await expect(page.locator('button[name="adopt"]').first()).toHaveAttribute("aria-pressed", "true");
    await expect(page.locator("#adopted")).toContainText("The decision of reviewer A stands in the form");
    await expect(page.locator(`#decide input[name="verdict"][value="${verdict}"]`)).toBeChecked();
    await expect(page.locator("#status")).toContainText("Not decided yet");
    await page.keyboard.press("a");
    await expect(page.locator(`#claim-${conflicts[1]}`)).toBeVisible();
    await expect(page.locator("#status")).toContainText(`Claim ${conflicts[0]} decided as ${verdict}`);
  });
  expect(loads).toBe(0);
  await expect(page).toHaveURL(new RegExp(`/queue\\?.*claim=${conflicts[1]}`));
  await expect(page.locator("#work [data-work]")).toBeFocused();
  await expect(page.locator("#rows")).not.toContainText(`Claim ${conflicts[0]}`);
  await expect(page.locator('button[name="adopt"][aria-pressed="true"]')).toHaveCount(0);
  await expect(page.locator("#decide input:checked")).toHaveCount(0);
  const { claim } = await one.get<{ claim: { state: string; verdict: string; reason: string } }>(
    `/claims/${conflicts[0]}`,
  );
  expect(claim).toMatchObject({ state: "decided", verdict });
  expect(claim.reason).not.toBe("");
});

test("in the queue x keeps or drops an item, a refusal stands at its field, and q asks in place", async () => {
  await page.goto(`/collections/1/queue?tab=conflict&claim=${conflicts[3]}`);
  const loads = await loadsDuring(async () => {
    const box = page.locator("#work .ev.here input[data-kept]");
    await expect(box).toBeChecked();
    await page.keyboard.press("x");
    if (await box.isChecked()) await page.keyboard.press("x"); // it was out of sight
    await expect(box).not.toBeChecked();
    const given = await page.locator(".abc > li").evaluateAll(all => all.map(li => (li as HTMLElement).dataset["v"]));
    const other = ["corroborated", "disputed", "unverified"].findIndex(v => !given.includes(v)) + 1;
    for (const key of [String(other), "1", "Control+Enter"]) await page.keyboard.press(key);
    await expect(page.locator("#wrong-rationale")).toBeVisible();
    await expect(page.locator("#dr")).toBeFocused();
    await expect(page.locator("#rows .here")).toContainText(`Claim ${conflicts[3]}`);
    await expect(box).not.toBeChecked(); // what was dropped stays dropped
    await page.keyboard.press("Escape");
    await page.keyboard.press("q");
    await expect(page.locator('#send-back input[name="letter"]').first()).toBeFocused();
    await page.keyboard.press("Control+Enter");
    await expect(page.locator("#send-back [role=alert]").first()).toBeVisible();
  });
  expect(loads).toBe(0);
});

test("one press of a letter decides nothing: it fills the form, and a change takes its mark away", async () => {
  await page.goto(`/claims/${conflicts[2]}/adjudicate`);
  const adopt = page.locator('button[name="adopt"]');
  const given = await page.locator(".abc > li").evaluateAll(all => all.map(li => (li as HTMLElement).dataset["v"]!));
  for (const [n, key] of ["a", "b"].entries()) {
    await page.keyboard.press(key);
    await expect(adopt.nth(n)).toHaveAttribute("aria-pressed", "true");
    await expect(adopt.nth(1 - n)).not.toHaveAttribute("aria-pressed", "true");
    await expect(page.locator(`#decide input[name="verdict"][value="${given[n]}"]`)).toBeChecked();
    await expect(page.locator(`#decide input[name="reason_${given[n]}"]:checked`)).toHaveCount(1);
    const relied = (await adopt.nth(n).getAttribute("data-evidence"))!.split(" ").filter(Boolean).sort();
    const kept = await page.locator('input[name="evidence"]:checked').evaluateAll(all =>
      all.map(box => (box as HTMLInputElement).value).sort(),
    );
    expect(kept).toEqual(relied);
  }
  await expect(page.locator("#status")).toContainText("Not decided yet");
  await expect(page).toHaveURL(/\/adjudicate$/);
  await page.locator('#decide input[name="reason_' + given[1] + '"]:not(:checked)').first().check();
  await expect(adopt.nth(1)).toHaveAttribute("aria-pressed", "false");
  const { claim } = await one.get<{ claim: { state: string } }>(`/claims/${conflicts[2]}`);
  expect(claim.state).toBe("in_conflict");
});

test("the parts of a conflict are reached by keys, and passages have the numbers of their sentences", async () => {
  await link(one, conflicts[2]!, arabic, "ضحية هجمة قرصنة ضخمة ومنسقة", "supports");
  await page.goto(`/claims/${conflicts[2]}/adjudicate`);
  await page.keyboard.press("e");
  await expect(page.locator("#union")).toBeFocused();
  await page.keyboard.press("v");
  await expect(page.locator("#abc")).toBeFocused();
  const row = page.locator("#union tbody tr").filter({ hasText: "ضحية هجمة" });
  await expect(row.locator("td.n")).toHaveText(/^[0-9]+$/);
  await page.keyboard.press("h");
  await expect(page).toHaveURL(new RegExp(`/claims/${conflicts[2]}/history$`));
});

test("x keeps or drops the passage looked at; the key bar says so", async () => {
  await page.goto(`/claims/${conflicts[1]}/adjudicate`);
  const boxes = page.locator('[data-keep-rows] input[type="checkbox"]');
  await expect(boxes.first()).toBeChecked();
  await page.keyboard.press("x");
  await expect(boxes.first()).not.toBeChecked();
  await page.keyboard.press("x");
  await expect(boxes.first()).toBeChecked();
  await expect(page.locator('.keybar kbd[data-for="keep"]')).toBeVisible();
});

test("a verdict that no reviewer gave asks for a rationale, at its field", async () => {
  await page.goto(`/claims/${conflicts[1]}/adjudicate`);
  const given = await page.locator(".abc > li").evaluateAll(all => all.map(li => (li as HTMLElement).dataset["v"]));
  const other = ["corroborated", "disputed", "unverified"].find(v => !given.includes(v))!;
  await page.keyboard.press(String(["corroborated", "disputed", "unverified"].indexOf(other) + 1));
  await page.locator(`input[name="reason_${other}"]`).first().check();
  await page.locator("#dr").focus();
  await page.keyboard.press("Control+Enter");
  await expect(page.locator("#wrong-rationale")).toBeVisible();
});

test("q sends it back with a question; only that reviewer reads it, and the answer comes back", async ({ browser }) => {
  const id = conflicts[1]!;
  await page.goto(`/claims/${id}/adjudicate`);
  await page.keyboard.press("q");
  await expect(page.locator('#send-back input[name="letter"]').first()).toBeFocused();
  await page.keyboard.press("Space");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Which archive? کدام بایگانی؟");
  await page.keyboard.press("Control+Enter");
  await expect(page.locator("#status")).toContainText(`Claim ${id} sent back to reviewer A`);

  const views: Page[] = [];
  for (const hand of [one, two]) views.push(await (await hand.window(browser)).newPage());
  let asked: Page | undefined;
  for (const view of views) {
    await view.goto(`/claims/${id}`);
    if ((await view.locator('textarea[name="answer"]').count()) > 0) asked = view;
    else await expect(view.locator("main")).not.toContainText("Which archive?");
  }
  expect(asked).toBeDefined();
  await asked!.goto("/collections/1/queue?tab=turn");
  await expect(asked!.locator("#rows")).toContainText(`Claim ${id}`);
  await expect(asked!.locator("#rows")).toContainText(/sent back/i);
  await asked!.goto(`/collections/1/queue?tab=turn&claim=${id}`);
  await page.goto(`/claims/${id}/adjudicate`);
  await expect(page.locator("#waits")).toContainText("Reviewer A has not answered yet");
  await asked!.keyboard.press("q");
  await expect(asked!.locator('textarea[name="answer"]')).toBeFocused();
  await asked!.keyboard.type("The city's.");
  await asked!.keyboard.press("Control+Enter");
  await expect(asked!.locator("#status")).toContainText("a note on the conflict");
  await page.goto(`/claims/${id}/adjudicate`);
  await expect(page.locator("#q-h + .seen")).toContainText("The city's.");
  await expect(page.locator("#waits")).toHaveCount(0);
  for (const view of views) await view.context().close();
});

test("whoever said otherwise reads how it was resolved", async ({ browser }) => {
  const seen: string[] = [];
  for (const hand of [one, two]) {
    const view = await (await hand.window(browser)).newPage();
    await view.goto(`/claims/${conflicts[0]}`);
    const words = await view.locator("main").innerText();
    seen.push(words.includes("Resolved differently from you") ? "otherwise" : "same");
    await view.context().close();
  }
  expect(seen.sort()).toEqual(["otherwise", "same"]);
});

test("after a question is answered on the claim's own page every key still answers", async ({ browser }) => {
  const id = conflicts[2]!;
  const claim = (await editor.get<{ claim: Row }>(`/claims/${id}`)).claim;
  await editor.post(`/claims/${id}/questions`, { round: claim.round, letter: "A", question: "Which archive?" });
  let asked: Page | undefined;
  for (const hand of [one, two]) {
    const view = await (await hand.window(browser)).newPage();
    await view.goto(`/claims/${id}`);
    if ((await view.locator('textarea[name="answer"]').count()) > 0) asked = view;
    else await view.context().close();
  }
  await asked!.keyboard.press("q");
  await asked!.keyboard.type("The city's.");
  await expect(asked!.locator("#saved")).toContainText("Saved"); // an answer is a draft on the server
  await asked!.keyboard.press("Control+Enter");
  await expect(asked!.locator("#status")).toContainText("a note on the conflict");
  await asked!.keyboard.press("?");
  await expect(asked!.locator("#keysheet")).toBeVisible();
  await asked!.keyboard.press("Escape");
  await expect(asked!.locator("#saved")).not.toContainText("Saved");
  await asked!.keyboard.press("g");
  await asked!.keyboard.press("n");
  await expect(asked!).toHaveURL(/\/notices$/);
  await asked!.context().close();
});

test("a verdict refused for its reason: the next digit chooses the reason, and the verdict stands", async () => {
  await page.goto(`/claims/${conflicts[1]}/adjudicate`);
  await page.keyboard.press("3");
  await page.locator("#dr").fill("Both read one wire.");
  await page.locator("#dr").focus();
  await page.keyboard.press("Control+Enter");
  await expect(page.locator("#wrong-reason")).toBeVisible();
  await page.keyboard.press("1");
  await expect(page.locator('input[name="verdict"][value="unverified"]')).toBeChecked();
  await expect(page.locator('input[name="reason_unverified"]').first()).toBeChecked();
  await page.keyboard.press("1"); // the chain has ended
  await expect(page.locator('input[name="verdict"][value="corroborated"]')).toBeChecked();
});

test("z after a decision says that it is opened again by Reopen, and keeps what is typed", async () => {
  await page.goto(`/claims/${conflicts[1]}/adjudicate`);
  await page.keyboard.press("a");
  await page.keyboard.press("Control+Enter");
  await expect(page).toHaveURL(new RegExp(`/claims/${conflicts[2]}/adjudicate$`));
  await page.locator("#dr").fill("Half a reason");
  await page.keyboard.press("Escape");
  await page.keyboard.press("z");
  await expect(page.locator("#status")).toContainText(`You adjudicated claim ${conflicts[1]}`);
  await expect(page.locator("#status")).toContainText("reopen the claim");
  await expect(page.locator("#dr")).toHaveValue("Half a reason");
  const { claim } = await one.get<{ claim: { state: string } }>(`/claims/${conflicts[1]}`);
  expect(claim.state).toBe("decided");
});
