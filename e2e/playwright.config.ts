import { defineConfig } from "@playwright/test";

// The browser is Debian's Chromium; nothing is downloaded. The flags keep it from calling anybody.
export default defineConfig({
  testDir: "tests",
  globalSetup: "./tests/seeds.ts",
  fullyParallel: false,
  workers: 1,
  // On the machine that judges a submission a test that fails is asked once more, in a new world; the run names it as
  // flaky, and such a name is a fault to be mended (ADR 440). Everywhere else a failure is final.
  retries: process.env["CI"] ? 1 : 0,
  forbidOnly: Boolean(process.env["CI"]),
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  outputDir: "test-results",
  use: {
    trace: "retain-on-failure",
    actionTimeout: 10_000,
    navigationTimeout: 20_000,
    launchOptions: {
      executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
