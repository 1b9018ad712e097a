// A verdict without leaving the queue: what is linked, unlinked and sent changes its own part of the screen, keys are
// kept in their order, and what is refused stays where it was typed.
import { type Page, expect, test } from "@playwright/test";
import { type Bench, startBench } from "./server.ts";
import { Hand, claimFrom, document as outside, persian } from "./world.ts";

let bench: Bench;
let one: Hand;
let two: Hand;
test.beforeAll(async () => {
  bench = await startBench();
  one = await Hand.of(bench.url, "reviewer-1");
  two = await Hand.of(bench.url, "reviewer-2");
});
test.afterAll(async () => {
  await bench.stop();
});

let loads = 0;

/** Makes n claims, and opens the queue of the first reviewer at the first of them. */
async function open(browser: import("@playwright/test").Browser, n = 2): Promise<{ page: Page; claims: number[] }> {
  const claims: number[] = [];
  for (let i = 0; i < n; i++)
    claims.push((await claimFrom(two, persian, "حدود ۹ گیگابایت", `ادعای ${Date.now()} ${i}`)).id);
  // High enough for the first suggested passage to be in sight: what is not is shown by its key first.
  const page = await (await one.window(browser, { viewport: { width: 1440, height: 1200 } })).newPage();
  page.on("pageerror", error => {
    throw error;
  });
  await page.goto(`/collections/1/queue?tab=turn&claim=${claims[0]}`);
  await at(page, claims[0]!);
  loads = 0;
  page.on("domcontentloaded", () => loads++);
  return { page, claims };
}

async function at(page: Page, claim: number): Promise<void> {
  await expect(page.locator(`#claim-${claim}`)).toBeVisible();
  await expect(page.locator("#rows .here")).toContainText(`Claim ${claim}`);
}

const passages = (page: Page) => page.locator("[data-suggestions] li.ev");
const linked = (page: Page) => page.locator("li.ev[id^=e]");

test("a passage is linked by one key, the verdict given, and the next claim is there", async ({ browser }) => {
  const { page, claims } = await open(browser);
  await expect(passages(page).first()).toBeVisible();
  const words = await passages(page).first().locator("blockquote").innerText();
  await page.keyboard.press("d");
  await expect(linked(page).locator(".stance.refutes")).toHaveCount(1);
  await expect(linked(page).locator("blockquote")).toHaveText(words);
  await expect(page.locator("#status")).toContainText("linked");
  await expect(page.locator('#relied input[name="evidence"]')).toBeChecked();
  await expect(passages(page).filter({ hasText: words })).toHaveCount(0);
  for (const key of ["2", "1", "Control+Enter"]) await page.keyboard.press(key);
  await expect(page.locator("#status")).toContainText(`Claim ${claims[0]} reviewed as disputed`);
  await at(page, claims[1]!);
  await expect(page.locator("[data-work]")).toBeFocused();
  await expect(page).toHaveURL(new RegExp(`claim=${claims[1]}\\b`));
  expect(loads).toBe(0);
});

test("the row in the list says what is linked, at once", async ({ browser }) => {
  const { page, claims } = await open(browser);
  const row = page.locator("#rows > li", { hasText: `Claim ${claims[0]}` });
  await expect(row).toContainText("no evidence yet");
  await expect(passages(page).first()).toBeVisible();
  await page.keyboard.press("d");
  await expect(linked(page)).toHaveCount(1);
  await expect(row).toContainText("−1");
  await expect(row).not.toContainText("no evidence yet");
  await page.keyboard.press("l");
  await expect(linked(page)).toHaveCount(0);
  await expect(row).toContainText("no evidence yet");
  expect(loads).toBe(0);
});

test("a passage out of sight is shown and marked by its key, and linked by the next press", async ({ browser }) => {
  const { page } = await open(browser);
  await page.setViewportSize({ width: 1280, height: 560 });
  const first = passages(page).first();
  await expect(first).toBeVisible();
  await expect(first.locator("blockquote")).not.toBeInViewport();
  await page.keyboard.press("s");
  await expect(first.locator("blockquote")).toBeInViewport();
  await expect(first).toHaveClass(/\bhere\b/);
  await expect(first).toBeFocused();
  await expect(page.locator("#status")).toContainText("press the key again (s)");
  await expect(linked(page)).toHaveCount(0);
  await page.keyboard.press("s");
  await expect(linked(page)).toHaveCount(1);
  expect(loads).toBe(0);
});

test("only the caps of keys that work now are shown: verdicts, or after one its reasons", async ({ browser }) => {
  const { page } = await open(browser);
  const verdicts = page.locator("#review .pick kbd");
  const reasons = page.locator('#review .why-set[data-for="unverified"] kbd');
  const inBar = page.locator('.keybar kbd[data-for="verdict-1"]');
  await expect(verdicts.first()).toBeVisible();
  await expect(inBar).toBeVisible();
  await page.keyboard.press("3");
  await expect(reasons.first()).toBeVisible();
  await expect(verdicts.first()).toBeHidden();
  await expect(inBar).toBeHidden();
  await page.keyboard.press("2");
  await expect(page.locator('input[value="single_origin"]')).toBeChecked();
  await expect(reasons.first()).toBeHidden();
  await expect(verdicts.first()).toBeVisible();
  await expect(inBar).toBeVisible();
});

test("beside linked items “no evidence” says that nothing is ticked then, and a refusal names what is allowed", async ({
  browser,
}) => {
  const { page, claims } = await open(browser);
  await outside(one, claims[0]!);
  await page.reload();
  await page.keyboard.press("3");
  await page.locator("#searched").fill("The archive.");
  await expect(page.locator("#saved")).toContainText("Saved");
  await page.reload();
  await expect(page.locator('.need[data-v="unverified"]')).toContainText(
    "Allowed: no evidence (then nothing is ticked), single origin, insufficient, pending event.",
  );
  await page.locator('input[value="corroborated"]').check();
  await page.getByRole("button", { name: "Submit and next" }).click();
  await expect(page.locator("#wrong-reason")).toHaveText("Choose why it is corroborated. Allowed: primary document.");
});

test("keys pressed at once are done in their order: link, verdict, reason, send", async ({ browser }) => {
  const { page, claims } = await open(browser, 3);
  for (const key of ["d", "2", "1", "Control+Enter", "j"]) await page.keyboard.press(key);
  await at(page, claims[2]!);
  const { mine } = await one.get<{ mine: { verdict: string; reason: string; evidence: number[] } }>(
    `/claims/${claims[0]}/review`,
  );
  expect(mine).toMatchObject({ verdict: "disputed", reason: "refuted" });
  expect(mine.evidence).toHaveLength(1);
  expect(loads).toBe(0);
});

test("an earlier review is not sent again by a press that was meant for the form that h opens", async ({ browser }) => {
  const { page, claims } = await open(browser, 3);
  for (const key of ["3", "4"]) await page.keyboard.press(key);
  await page.locator("#searched").fill("The archive.");
  await page.locator("#why").fill("Read it.");
  await page.keyboard.press("Control+Enter");
  await at(page, claims[1]!);
  const sent = (await one.get<{ mine: { submitted_at: unknown } }>(`/claims/${claims[0]}/review`)).mine.submitted_at;
  await outside(two, claims[0]!); // so that it is this person's turn again
  const posts: string[] = [];
  page.on("request", asked => {
    if (asked.method() === "POST") posts.push(new URL(asked.url()).pathname);
  });
  await page.goto(`/collections/1/queue?tab=turn&claim=${claims[0]}`);
  await expect(page.locator('#review input[value="unverified"]')).toBeChecked();
  // From outside of the form it is not sent, and it is said why.
  await page.locator("[data-work]").focus();
  await page.keyboard.press("Control+Enter");
  await expect(page.locator("#status")).toContainText("Not sent");
  // Both keys in one task of the browser, before it tells that the part was opened.
  await page.evaluate(() => {
    const press = (key: string, code: string, ctrlKey = false) =>
      (document.activeElement ?? document.body).dispatchEvent(
        new KeyboardEvent("keydown", { key, code, ctrlKey, bubbles: true, cancelable: true }),
      );
    press("h", "KeyH");
    press("Enter", "Enter", true);
  });
  await expect(page.locator("#status")).toContainText("Snoozed until");
  expect(posts.filter(path => path.endsWith("/reviews"))).toEqual([]);
  const now = (await one.get<{ mine: { submitted_at: unknown } }>(`/claims/${claims[0]}/review`)).mine.submitted_at;
  expect(now).toEqual(sent);
});

test("a claim that is snoozed leaves the list and its count at once, and the next one opens", async ({ browser }) => {
  const { page, claims } = await open(browser, 2);
  const count = page.locator('.tally [aria-current="true"] b');
  const before = Number(await count.innerText());
  await page.keyboard.press("h");
  await page.keyboard.press("Control+Enter");
  await expect(page.locator("#status")).toContainText(`Snoozed until`);
  await at(page, claims[1]!);
  await expect(page.locator("#rows > li", { hasText: `Claim ${claims[0]}` })).toHaveCount(0);
  await expect(count).toHaveText(String(before - 1));
  await page.goto(`/collections/1/queue?tab=turn&claim=${claims[0]}`);
  await expect(page.locator("#rows > li", { hasText: `Claim ${claims[0]}` })).toHaveCount(0);
});

test("an item is unlinked by l, and what is typed stays", async ({ browser }) => {
  const { page } = await open(browser);
  await page.keyboard.press("s");
  await expect(linked(page)).toHaveCount(1);
  await page.locator("#why").fill("نیمه‌کاره");
  await page.keyboard.press("Escape");
  await page.keyboard.press("l");
  await expect(linked(page)).toHaveCount(0);
  await expect(page.locator("#why")).toHaveValue("نیمه‌کاره");
  await expect(page.locator("#relied")).toHaveCount(0);
  expect(loads).toBe(0);
});

test("linking keeps what is scrolled where it is: the next passage stands where it stood", async ({ browser }) => {
  const { page } = await open(browser, 12);
  await page.setViewportSize({ width: 1440, height: 640 });
  const [second, third] = [passages(page).nth(1), passages(page).nth(2)];
  await second.locator("blockquote").click();
  const list = page.locator(".pane.list");
  // Away from the row that is looked at: who scrolls the list wants to see something else.
  const scrolled = await list.evaluate(element => {
    const row = element.querySelector<HTMLElement>("#rows .here")!;
    element.scrollTop = row.offsetTop > element.clientHeight ? 50 : element.scrollHeight;
    return element.scrollTop;
  });
  expect(scrolled).toBeGreaterThan(0);
  const pane = page.locator("#work article.pane");
  expect(await pane.evaluate(element => element.scrollTop)).toBeGreaterThan(300);
  const at = async (id: string) => (await page.locator(`[id="${id}"]`).boundingBox())!.y;
  const id = (await third.getAttribute("id"))!;
  const gone = (await second.getAttribute("id"))!;
  const before = await at(id);
  await page.keyboard.press("f");
  await expect(linked(page)).toHaveCount(1);
  await expect(page.locator(`[id="${gone}"]`)).toHaveCount(0); // what is proposed came anew
  // What was chosen above it has lost the line of its keys; nothing else moves.
  expect(Math.abs((await at(id)) - before)).toBeLessThan(40);
  expect(await list.evaluate(element => element.scrollTop)).toBe(scrolled);
  await expect(page.locator(`[id="${id}"]`)).toBeFocused();
  expect(loads).toBe(0);
});

test("who goes on quickly asks for no proposals on the way, and has those of the claim they rest on", async ({
  browser,
}) => {
  const { page, claims } = await open(browser, 8);
  await expect(passages(page).nth(2)).toBeVisible(); // those that came after the first two, too
  const own = await page.locator("#work [data-renew]").getAttribute("data-renew");
  const asked: string[] = [];
  const isProposals = new RegExp(own!.split("?")[0]!.replace(/\d+/, "\\d+") + "(\\?|$)");
  page.on("request", request => {
    if (isProposals.test(new URL(request.url()).pathname)) asked.push(request.url());
  });
  await page.evaluate(() => {
    // In one go: a press that comes by the browser's own line may come late on a busy machine.
    for (let n = 1; n <= 6; n++) {
      const press = { key: "j", code: "KeyJ", bubbles: true, cancelable: true };
      document.activeElement!.dispatchEvent(new KeyboardEvent("keydown", press));
    }
  });
  await at(page, claims[6]!);
  await expect(passages(page).nth(2)).toBeVisible();
  await expect(passages(page).filter({ has: page.locator("[data-choose]:not([hidden])") })).not.toHaveCount(2);
  expect(asked.length).toBeLessThanOrEqual(3); // the first one was rested on before; the last one is
  expect(asked.at(-1)).toContain(`/claims/${claims[6]}`);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown"); // to the third
  await page.keyboard.press("f");
  await expect(linked(page)).toHaveCount(1);
});

test("a refusal stands at its field, once, beside list and suggestions; j and k go on", async ({ browser }) => {
  const { page, claims } = await open(browser);
  await expect(passages(page).first()).toBeVisible();
  await page.locator("#why").fill("Kept as it is.");
  await page.keyboard.press("Escape");
  for (const key of ["1", "3", "Control+Enter"]) await page.keyboard.press(key);
  const wrong = page.locator("#review [role=alert]");
  await expect(wrong).toHaveCount(1);
  await expect(wrong).toContainText("two known and different origins");
  await expect(page.locator("#why")).toHaveValue("Kept as it is.");
  await expect(page.locator('input[value="independent_sources"]')).toBeChecked();
  await expect(passages(page).first()).toBeVisible();
  await at(page, claims[0]!);
  expect(loads).toBe(0);
  await page.keyboard.press("Escape");
  await page.keyboard.press("2"); // what was wrong with another verdict is not said of this one
  await expect(wrong).toBeHidden();
  await expect(page.locator("#review [aria-invalid]")).toHaveCount(0);
  await page.keyboard.press("j");
  await at(page, claims[1]!);
  await expect(page.locator("#review [role=alert]")).toHaveCount(0);
  await expect(page.locator("#why")).toHaveValue("");
  await page.keyboard.press("k");
  await at(page, claims[0]!);
  await expect(page.locator("#why")).toHaveValue("Kept as it is.");
  expect(loads).toBe(0);
});

test("words that changed meanwhile are shown beside those opened, on the same screen", async ({ browser }) => {
  const { page, claims } = await open(browser);
  await outside(two, claims[0]!);
  const now = await two.get<{ claim: { words_version: number } }>(`/claims/${claims[0]}`);
  await two.post(`/claims/${claims[0]}/edit`, {
    words_version: now.claim.words_version,
    statement: "حدود ۹ گیگابایت، ویراسته",
    kind: "fact",
  });
  await page.locator("#why").fill("Typed before.");
  await page.keyboard.press("Escape");
  for (const key of ["3", "4", "Control+Enter"]) await page.keyboard.press(key);
  await expect(page.locator("#review .change")).toContainText("ویراسته");
  await expect(page.locator("#why")).toHaveValue("Typed before.");
  await at(page, claims[0]!);
  expect(loads).toBe(0);
});

test("a link that is refused says so in its place", async ({ browser }) => {
  const { page, claims } = await open(browser);
  await expect(passages(page).first()).toBeVisible();
  await two.post(`/claims/${claims[0]}/withdraw`, {
    version: (await two.get<{ claim: { version: number } }>(`/claims/${claims[0]}`)).claim.version,
    reason: "Said twice.",
  });
  await page.keyboard.press("s");
  await expect(page.locator("#refused [role=alert]")).toBeVisible();
  await expect(page.locator("#refused [role=alert]")).toBeFocused();
  await expect(passages(page).first()).toBeVisible();
  await page.keyboard.press("j");
  await at(page, claims[1]!);
  expect(loads).toBe(0);
});

test("evidence is found, chosen and linked on the same screen; its kind is set where it lies", async ({ browser }) => {
  const { page, claims } = await open(browser);
  await expect(page.locator("#seek")).toBeInViewport();
  await page.keyboard.press("/");
  await expect(page.locator("#seek")).toBeFocused();
  await page.keyboard.insertText("ماكرون");
  await page.keyboard.press("Enter");
  const found = page.locator("[data-find] li.ev");
  await expect(found.first()).toBeFocused();
  await expect(found.first()).toBeInViewport();
  await expect(found.first().locator("blockquote")).toHaveAttribute("lang", "ar");
  await expect(found.first().locator("blockquote")).toHaveAttribute("dir", "rtl");
  await expect(found.first().locator("blockquote mark")).not.toHaveCount(0);
  await page.keyboard.press("ArrowDown");
  await expect(found.nth(1)).toBeFocused();
  const words = await found.nth(1).locator("blockquote").innerText();
  await found.nth(1).locator("select").selectOption("official_record");
  await found.nth(1).focus();
  await page.keyboard.press("f");
  await expect(linked(page)).toHaveCount(1);
  await expect(linked(page)).toContainText("official record");
  await expect(linked(page).locator("blockquote")).toHaveText(words);
  await expect(found.filter({ hasText: words })).toHaveCount(0);
  await expect(page.locator("#seek")).toHaveValue("ماكرون");
  await page.keyboard.press("j");
  await at(page, claims[1]!);
  await expect(page.locator("#seek")).toHaveValue("");
  expect(loads).toBe(0);
});

test("what a verdict needs is said before, and mended where it is said", async ({ browser }) => {
  const { page, claims } = await open(browser);
  const need = (verdict: string) => page.locator(`.need[data-v="${verdict}"]`);
  await expect(need("corroborated")).toContainText("needs two known origins that support it");
  await expect(need("disputed")).toContainText("needs an item that refutes it");
  await page.keyboard.press("s");
  await expect(linked(page)).toHaveCount(1);
  const origin = need("corroborated").locator(".origin input[name=new_origin]");
  await expect(origin).toBeHidden();
  await need("corroborated").getByRole("link", { name: /^State the origin of #/ }).click();
  await expect(origin).toBeFocused();
  await origin.fill("Agence France-Presse");
  await origin.press("Enter");
  await expect(need("corroborated")).toContainText("needs a second known origin that supports it");
  await expect(linked(page)).toContainText("Agence France-Presse");
  await page.keyboard.press("Escape");
  await page.locator("[data-work]").focus();
  await page.keyboard.press("d");
  await expect(linked(page)).toHaveCount(2);
  await expect(need("disputed")).toContainText("Allowed: refuted, conflicting, misattributed, out of context.");
  const answer = need("corroborated").getByRole("link", { name: /^Answer #/ });
  const item = (await answer.innerText()).replace("Answer ", "");
  await answer.click();
  await expect(page.locator("#why")).toBeFocused();
  await expect(page.locator("#why")).toHaveValue(`${item} `);
  await at(page, claims[0]!);
  expect(loads).toBe(0);
});

test("before a verdict is chosen its rationale is in sight, and a link of a need stays under the press", async ({
  browser,
}) => {
  const { page } = await open(browser);
  for (const key of ["s", "d"]) {
    const before = await linked(page).count();
    await page.keyboard.press(key);
    await expect(linked(page)).toHaveCount(before + 1);
  }
  const why = (await page.locator("#why").boundingBox())!;
  const send = (await page.locator("#review .acts:has(> .main)").boundingBox())!;
  expect(why.y + why.height).toBeLessThanOrEqual(send.y);
  await page.locator('.need[data-v="unverified"]').getByRole("link", { name: "Write it" }).first().click();
  await expect(page.locator('input[name="verdict"][value="unverified"]')).toBeChecked();
  await expect(page.locator("#searched")).toBeFocused();
});

test("unverified proposes what was searched, by three keys, and nobody else reads it", async ({ browser }) => {
  const { page, claims } = await open(browser);
  await page.keyboard.press("/");
  await page.keyboard.insertText("EMLEAKS 9");
  await page.keyboard.press("Enter");
  await expect(page.locator("[data-find] [role=status]")).toContainText("No sentence");
  for (const who of ["reviewer-2", "editor-1", "auditor-1"] as const) {
    const other = await Hand.of(bench.url, who);
    const own = `/claims/${claims[0]}`;
    for (const path of [own, "/collections/1/queue", `/history?object=claim:${claims[0]}`, "/drafts"])
      expect(await (await other.http.get(path)).text(), `${who} ${path}`).not.toContain("EMLEAKS 9");
  }
  await page.locator("[data-work]").focus();
  for (const key of ["3", "1"]) await page.keyboard.press(key);
  await expect(page.locator("#searched")).toHaveValue(
    /looked through 3 other articles.*\n.*“EMLEAKS 9”: nothing found/,
  );
  await page.keyboard.press("Control+Enter");
  await at(page, claims[1]!);
  expect(loads).toBe(0);
  const { mine } = await one.get<{ mine: { searched: string } }>(`/claims/${claims[0]}/review`);
  expect(mine.searched).toContain("“EMLEAKS 9”: nothing found");
});
