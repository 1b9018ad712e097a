import base from "./playwright.config.ts";

// The measures of docs/performance.md, which print a table and fail only where a step cannot be done at all:
//   npx --no-install playwright test --config measure.config.ts
// Without a trace: its snapshots of the page would be measured too.
export default {
  ...base,
  testDir: "measure",
  reporter: [["line"]],
  timeout: 300_000,
  use: { ...base.use, trace: "off" as const },
};
