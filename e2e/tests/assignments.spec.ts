// Giving claims to others by keyboard, from the queue and by a way of giving out; the candidates are narrowed in place.
import { expect, test } from "@playwright/test";
import { signIn } from "./people.ts";
import { type Bench, startBench } from "./server.ts";
import { Hand, claimFrom, persian } from "./world.ts";

let bench: Bench;
test.beforeAll(async () => {
  bench = await startBench();
});
test.afterAll(async () => {
  await bench.stop();
});

test("I gives the claim to the person chosen, and takes it back, without a page load", async ({ browser }) => {
  const editor = await signIn(browser, bench.url, "editor-1", { reducedMotion: "reduce" });
  await editor.goto("/collections/1/queue?tab=candidates");
  const waiting = await editor.locator(".tally [aria-current] b").innerText();
  await editor.keyboard.press("a");
  await expect(editor.locator(".tally [aria-current] b")).not.toHaveText(waiting);
  await editor.goto("/collections/1/queue?lang=all");
  let loads = 0;
  editor.on("load", () => (loads += 1));
  const claim = await editor.locator("[id^=claim-]:not(#claim-h)").first().getAttribute("id");
  await editor.keyboard.press("Shift+I");
  const people = editor.locator(".turns select[name=user]");
  await expect(people).toBeFocused();
  await people.selectOption({ index: 1 });
  const name = (await people.locator("option:checked").innerText()).trim();
  await editor.keyboard.press("Control+Enter");
  await expect(editor.locator(".turns > .meta")).toContainText(name);
  await expect(editor.locator("#rows > li.here")).toContainText(name);
  expect(await editor.locator("[id^=claim-]:not(#claim-h)").first().getAttribute("id")).toBe(claim);
  await editor.keyboard.press("Shift+I");
  const back = editor.getByRole("button", { name: `Take it back from ${name}` });
  await back.focus();
  await editor.keyboard.press("Enter");
  await expect(editor.locator(".turns > .meta")).toHaveCount(0);
  expect(loads).toBe(0);
});

test("a way of giving out is looked at, used and kept", async ({ browser }) => {
  await claimFrom(await Hand.of(bench.url, "reviewer-1"), persian, "حدود ۹ گیگابایت"); // one that nobody has
  const editor = await signIn(browser, bench.url, "editor-1", { reducedMotion: "reduce" });
  await editor.goto("/collections/1/assignments");
  await editor.locator("select[name=how]").selectOption("share");
  await editor.getByLabel("in %").fill("20");
  await editor.getByRole("button", { name: "Look at it" }).click();
  await expect(editor.locator("main")).toContainText(/assignments? would be made/);
  await editor.getByRole("checkbox").check();
  await editor.getByRole("button", { name: "Keep as the rule" }).click();
  await expect(editor.locator("main")).toContainText("20 of a hundred");
  await expect(editor.locator("main")).toContainText("each claim as it is accepted");
  await editor.getByRole("button", { name: "Give them out" }).click();
  await expect(editor.locator("main")).toContainText("Nothing would be given out");
});

test("the candidates are narrowed by language and by words, and j stays among them", async ({ browser }) => {
  const one = await signIn(browser, bench.url, "reviewer-1", { reducedMotion: "reduce" });
  await one.goto("/collections/1/queue?tab=candidates");
  await one.keyboard.press("t");
  await one.locator(".sift select[name=lang]").selectOption("ar");
  await one.keyboard.press("Control+Enter");
  await one.waitForURL(/lang=ar/);
  const words = one.locator("#rows a.txt");
  await expect(words.first()).toHaveAttribute("lang", "ar");
  for (const lang of await words.evaluateAll(all => all.map(a => a.getAttribute("lang")))) expect(lang).toBe("ar");
  const second = await one.locator("#rows > li").nth(1).locator("input[data-pick]").getAttribute("value");
  await one.keyboard.press("Escape");
  await one.keyboard.press("j");
  await expect(one.locator(`#claim-${second}`)).toBeVisible();
  expect(one.url()).toContain("lang=ar");
  // each condition is a chip in the head of the list, taken away by a key
  await one.goto("/collections/1/queue?tab=candidates&lang=ar&text=APT31");
  const chips = one.locator(".list > .bar .chips a.chip");
  await expect(chips).toHaveText([/^Arabic/, /^“APT31”/, "all away"]);
  await chips.nth(0).focus();
  await one.keyboard.press("Enter");
  await expect(one).not.toHaveURL(/lang=ar/);
  await expect(chips).toHaveText([/^“APT31”/]);
  await expect(one).toHaveURL(/text=APT31/);
});
