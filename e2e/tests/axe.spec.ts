// No page has an accessibility violation that axe can find: WCAG 2.0 to 2.2 A and AA and axe's best practices, light
// and dark, 1440 and 320 pixels wide, with articles in both directions, as the people who may open it.
import AxeBuilder from "@axe-core/playwright";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Page, expect, test } from "@playwright/test";
import { stops } from "./pages.ts";
import { type Stop, visit } from "./stop.ts";
import { type World, buildWorld } from "./world.ts";

let w: World;
const windows = new Map<Stop["who"], Page>();

test.use({ trace: "off" }); // a snapshot of each step costs more than the step
test.beforeAll(async ({ browser }) => {
  w = await buildWorld();
  for (const who of new Set(stops.map(stop => stop.who))) {
    // Motion off, or axe may read a colour half way between the themes.
    const options = { reducedMotion: "reduce" as const };
    const context =
      who === "nobody"
        ? await browser.newContext({ baseURL: w.bench.url, ...options })
        : await w.hands[who].window(browser, options);
    windows.set(who, await context.newPage());
  }
});
test.afterAll(async () => {
  for (const page of windows.values()) await page.context().close();
  await w.bench.stop();
});

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const modes = [
  { width: 1440, colorScheme: "light", dir: "ltr" },
  { width: 1440, colorScheme: "dark", dir: "rtl" },
  { width: 320, colorScheme: "dark", dir: "rtl" },
  { width: 320, colorScheme: "light", dir: "ltr" },
] as const;
// Every page is held light and dark, wide and narrow; a page takes 1440 light with 320 dark or the other way round, its
// neighbour in the list the other pair. CLAIMBENCH_AXE=full takes all four for each, in twice the time.
const full = process.env["CLAIMBENCH_AXE"] === "full";

for (const [n, stop] of stops.entries()) {
  test(`${stop.name} (${stop.who})`, async () => {
    const page = windows.get(stop.who)!;
    await setMode(page, modes[0]);
    await visit(page, w, stop);
    const found: string[] = [];
    for (const mode of full ? modes : [modes[n % 2]!, modes[2 + (n % 2)]!]) {
      await setMode(page, mode);
      found.push(...(await violations(page)).map(line => `${mode.width} ${mode.colorScheme}: ${line}`));
    }
    expect(found, `${stop.name} as ${stop.who} at ${page.url()}`).toEqual([]);
  });
}

test("every page of the table of routes is in the list", () => {
  const table = readFileSync(join(import.meta.dirname, "..", "..", "internal", "httpd", "routes_pages.go"), "utf8");
  const routes = [...table.matchAll(/\{get, "([^"]+)"/g)].map(found => found[1]!);
  expect(routes.length).toBeGreaterThan(30);
  const paths = stops.map(stop => stop.path(w).split("?")[0]!);
  // A redirect, data, a file.
  const notPages = [
    "/",
    "/claims/:id/wordings",
    "/key-words",
    "/collections/:collection/members",
    "/history/:seq/proof",
    "/articles/:id/original/file",
    "/articles/:id/original/page",
    "/evidence/:id/capture/page",
  ];
  const left = routes.filter(
    route =>
      !notPages.includes(route) && !paths.some(path => new RegExp(`^${route.replace(/:\w+/g, "[^/]+")}$`).test(path)),
  );
  expect(left, "pages that no stop of pages.ts opens").toEqual([]);
});

async function setMode(page: Page, mode: (typeof modes)[number]): Promise<void> {
  await page.emulateMedia({ colorScheme: mode.colorScheme });
  await page.evaluate(dir => (document.documentElement.dir = dir), mode.dir);
  await page.setViewportSize({ width: mode.width, height: 900 });
}

async function violations(page: Page): Promise<string[]> {
  // Legacy mode: the pages have no frames, and a second page for each run costs more than the run.
  const found = await new AxeBuilder({ page })
    .withTags(tags)
    .options({ resultTypes: ["violations"] })
    .setLegacyMode(true)
    .analyze();
  return found.violations.flatMap(v =>
    v.nodes.map(
      node =>
        `${v.id}: ${node.target.join(" ")} ${node.failureSummary?.split("\n").slice(1).join(" ").trim().slice(0, 300)}`,
    ),
  );
}
