// Articles in: many files at once, each read by itself beside the page, mended, and taken in; by mouse, by keyboard and
// without script.
import { expect, test } from "@playwright/test";
import { signIn } from "./people.ts";
import { type Bench, startBench } from "./server.ts";

let bench: Bench;
test.beforeAll(async () => {
  bench = await startBench();
});
test.afterAll(async () => {
  await bench.stop();
});

const page = "/collections/1/articles/import";
const file = (name: string, words: string, mimeType = "text/plain") => ({ name, mimeType, buffer: Buffer.from(words) });
const html = (title: string, words: string) =>
  `<!doctype html><html lang="en"><title>${title}</title><main><h1>${title}</h1><p>${words}</p></main>`;

test("files are read beside the page, mended, and taken in by a key", async ({ browser }) => {
  const editor = await signIn(browser, bench.url, "editor-1", { reducedMotion: "reduce" });
  await editor.goto(page);
  await editor.locator("#files").setInputFiles([
    file("rain.html", html("Rain in Ghent", "It rained in Ghent all day on Monday, and nobody went out."), "text/html"),
    file("snow.txt", "It snowed in Deinze all night, and nobody knows why."),
    { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("\x89PNG\r\n\x1a\n\0\0", "latin1") },
  ]);
  await editor.getByRole("button", { name: "Read", exact: true }).click();
  const said = editor.locator("#arrivals-say [role=status]");
  await expect(said).toHaveText("2 ready, 1 refused", { timeout: 30_000 });
  await expect(editor.locator("main")).toContainText("is a PNG picture");
  const rain = editor.locator(".arrival", { hasText: "rain.html" });
  await rain.getByLabel("Title").fill("باران");
  let loads = 0;
  editor.on("load", () => (loads += 1));
  await editor.locator("h1").click();
  await editor.keyboard.press("1"); // what was changed and not saved is not lost in silence
  await expect(editor.locator("[data-unkept]")).toBeVisible();
  expect(loads).toBe(0);
  await rain.getByRole("button", { name: /^Save/ }).click();
  await expect(rain.getByLabel("Title")).toHaveValue("باران");
  await editor.keyboard.press("j");
  await editor.keyboard.press("1");
  const taken = editor.locator("#arrivals-taken");
  await expect(taken.getByRole("link", { name: "باران" })).toBeVisible({ timeout: 30_000 });
  await expect(taken.getByRole("link")).toHaveCount(2);
  await expect(said).toHaveText("1 refused");
});

test("files that are dropped onto the page are brought", async ({ browser }) => {
  const editor = await signIn(browser, bench.url, "editor-2", { reducedMotion: "reduce" });
  await editor.goto(page);
  const carried = await editor.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(["It hailed in Aalst at noon."], "hail.txt", { type: "text/plain" }));
    data.items.add(new File(["It thawed in Aalst at one."], "thaw.txt", { type: "text/plain" }));
    return data;
  });
  await editor.dispatchEvent("main", "dragover", { dataTransfer: carried });
  await expect(editor.locator("form[data-drop]")).toHaveClass(/over/);
  await editor.dispatchEvent("main", "drop", { dataTransfer: carried });
  await expect(editor.locator("#arrivals-say [role=status]")).toHaveText("2 ready", { timeout: 30_000 });
  const hail = editor.locator(".arrival", { hasText: "hail.txt" });
  await hail.locator('button[value="take"]').click();
  await expect(editor.locator("#arrivals-taken").getByRole("link")).toHaveCount(1, { timeout: 30_000 });
  await editor.locator(".arrival").getByRole("button", { name: /^Discard/ }).click();
  await expect(editor.locator("main")).toContainText("Nothing waits here");
});

test("Control and Enter save what is mended, and the focus stays at it", async ({ browser }) => {
  const editor = await signIn(browser, bench.url, "editor-2", { reducedMotion: "reduce" });
  await editor.goto(page);
  await editor.locator("#files").setInputFiles([
    file("dew.txt", "Dew fell in Ostend before six."),
    file("fog.txt", "Fog lay over Ostend until ten."),
  ]);
  await editor.getByRole("button", { name: "Read", exact: true }).click();
  await expect(editor.locator("#arrivals-say [role=status]")).toHaveText("2 ready", { timeout: 30_000 });
  const fog = editor.locator(".arrival", { hasText: "fog.txt" });
  await fog.getByLabel("Title").fill("Fog");
  await editor.keyboard.press("Control+Enter");
  await expect(editor.locator("#status")).toContainText("Saved");
  await expect(fog.getByLabel("Title")).toHaveValue("Fog");
  await expect(fog).toBeFocused();
  await expect(editor.locator("#arrivals-say [role=status]")).toHaveText("2 ready");
  for (const name of ["fog", "dew"]) {
    await editor.locator(".arrival", { hasText: name }).getByRole("button", { name: /^Discard/ }).click();
    await expect(editor.locator(".arrival", { hasText: name })).toHaveCount(0);
    await expect(editor.locator("body")).not.toBeFocused(); // the work goes on somewhere
  }
  await expect(editor.locator("main")).toContainText("Nothing waits here");
});

test("without script the page is loaded again to see how far it is", async ({ browser }) => {
  const context = await browser.newContext({ baseURL: bench.url, javaScriptEnabled: false });
  const editor = await context.newPage();
  await editor.goto("/sign-in");
  await editor.getByRole("button", { name: "editor-2" }).click();
  await editor.goto(page);
  const rows = "kop,verhaal\nEen,Het regende.\nTwee,Het waaide.\n";
  await editor.locator("#files").setInputFiles([file("a.csv", rows, "text/csv")]);
  await editor.locator("#text").fill("A text that was pasted, of some words.");
  await editor.getByRole("button", { name: "Read", exact: true }).click();
  const settled = async (words: RegExp) =>
    expect(async () => {
      await editor.reload();
      expect(await editor.locator("#arrivals-say [role=status]").innerText()).toMatch(words);
    }).toPass({ timeout: 30_000 });
  await settled(/^1 ready, 1 asks$/);
  await editor.getByLabel("Text is the column").selectOption("verhaal");
  await editor.getByLabel("Title is the column").selectOption("kop");
  await editor.getByRole("button", { name: "Look what would come of it" }).click();
  await settled(/^1 ready, 1 asks$/);
  await expect(editor.locator("main")).toContainText("2 rows become articles");
  await editor.getByRole("button", { name: "Make 2 articles of them" }).click();
  await settled(/^3 ready$/);
  await editor.getByRole("button", { name: /Take in all that is ready/ }).click();
  await settled(/^$/);
  await expect(editor.locator("#arrivals-taken")).toContainText("Een");
  await context.close();
});

test("an address stands there while it is fetched, says why it was not, and is tried again", async ({ browser }) => {
  const admin = await signIn(browser, bench.url, "admin-1");
  for (const at of ["/fetching", "/collections/1/fetching"]) {
    await admin.goto(at);
    await admin.getByLabel("Fetch pages").check();
    const contact = admin.getByLabel("How sites reach you");
    if (await contact.count()) await contact.fill("desk@paper.example");
    await admin.getByRole("button", { name: "Keep this" }).click();
  }
  const editor = await signIn(browser, bench.url, "editor-1", { reducedMotion: "reduce" });
  await editor.goto(page);
  await editor.getByLabel("Addresses, one a line").fill("http://localhost/اخبار/1\nhttps://user:secret@paper.example/");
  await editor.getByRole("button", { name: "Read", exact: true }).click();
  await expect(editor.locator("main")).toContainText("Line 2");
  // Its name leads to this machine, which is never asked.
  await editor.getByLabel("Addresses, one a line").fill("http://localhost/اخبار/1");
  await editor.getByRole("button", { name: "Read", exact: true }).click();
  const row = editor.locator(".arrival", { hasText: "http://localhost/" });
  await expect(row).toContainText("not fetched", { timeout: 30_000 });
  await expect(row).toContainText("not public");
  await row.getByRole("button", { name: /^Fetch it again/ }).click();
  await expect(row).toContainText("not fetched", { timeout: 30_000 });
  await row.getByRole("button", { name: /^Discard/ }).click();
  await expect(row).toHaveCount(0);
});
