// Acts in a real browser while everything fails: nothing may be lost, nothing doubled.
//   make bin/workbench && cd e2e && ACTS=1000 npx --no-install playwright test --config measure.config.ts chaos
// SEED chooses another order; after MINUTES it stops and counts what was done.
import { expect, test } from "@playwright/test";
import { chaos } from "../tests/chaos.ts";

const acts = Number(process.env["ACTS"] ?? 1000);
const minutes = Number(process.env["MINUTES"] ?? 120);
const seed = Number(process.env["SEED"] ?? 3);

test(`chaos: ${acts} acts`, async ({ browser }) => {
  test.setTimeout((minutes + 5) * 60_000);
  const report = await chaos(browser, acts, seed, minutes * 60_000);
  console.log(JSON.stringify(report, null, 1));
  expect(report.lost).toEqual([]);
  expect(report.doubled).toEqual([]);
  expect(report.unsettled).toEqual([]);
});
