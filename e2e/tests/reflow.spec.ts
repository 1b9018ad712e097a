// At 320 pixels (400 % zoom of 1280) and 640 pixels (200 %) no page scrolls sideways and nothing is cut off at an edge,
// but inside a region that scrolls by itself; and no page logs an error or breaks the content policy.
import { type Page, expect, test } from "@playwright/test";
import { type Stop, stops, visit } from "./pages.ts";
import { type World, buildWorld } from "./world.ts";

let w: World;
const windows = new Map<Stop["who"], Page>();
const complaints: string[] = []; // what pages said since the last look

test.use({ trace: "off" });
test.beforeAll(async ({ browser }) => {
  w = await buildWorld();
  for (const who of new Set(stops.map(stop => stop.who))) {
    const context =
      who === "nobody" ? await browser.newContext({ baseURL: w.bench.url }) : await w.hands[who].window(browser);
    await context.addInitScript(() =>
      document.addEventListener("securitypolicyviolation", event =>
        console.error(
          `content policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile ?? ""}:${event.lineNumber}`,
        ),
      ),
    );
    const page = await context.newPage();
    page.on("console", message => {
      if (message.type() === "error" || message.type() === "warning")
        complaints.push(`${message.text()} (${message.location().url})`);
    });
    page.on("pageerror", error => complaints.push(String(error)));
    windows.set(who, page);
  }
});
test.afterAll(async () => {
  for (const page of windows.values()) await page.context().close();
  await w.bench.stop();
});

for (const stop of stops) {
  test(`${stop.name} (${stop.who})`, async () => {
    const page = windows.get(stop.who)!;
    await page.setViewportSize({ width: 320, height: 640 });
    complaints.length = 0;
    await visit(page, w, stop);
    const wide: string[] = [];
    for (const width of [320, 640, 1440]) {
      await page.setViewportSize({ width, height: 640 });
      wide.push(...(await overflowing(page)).map(line => `${width} px: ${line}`));
    }
    expect.soft(wide, page.url()).toEqual([]);
    // Chromium itself notes the status of a page that is meant to be an error.
    const meant = (line: string) =>
      (stop.status ?? 200) >= 400 && line.includes(`status of ${stop.status} `) && line.includes(page.url());
    expect
      .soft(
        complaints.filter(line => !meant(line)),
        page.url(),
      )
      .toEqual([]);
  });
}

test("a style or a script written into a page is refused, and seen here", async () => {
  const page = windows.get("reviewer-1")!;
  await page.goto("/settings");
  complaints.length = 0;
  await page.evaluate(() => document.body.insertAdjacentHTML("beforeend", '<p style="color: red">x</p>'));
  await expect.poll(() => complaints.join("\n")).toContain("content policy: style-src");
});

/** What makes the page wider than the window, or stands beyond its edges outside a region that scrolls by itself. */
function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const out: string[] = [];
    const root = document.scrollingElement!;
    if (root.scrollWidth > innerWidth) out.push(`the page is ${root.scrollWidth} wide`);
    const scrolls = (element: Element) => /auto|scroll/.test(getComputedStyle(element).overflowX);
    const hidden = (element: Element) =>
      element.closest(".hush, .skip, [hidden], dialog:not([open]), svg, option") !== null;
    const shortened = (element: Element) =>
      getComputedStyle(element).textOverflow === "ellipsis" || getComputedStyle(element).webkitLineClamp !== "none"; // on purpose, and seen to be
    const range = document.createRange();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement!;
      if (node.textContent!.trim() === "" || hidden(element) || !element.checkVisibility() || shortened(element))
        continue;
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect();
      if (box.width === 0 || (box.right <= innerWidth + 1 && box.left >= -1)) continue;
      let inside: Element | null = element;
      while (inside && inside !== document.body && !scrolls(inside)) inside = inside.parentElement;
      if (inside && inside !== document.body && inside.getBoundingClientRect().right <= innerWidth + 1) continue;
      out.push(
        `<${element.tagName.toLowerCase()} class="${element.className}"> from ${Math.round(box.left)} to ${Math.round(box.right)}: ${node.textContent!.trim().slice(0, 40)}`,
      );
    }
    return out.slice(0, 5);
  });
}
