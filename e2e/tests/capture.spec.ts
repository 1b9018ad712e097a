// What is kept of an outside document: a file is sent at the evidence, and the page shows its text with the quotation
// marked, or says that it was not found, on the claim too.
import { expect, test } from "@playwright/test";
import { buildWorld, claimFrom, document, persian, type World } from "./world.ts";

let world: World;
test.beforeAll(async () => {
  world = await buildWorld();
});
test.afterAll(async () => {
  await world.bench.stop();
});

const file = (words: string) => ({ name: "press.txt", mimeType: "text/plain", buffer: Buffer.from(words) });

for (const javaScriptEnabled of [true, false]) {
  test(`a file is kept and the quotation found in it, ${javaScriptEnabled ? "with" : "without"} script`, async ({
    browser,
  }) => {
    const one = world.hands["reviewer-1"];
    const claim = await claimFrom(one, persian, "حدود ۹ گیگابایت", `هفت نفر متهم شدند، ${javaScriptEnabled}`);
    const item = await document(one, claim.id);
    const page = await (await one.window(browser, { javaScriptEnabled })).newPage();
    await page.goto(`/claims/${claim.id}`);
    await page.getByRole("link", { name: "No capture yet" }).click();
    const main = page.locator("main");
    await page.getByLabel("File").setInputFiles(file("Six nationals charged."));
    await page.getByRole("button", { name: "Keep this file" }).click();
    await expect(main).toContainText("The quotation is not found in the capture.");
    await expect(main.locator("mark")).toHaveCount(0);
    await page.getByLabel("File").setInputFiles(file("They said:\n\nSeven  nationals\ncharged. <b>Nobody</b> knew."));
    await page.getByRole("button", { name: "Keep this file" }).click();
    await expect(main).toContainText("The quotation is found in the capture, apart from spaces");
    await expect(main.locator("mark").first()).toHaveText("Seven  nationals");
    await expect(main).toContainText("<b>Nobody</b> knew."); // as text
    await page.goto(`/claims/${claim.id}`);
    await expect(page.locator(`#e${item.id}`)).toContainText("Found in the capture");
    await page.context().close();
  });
}
