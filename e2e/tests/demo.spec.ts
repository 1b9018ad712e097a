// Whoever signs in to the demo finds work in each tab.
import { expect, test } from "@playwright/test";
import { type Person, signIn } from "./people.ts";
import { type Bench, startBench } from "./server.ts";

let bench: Bench;
test.beforeAll(async () => {
  bench = await startBench(true);
});
test.afterAll(async () => {
  await bench.stop();
});

for (const person of ["reviewer-1", "editor-1"] satisfies Person[]) {
  test(`every tab of the queue and of the house shows work to ${person}`, async ({ browser }) => {
    const page = await signIn(browser, bench.url, person);
    const waiting = person === "reviewer-1" ? ["waiting"] : []; // editors have reviewed nothing
    for (const tab of ["turn", ...waiting, "conflict", "approve", "snoozed", "done"]) {
      await page.goto(`/collections/1/queue?tab=${tab}`);
      await expect(page.locator("#rows > li").first(), tab).toBeVisible();
    }
    await page.goto("/collections/1/articles");
    await expect(page.getByText("Source not stated")).toHaveCount(0);
    for (const path of ["claims", "sets"]) {
      await page.goto(`/collections/1/${path}`);
      await expect(page.locator("main tbody tr, main #rows > *").first(), path).toBeVisible();
    }
  });
}
