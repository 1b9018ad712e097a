// Reviewing from the keyboard alone, under other layouts too; and keys that stay quiet where people write.
import { type CDPSession, type Page, expect, test } from "@playwright/test";
import { type Bench, startBench } from "./server.ts";
import { Hand, claimFrom, disputedClaim, persian } from "./world.ts";

let bench: Bench;
let page: Page;
let keys: CDPSession; // real key events with any key and code
let claims: number[]; // still to be reviewed
let conflict: number;

test.beforeAll(async ({ browser }) => {
  bench = await startBench();
  const one = await Hand.of(bench.url, "reviewer-1");
  const two = await Hand.of(bench.url, "reviewer-2");
  conflict = (await disputedClaim(one, two, persian, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت ایمیل منتشر شد")).claim.id;
  claims = [];
  for (let n = 1; n <= 5; n++) claims.push((await claimFrom(one, persian, "حدود ۹ گیگابایت", `ادعای شماره ${n}`)).id);
  page = await (await one.window(browser)).newPage();
  keys = await page.context().newCDPSession(page);
});
test.afterAll(async () => {
  await page.context().close();
  await bench.stop();
});

async function openQueue(): Promise<void> {
  await page.goto("/collections/1/queue?tab=turn");
  await atClaim(0);
}

/** The queue shows the nth claim of this test. */
async function atClaim(n: number): Promise<void> {
  await expect(page.locator("#rows .here")).toContainText(`Claim ${claims[n]}`);
  await expect(page.locator("#claim-h")).toHaveText(`ادعای شماره ${n + 1}`);
}

/** Presses Tab until the focus is on the element. */
async function tabTo(selector: string, key = "Tab"): Promise<void> {
  for (let n = 0; n < 150; n++) {
    if (
      await page
        .locator(selector)
        .first()
        .evaluate(element => element === document.activeElement)
    )
      return;
    await page.keyboard.press(key);
  }
  throw new Error(`150 presses of ${key} do not reach ${selector}`);
}

/** A key of a layout that the test's own keyboard does not have. */
async function foreignKey(key: string, code: string, shift = false): Promise<void> {
  const event = {
    key,
    code,
    modifiers: shift ? 8 : 0,
    windowsVirtualKeyCode: code.startsWith("Key")
      ? code.charCodeAt(3)
      : code.startsWith("Digit")
        ? code.charCodeAt(5)
        : 191,
  };
  await keys.send("Input.dispatchKeyEvent", { type: "keyDown", text: key, ...event });
  await keys.send("Input.dispatchKeyEvent", { type: "keyUp", ...event });
}

const chosen = (verdict: string) => page.locator(`#review input[name="verdict"][value="${verdict}"]`);

test("a claim is reviewed and the next one comes, without a mouse", async () => {
  await openQueue();
  await page.keyboard.press("j");
  await atClaim(1);
  await page.keyboard.press("j");
  await atClaim(2);
  await page.keyboard.press("k");
  await atClaim(1);
  await page.keyboard.press("k");
  await atClaim(0);
  await page.keyboard.press("1");
  await expect(chosen("corroborated")).toBeChecked();
  await page.keyboard.press("2"); // its second reason
  await expect(page.locator('input[name="reason_corroborated"]').nth(1)).toBeChecked();
  await page.keyboard.press("2");
  await expect(chosen("disputed")).toBeChecked();
  await page.keyboard.press("Escape"); // no reason yet
  await page.keyboard.press("3");
  await expect(chosen("unverified")).toBeChecked();
  await page.keyboard.press("1");
  await expect(page.locator('input[name="reason_unverified"]').first()).toBeChecked();
  await tabTo("#searched");
  await page.keyboard.type("The three other articles; 3 of 3, j and e?");
  await page.keyboard.press("Control+Enter");
  await expect(page.locator("#status")).toContainText(`Claim ${claims[0]} reviewed as unverified`);
  await atClaim(1);
  claims.shift();
});

/** The queue as it stands. */
async function begin(): Promise<void> {
  await page.goto("/drafts"); // a draft that an earlier test left would come back, as it should
  await page.evaluate(() => {
    for (const name of Object.keys(localStorage))
      if (name.startsWith("claimbench.draft.")) localStorage.removeItem(name);
  });
  for (const claim of claims)
    await page.request.post("/drafts/discard", { form: { claim }, headers: { "Sec-Fetch-Site": "same-origin" } });
  await page.goto("/collections/1/queue?tab=turn");
  await expect(page.locator("#rows .here")).toContainText(`Claim ${claims[0]}`);
}

async function stays(n: number): Promise<void> {
  await expect(page.locator("#rows .here")).toContainText(`Claim ${claims[n]}`);
}

test("o and Enter open the claim, v reviews it, e looks for evidence, / searches", async () => {
  for (const key of ["o", "Enter"]) {
    await begin();
    await page.keyboard.press(key);
    await expect(page).toHaveURL(new RegExp(`/claims/${claims[0]}$`));
  }
  await page.keyboard.press("v");
  await expect(page).toHaveURL(new RegExp(`/claims/${claims[0]}/review$`));
  await page.keyboard.press("2");
  await expect(chosen("disputed")).toBeChecked();
  await begin();
  await page.keyboard.press("e");
  await expect(page.locator("#seek")).toBeFocused(); // the search for evidence is part of the queue
  await begin();
  await page.keyboard.press("/");
  await expect(page.locator("#seek")).toBeFocused();
  await page.goto("/collections/1/articles");
  await page.keyboard.press("/");
  await page.keyboard.type("ماكرون");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/search\?q=/);
  await expect(page.locator("main blockquote").first()).toContainText("ماكرون");
});

test("keys follow their place under Persian, Arabic, French and Dvorak layouts", async () => {
  await begin();
  await foreignKey("ت", "KeyJ"); // Persian and Arabic have the same letter there
  await stays(1);
  await foreignKey("ن", "KeyK");
  await stays(0);
  await foreignKey("۱", "Digit1");
  await expect(chosen("corroborated")).toBeChecked();
  await page.keyboard.press("Escape"); // no reason yet
  await foreignKey("٢", "Digit2");
  await expect(chosen("disputed")).toBeChecked();
  await page.keyboard.press("Escape");
  await foreignKey("3", "Digit3", true); // French: digits are shifted
  await expect(chosen("unverified")).toBeChecked();
  await foreignKey("j", "KeyC"); // Dvorak: the letter counts, not its place
  await stays(1);
  await foreignKey("؟", "Slash", true);
  await expect(page.locator("#keysheet")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.locator("#keysheet")).toBeHidden();
  await foreignKey("ث", "KeyE");
  await expect(page.locator("#seek")).toBeFocused(); // the search for evidence is part of the queue
});

test("nothing fires in a field, while composing, with Alt or Meta, or on repeat", async () => {
  await begin();
  await page.keyboard.press("/");
  await expect(page.locator("#seek")).toBeFocused();
  await page.keyboard.type("j3e?");
  await expect(page.locator("#seek")).toHaveValue("j3e?");
  await foreignKey("ت", "KeyJ");
  await expect(page.locator("#seek")).toHaveValue("j3e?ت");
  await page.keyboard.press("Escape");
  await expect(page.locator("#seek")).not.toBeFocused();
  await tabTo("#why");
  await page.keyboard.type("jk1o/?");
  await expect(page.locator("#why")).toHaveValue("jk1o/?");
  await keys.send("Input.imeSetComposition", { text: "じ", selectionStart: 1, selectionEnd: 1 });
  await keys.send("Input.dispatchKeyEvent", {
    type: "rawKeyDown",
    key: "Process",
    code: "KeyJ",
    windowsVirtualKeyCode: 229,
  });
  await keys.send("Input.insertText", { text: "字" });
  await expect(page.locator("#why")).toHaveValue(/字/);
  await page.keyboard.press("Escape");
  for (const init of [
    { key: "j", code: "KeyJ", isComposing: true },
    { key: "1", code: "Digit1", isComposing: true },
    { key: "1", code: "Digit1", keyCode: 229 },
    { key: "1", code: "Digit1", altKey: true },
    { key: "j", code: "KeyJ", metaKey: true },
    { key: "1", code: "Digit1", repeat: true },
  ]) {
    const fired = await page.evaluate(
      init => !document.body.dispatchEvent(new KeyboardEvent("keydown", { ...init, bubbles: true, cancelable: true })),
      init,
    );
    expect(fired, JSON.stringify(init)).toBe(false);
  }
  await expect(page.locator("#keysheet")).toBeHidden();
  await stays(0);
  for (const verdict of ["corroborated", "disputed", "unverified"]) await expect(chosen(verdict)).not.toBeChecked();
});

test("single keys can be switched off", async () => {
  await page.goto("/settings");
  await tabTo("#keys-on");
  await page.keyboard.press("Space");
  await begin();
  await page.keyboard.press("j");
  await page.keyboard.press("1");
  await expect(chosen("corroborated")).not.toBeChecked();
  await stays(0);
  await page.goto("/settings");
  await tabTo("#keys-on");
  await page.keyboard.press("Space");
  await begin();
  await page.keyboard.press("1");
  await expect(chosen("corroborated")).toBeChecked();
});

test("Ctrl+Enter sends the form that one is in: a comment, and brackets while a box has the focus", async () => {
  await page.goto(`/claims/${claims[0]}`);
  await page.keyboard.press("c");
  await page.keyboard.type("Sent by keys alone.");
  await page.keyboard.press("Control+Enter");
  await expect(page.locator("main")).toContainText("Sent by keys alone.");
  await page.goto(await withBrackets());
  await tabTo('#brackets input[type="checkbox"]');
  await page.keyboard.press("Control+Enter");
  await expect(page.locator("#status")).toContainText("2 brackets put into claim");
});

test("a bracket is accepted and another struck in the reader, then the candidate accepted, by keys", async () => {
  await page.goto(await withBrackets());
  await expect(page.locator("#brackets")).toContainText("She [Angela Merkel] lost 14 files on 25 March [2024]");
  await page.keyboard.press("2");
  await page.keyboard.press("i");
  await expect(page.locator("#status")).toContainText("1 bracket put into claim");
  await expect(page.locator("#panel .statement")).toHaveText("She [Angela Merkel] lost 14 files on 25 March");
  await expect(page.locator("#brackets")).toHaveCount(0);
  await page.keyboard.press("a");
  await expect(page.locator("#status")).toContainText("accepted");
});

/** Imports an article that leaves something open, and gives the reader's address with the candidate that fills it. */
async function withBrackets(): Promise<string> {
  const editor = await Hand.of(bench.url, "editor-1");
  const one = await Hand.of(bench.url, "reviewer-1");
  const text = `Angela Merkel opened the archive in Berlin. She lost 14 files on 25 March.\n\n${Date.now()}`;
  const { article } = await editor.post<{ article: { id: number } }>("/collections/1/articles", {
    text,
    lang: "en",
    published: "2024-04-02",
  });
  await one.post(`/articles/${article.id}/extract`);
  const { claims } = await one.get<{ claims: { items: { id: number; statement: string }[] } }>(
    `/articles/${article.id}`,
  );
  const found = claims.items.find(claim => claim.statement.startsWith("She lost"));
  return `/articles/${article.id}?claim=${found!.id}`;
}

test("/ on the page of evidence is that page's search, and its answers are in sight", async () => {
  await page.goto(`/claims/${claims[0]}/evidence`);
  await page.keyboard.press("/");
  await expect(page.locator("main #q")).toBeFocused();
  await page.keyboard.type("ماكرون");
  await page.keyboard.press("Enter");
  await expect(page.locator("#find-h")).toBeInViewport();
  await expect(page.locator('form[action$="/evidence"] blockquote').first()).toBeInViewport();
});

const sheets: [string, () => string][] = [
  ["queue", () => "/collections/1/queue?tab=turn"],
  ["claim", () => `/claims/${claims[0]}`],
  ["review", () => `/claims/${claims[0]}/review`],
  ["edit", () => `/claims/${claims[0]}/edit`],
  ["evidence", () => `/claims/${claims[0]}/evidence`],
  ["reader, candidate", () => "/articles/1"],
  ["reader, claim", () => `/articles/1?claim=${claims[0]}`],
  ["claim in conflict", () => `/claims/${conflict}`],
];

for (const [name, path] of sheets) {
  test(`? lists every key of the page: ${name}`, async () => {
    await page.goto(path());
    await page.keyboard.press("?");
    await expect(page.locator("#keysheet")).toBeVisible();
    const [live, listed] = await page.evaluate(() => {
      const live = [...document.querySelectorAll("[aria-keyshortcuts]")]
        .filter(element => element.getClientRects().length > 0)
        .flatMap(element => element.getAttribute("aria-keyshortcuts")!.split(" "));
      const listed = [...document.querySelectorAll("#keysheet dt")].map(term =>
        [...term.querySelectorAll("kbd")].map(cap => cap.textContent ?? ""),
      );
      return [live, listed] as const;
    });
    const caps = new Set([...listed.flat(), ...listed.map(each => each.join("+"))]);
    const cap = (key: string) => key.replace("Control", "Ctrl").replace("Enter", "↵").replace("Shift+", "⇧");
    const missing = live.filter(key => !caps.has(cap(key)));
    expect(missing, "keys that work here and are not listed").toEqual([]);
    await page.keyboard.press("Escape");
    await expect(page.locator("#keysheet")).toBeHidden();
  });
}
