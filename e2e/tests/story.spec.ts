// The history of a claim: the proof of the chosen event stands beside the list, for those who read proofs.
import { expect, test } from "@playwright/test";
import { signIn } from "./people.ts";
import { type Bench, startBench } from "./server.ts";

let bench: Bench;
test.beforeAll(async () => {
  bench = await startBench(true);
});
test.afterAll(async () => {
  await bench.stop();
});

test("an event is chosen by j and Enter, and its proof stands beside the list without a load", async ({ browser }) => {
  const page = await signIn(browser, bench.url, "auditor-1");
  await page.goto("/claims/4/history");
  const here = page.locator("#rows .here");
  await expect(here).toHaveCount(1);
  await expect(page.locator(".proof")).toContainText("Behind what");
  const first = await page.locator(".proof .facts").innerText();
  let loads = 0;
  page.on("domcontentloaded", () => loads++);
  for (const key of ["j", "j", "Enter"]) await page.keyboard.press(key);
  await expect(page).toHaveURL(/event=[0-9]+/);
  await expect(page.locator(".proof .facts")).not.toHaveText(first);
  await expect(here).toHaveCount(1);
  await expect(here.locator("a.to")).toBeFocused();
  await expect(here.locator("a.to")).toHaveAttribute("aria-current", "true");
  expect(loads).toBe(0);
  const seq = new URL(page.url()).searchParams.get("event")!;
  await page.reload();
  await expect(page.locator(`#e${seq}`)).toHaveClass("here");
  await page.context().close();
});

test("who reads no proofs is shown none, and asks for none", async ({ browser }) => {
  const page = await signIn(browser, bench.url, "reviewer-1");
  await page.goto("/claims/4/history");
  await expect(page.locator("#rows li").first()).toBeVisible();
  await expect(page.locator(".proof, a.to")).toHaveCount(0);
  expect((await page.request.get("/claims/4/history?event=1")).status()).toBe(403);
  await page.context().close();
});
