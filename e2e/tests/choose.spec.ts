// Words are chosen in the text, by keyboard and by mouse, never by typing numbers: in the form that edits a claim, in
// its split and in a new claim. What is sent is counted in code points, and no letter of a line moves.
import { type Page, expect, test } from "@playwright/test";
import { sample, signIn } from "./people.ts";
import { type Bench, startBench } from "./server.ts";
import { arabic, claimFrom, Hand, japanese, persian } from "./world.ts";

let bench: Bench;
let page: Page;
let hand: Hand;
test.beforeAll(async ({ browser }) => {
  bench = await startBench();
  hand = await Hand.of(bench.url, "reviewer-1");
  page = await signIn(browser, bench.url, "reviewer-1");
});
test.afterAll(async () => {
  await page.context().close();
  await bench.stop();
});

interface Seen {
  claim: { exact: string; start: number; stretches?: { exact: string }[] };
}

const words = async (claim: number) => {
  const seen = (await hand.get<Seen>(`/claims/${claim}`)).claim;
  return seen.stretches?.map(s => s.exact) ?? [seen.exact];
};

test("arrows and w, b take words of a Persian text, + adds a stretch, and saving keeps both", async () => {
  const claim = await claimFrom(hand, persian, "حدود ۹ گیگابایت");
  await page.goto(`/claims/${claim.id}/edit`);
  const where = page.locator("form[action$='/edit'] [data-where]").first();
  const before = await page.locator(".passage").first().boundingBox();
  await where.getByRole("button", { name: "Choose words in the text" }).click();
  await expect(where.getByRole("application")).toBeFocused();
  await page.keyboard.press("b");
  await page.keyboard.press("Shift+ArrowLeft"); // leftwards is onwards here
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("+");
  const told = where.locator("[aria-live]");
  const second = (await told.textContent()) ?? "";
  expect(second).not.toBe("");
  await page.keyboard.press("w");
  const longer = (await told.textContent()) ?? "";
  expect(longer.startsWith(second) && longer.length > second.length).toBe(true);
  await page.keyboard.press("Enter");
  await expect(where.locator("[data-chosen] q")).toHaveText(["حدود ۹", longer]);
  await expect(where.locator("[data-chosen] q").first()).toHaveAttribute("dir", "rtl");
  await expect(where.getByRole("button", { name: "Choose words in the text" })).toBeFocused();
  expect((await page.locator(".passage").first().boundingBox())?.height).toBe(before?.height);
  await page.locator("form[action$='/edit'] button.main").click();
  await expect(page.locator("#status")).toContainText("reads as you wrote it");
  expect(await words(claim.id)).toEqual(["حدود ۹", longer]);
  await page.goto(`/articles/${persian.id}?claim=${claim.id}`);
  await expect(page.locator(`#edition mark[data-claims~="${claim.id}"]`)).not.toHaveCount(1);
  await expect(page.locator(".gut a.here")).toHaveCount(1);
});

test("Escape puts back what was there; the mouse chooses whole letters", async () => {
  const claim = await claimFrom(hand, arabic, "الرئيس");
  await page.goto(`/claims/${claim.id}/edit`);
  const where = page.locator("form[action$='/edit'] [data-where]").first();
  const choose = where.getByRole("button", { name: "Choose words in the text" });
  await choose.click();
  await page.keyboard.press("w");
  await page.keyboard.press("Escape");
  await expect(where.locator("[data-chosen] q")).toHaveText(["الرئيس"]);
  await choose.click();
  const line = where.locator(".chooser .line p").nth(1);
  await line.scrollIntoViewIfNeeded();
  const box = (await line.boundingBox())!;
  await page.mouse.dblclick(box.x + box.width - 40, box.y + 16);
  await expect(where.locator("[aria-live]")).not.toHaveText("الرئيس");
  await where.getByRole("button", { name: "Done" }).click();
  const chosen = (await where.locator("[data-chosen] q").textContent()) ?? "";
  expect(chosen).not.toBe("الرئيس");
  const at = (name: string) => where.locator(`input[name=${name}]`).inputValue();
  const points = [...sample(arabic.file)].slice(Number(await at("start")), Number(await at("end")));
  expect(points.join("")).toBe(chosen);
});

test("w and b never cut a Japanese word from what bends it", async () => {
  const claim = await claimFrom(hand, japanese, "両機関は述べた");
  await page.goto(`/claims/${claim.id}/edit`);
  const where = page.locator("form[action$='/edit'] [data-where]").first();
  await where.getByRole("button", { name: "Choose words in the text" }).click();
  await page.keyboard.press("b");
  await expect(where.locator("[aria-live]")).toHaveText(/^両機関は?$/);
  await page.keyboard.press("w");
  await page.keyboard.press("w");
  await expect(where.locator("[aria-live]")).toHaveText(/^両機関は述べた/);
  await page.keyboard.press("Escape");
});

test("a part of a split and a new claim choose their words too", async () => {
  const claim = await claimFrom(hand, persian, "کمپین مکرون نفوذ");
  await page.goto(`/claims/${claim.id}/edit?open=split`);
  const part = page.locator("#split [data-where]").nth(1);
  await part.getByRole("button", { name: "Choose words in the text" }).click();
  await page.keyboard.press("b");
  await page.keyboard.press("Enter");
  expect(await part.locator("input[name=part_end]").inputValue()).not.toBe(
    await page.locator("#split input[name=part_end]").first().inputValue(),
  );
  await page.goto(`/articles/${persian.id}?sentence=3`);
  const panel = page.locator("#panel [data-where]");
  await panel.getByRole("button", { name: "Choose words in the text" }).click();
  await page.keyboard.press("b");
  await page.keyboard.press("+");
  await page.keyboard.press("Enter");
  await expect(panel.locator("[data-chosen] q")).toHaveCount(2);
  await expect(panel.locator("input[name=stretches]")).toHaveValue(/^\d+-\d+$/);
});

interface Linked {
  evidence: { items: { exact: string }[] };
}

test("of a passage fewer words are linked, by keys: suggested, found, and picked", async () => {
  const claim = await claimFrom(hand, persian, "حدود ۹ گیگابایت");
  await page.goto(`/claims/${claim.id}`);
  const passage = page.locator("[data-suggestions] li.ev").first();
  await expect(passage).toBeVisible();
  const whole = await passage.locator("blockquote").innerText();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("W");
  await expect(passage.getByRole("application")).toBeFocused();
  await page.keyboard.press("b");
  await page.keyboard.press("b");
  const fewer = (await passage.locator(".chooser [aria-live]").textContent()) ?? "";
  expect(whole.startsWith(fewer) && fewer.length < whole.length && fewer !== "").toBe(true);
  await page.keyboard.press("Escape"); // all of it again
  await expect(passage.locator("[data-chosen] q")).toHaveCount(0);
  await page.keyboard.press("W");
  await expect(passage.getByRole("application")).toBeFocused();
  await page.keyboard.press("b");
  await page.keyboard.press("b");
  await expect(passage.locator(".chooser [aria-live]")).toHaveText(fewer);
  await page.keyboard.press("s"); // links the words that are chosen
  await expect(page.locator("li.ev[id^=e] .stance.supports")).toHaveCount(1);
  await expect(page.locator("li.ev[id^=e] blockquote")).toHaveText(fewer);
  const linked = async () => (await hand.get<Linked>(`/claims/${claim.id}`)).evidence.items.map(e => e.exact);
  expect(await linked()).toEqual([fewer]);

  // What is found by words, with the mouse: a passage that was not chosen before does not move under it.
  await page.keyboard.press("/");
  await page.locator("#seek").fill("الرئيس");
  await page.keyboard.press("Enter");
  await expect(page.locator("[data-find] li.ev").first()).toBeFocused();
  const found = page.locator("[data-find] li.ev").nth(1);
  await found.getByRole("button", { name: /^Quote fewer words/ }).click();
  const told = found.locator(".chooser [aria-live]");
  const sentence = (await told.textContent()) ?? "";
  const line = found.locator(".chooser .line p");
  const { width } = (await line.boundingBox())!;
  await line.dblclick({ position: { x: width - 30, y: 16 } });
  await expect(told).not.toHaveText(sentence);
  await found.getByRole("button", { name: "Done" }).click();
  const word = (await found.locator("[data-chosen] q").textContent()) ?? "";
  expect(word).not.toMatch(/\s/);
  await found.getByRole("button", { name: /^Context/ }).click();
  await expect.poll(linked).toEqual([fewer, word]);

  // The picker: a refusal keeps the words that were chosen.
  await page.goto(`/claims/${claim.id}/evidence?q=${encodeURIComponent("الرئيس")}`);
  const picked = page.locator("form[action$='/evidence'] li.ev").first();
  await picked.getByRole("button", { name: /^Quote fewer words/ }).press("Enter");
  await page.keyboard.press("b");
  await page.keyboard.press("Enter");
  const part = (await picked.locator("[data-chosen] q").textContent()) ?? "";
  await page.getByRole("button", { name: "Link the chosen passage" }).click();
  await expect(page.getByText("Say how the passage stands to the claim").first()).toBeVisible();
  await expect(picked.locator("[data-chosen] q")).toHaveText(part);
  await expect(picked.getByRole("radio")).toBeChecked();
  await page.locator("form[action$='/evidence'] input[value=refutes]").first().check();
  await page.getByRole("button", { name: "Link the chosen passage" }).click();
  await expect.poll(linked).toEqual([fewer, word, part]);
});
