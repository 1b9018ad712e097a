// A short form of the measure chaos (measure/chaos.spec.ts): nothing is lost and nothing doubled.
import { expect, test } from "@playwright/test";
import { chaos } from "./chaos.ts";

test("sixteen acts with kills, dropped lines, double presses and two tabs: none lost, none doubled", async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const { lost, doubled, acts } = await chaos(browser, 16, 7);
  expect(lost).toEqual([]);
  expect(doubled).toEqual([]);
  expect(acts).toBeGreaterThanOrEqual(16);
});
