// Comments wait for their round, a mention is chosen by keyboard, and a notice leads to the comment.
import { expect, test } from "@playwright/test";
import { signIn } from "./people.ts";
import { type Bench, startBench } from "./server.ts";
import { claimFrom, Hand, persian, reviewAs, type Row } from "./world.ts";

let bench: Bench;
let claim: Row;
test.beforeAll(async () => {
  bench = await startBench();
  claim = await claimFrom(await Hand.of(bench.url, "reviewer-1"), persian, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده");
});
test.afterAll(async () => {
  await bench.stop();
});

test("a mention is put in by keyboard, read by others when the round is over, and told then", async ({ browser }) => {
  const author = await signIn(browser, bench.url, "reviewer-1");
  const reader = await signIn(browser, bench.url, "reviewer-2");
  await author.goto(`/claims/${claim.id}`);
  await author.keyboard.press("c");
  const field = author.locator("#comment");
  await expect(field).toBeFocused();
  await field.pressSequentially("کدام پرونده؟ @reviewer");
  await expect(author.getByRole("listbox", { name: "People of this collection" })).toBeVisible();
  await author.keyboard.press("ArrowDown");
  await author.keyboard.press("Enter");
  await expect(field).toHaveValue(/@reviewer-2 $/);
  await expect(author.getByRole("listbox")).toHaveCount(0);
  await author.keyboard.press("Control+Enter");
  await expect(author.getByText("Only you and auditors read it until this round is")).toBeVisible();

  await reader.goto(`/claims/${claim.id}`);
  await expect(reader.getByText("کدام پرونده؟")).toHaveCount(0);
  await reader.goto("/notices");
  await expect(reader.getByText("Nothing yet.")).toBeVisible();

  for (const who of ["reviewer-1", "reviewer-2"] as const) {
    await reviewAs(await Hand.of(bench.url, who), claim, "unverified");
  }
  await reader.goto("/notices");
  await expect(reader.locator("a.notices b")).toHaveText("1");
  await expect(reader.locator("#rows > li")).toContainText("Reviewer One mentioned you in a comment");
  await expect(reader.locator("#rows > li .typed")).toContainText("کدام پرونده؟");
  await reader.keyboard.press("j");
  await expect(reader.getByRole("link", { name: `Claim ${claim.id}` })).toBeFocused();
  await reader.keyboard.press("Enter");
  await expect(reader.locator(".said:target")).toContainText("کدام پرونده؟");
  await expect(reader.locator("a.notices b")).toHaveCount(0);
  await reader.locator(".said:target").getByRole("button", { name: "Resolve" }).click();
  await expect(reader.locator("article.said")).toContainText("resolved by");

  // Another way to the comment reads the notice too; a key reads all that are left.
  const said = await Hand.of(bench.url, "reviewer-1");
  for (const words of ["@reviewer-2 again", "@reviewer-2 and again", "@reviewer-2 a third time"])
    await said.post(`/claims/${claim.id}/comments`, { text: words });
  await reader.goto("/notices");
  await expect(reader.locator("a.notices b")).toHaveText("3");
  const place = await reader.locator("#rows > li a").first().getAttribute("href");
  await reader.goto("/");
  await reader.goto(place!);
  await expect(reader.locator("a.notices b")).toHaveText("2");
  await reader.goto("/notices");
  await expect(reader.locator("#rows > li[data-new]")).toHaveCount(2);
  await reader.keyboard.press("A");
  await expect(reader.locator("a.notices b")).toHaveCount(0);
});

test("c in the queue goes to the comments of the claim that is looked at, to write one", async ({ browser }) => {
  const author = await signIn(browser, bench.url, "reviewer-1");
  const other = await claimFrom(await Hand.of(bench.url, "reviewer-2"), persian, "حدود ۹ گیگابایت", "داده منتشر شد");
  await author.goto(`/collections/1/queue?claim=${other.id}`);
  await author.keyboard.press("c");
  await expect(author).toHaveURL(new RegExp(`/claims/${other.id}#comment$`));
  await expect(author.locator("#comment")).toBeFocused();
  await author.keyboard.type("کدام؟");
  await author.keyboard.press("Control+Enter");
  await expect(author.locator("article.said")).toContainText("کدام؟");
});

test("the list of people opens when a composed name is put in, not before", async ({ browser }) => {
  const author = await signIn(browser, bench.url, "reviewer-1");
  const reader = await signIn(browser, bench.url, "reviewer-2");
  await reader.goto("/settings");
  await reader.locator("#display").fill("山田花子");
  await reader.getByRole("button", { name: "Keep this name" }).click();
  await expect(reader.locator("a.who bdi")).toHaveText("山田花子");
  await author.goto(`/claims/${claim.id}`);
  await author.keyboard.press("c");
  await expect(author.locator("#comment")).toBeFocused();
  await author.keyboard.type("確認 @");
  const keys = await author.context().newCDPSession(author);
  await keys.send("Input.imeSetComposition", { text: "山", selectionStart: 1, selectionEnd: 1 });
  await keys.send("Input.imeSetComposition", { text: "山田", selectionStart: 2, selectionEnd: 2 });
  await expect(author.locator("#comment")).toHaveValue("確認 @山田");
  const list = author.getByRole("listbox", { name: "People of this collection" });
  await expect(list).toHaveCount(0);
  // The input method ends: no input follows the end of the composition.
  await author.locator("#comment").dispatchEvent("compositionend", { data: "山田" });
  await expect(list).toContainText("山田花子");
  await author.keyboard.press("Escape");
});

for (const dir of ["ltr", "rtl"]) {
  for (const size of [
    { width: 1280, height: 800 },
    { width: 360, height: 640 },
  ])
    test(`the list of people covers no word that is typed: ${size.width} px, ${dir}`, async ({ browser }) => {
      const author = await signIn(browser, bench.url, "reviewer-1");
      await author.setViewportSize(size);
      await author.goto(`/claims/${claim.id}`);
      await author.evaluate(d => (document.documentElement.dir = d), dir);
      const field = author.locator("#comment");
      for (const at of ["start", "end"] as const) {
        await field.evaluate((f, block) => f.scrollIntoView({ block }), at);
        await field.fill(dir === "rtl" ? "سلام " : "See ");
        await field.pressSequentially("@rev");
        const list = author.getByRole("listbox", { name: "People of this collection" });
        await expect(list).toBeVisible();
        // Each letter may open a new list and move the page, so both boxes are read in one moment, until they rest.
        await expect(async () => {
          const [words, people] = await list.evaluate(l => {
            const box = (e: Element) => e.getBoundingClientRect().toJSON() as DOMRect;
            return [box(document.querySelector("#comment")!), box(l)];
          });
          expect(people.top >= words.bottom || people.bottom <= words.top).toBe(true);
          expect(people.left).toBeGreaterThanOrEqual(0);
          expect(people.right).toBeLessThanOrEqual(size.width);
          expect(people.top).toBeGreaterThanOrEqual(0);
          expect(people.bottom).toBeLessThanOrEqual(size.height);
        }).toPass();
        await author.keyboard.press("Escape");
        await expect(list).toHaveCount(0);
      }
      await author.context().close();
    });
}

test("guidelines are Markdown without script, and the review form links them", async ({ browser }) => {
  const editor = await signIn(browser, bench.url, "editor-1");
  await editor.goto("/collections/1/guidelines");
  const script = "<script>document.title='x'</script>[x](javascript:alert(1))";
  await editor.locator("#gu-words").fill(`# قواعد\n\n- دو منبع\n\n${script}`);
  await editor.getByRole("button", { name: "Put it in force" }).click();
  await expect(editor.getByRole("heading", { name: "قواعد" })).toBeVisible();
  await expect(editor.locator(".prose script, .prose a[href^=javascript]")).toHaveCount(0);
  await expect(editor).toHaveTitle(/Guidelines/);
});
