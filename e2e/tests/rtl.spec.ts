// Where the page is set from right to left, the words of the interface, which are English, keep their order: no date,
// figure or full stop goes to the other end of its line.
import { expect, test } from "@playwright/test";
import { type World, buildWorld } from "./world.ts";

let w: World;
test.beforeAll(async () => {
  w = await buildWorld();
});
test.afterAll(async () => {
  await w.bench.stop();
});

test("dates, figures and sentences of the interface read from left to right on a page set from right to left", async ({
  browser,
}) => {
  const found: string[] = [];
  for (const [who, paths] of [
    [
      "reviewer-1",
      ["/collections/1/queue?tab=turn", "/collections/1/queue?tab=candidates", "/collections/1/dashboard"],
    ],
    ["editor-1", [`/claims/${w.claims.conflict}/adjudicate`, "/collections/1/sets", "/collections/1/alarms"]],
    ["auditor-1", [`/claims/${w.claims.adjudicated}`, `/claims/${w.claims.adjudicated}/history`, "/history"]],
  ] as const) {
    const page = await (await w.hands[who].window(browser)).newPage();
    for (const path of paths) {
      await page.goto(path);
      await page.locator("main h1, main h2").first().waitFor();
      found.push(...(await page.evaluate(backwards)).map(words => `${path}: ${words}`));
    }
    await page.context().close();
  }
  expect(found).toEqual([]);
});

/** Sets the page from right to left, and gives the English texts of it in which a character stands before another. */
function backwards(): string[] {
  document.documentElement.dir = "rtl";
  const out: string[] = [];
  const range = document.createRange();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
    const foreign = node.parentElement!.closest("[dir]:not(html), bdi, dialog, svg, option, .hush, [hidden]");
    if (foreign || !/[A-Za-z]/.test(node.data) || /[\u0590-\u08ff]/.test(node.data)) continue;
    let last: DOMRect | undefined;
    for (let i = 0; i < node.data.length; i++) {
      if (/\s/.test(node.data[i]!)) continue;
      range.setStart(node, i);
      range.setEnd(node, i + 1);
      const box = range.getClientRects()[0];
      if (!box || box.width === 0) continue;
      if (last && Math.abs(box.top - last.top) < 3 && box.left < last.left) {
        out.push(node.data.trim().replace(/\s+/g, " "));
        break;
      }
      last = box;
    }
  }
  return out;
}

test("phrases of several pieces, and the words of charts, keep their order and place there", async ({ browser }) => {
  const wide = { viewport: { width: 1440, height: 900 } };
  const page = await (await w.hands["reviewer-1"].window(browser, wide)).newPage();
  const found: string[] = [];
  for (const path of ["/collections/1/queue?tab=turn", "/collections/1/dashboard", "/collections/1/agreement"]) {
    await page.goto(path);
    await page.locator("main h1, main h2").first().waitFor();
    found.push(...(await page.evaluate(apart)).map(words => `${path}: ${words}`));
  }
  expect(found).toEqual([]);
  await page.context().close();
});

/** Sets the page from right to left, and gives phrases of which a piece stands before another, and words of charts. */
function apart(): string[] {
  document.documentElement.dir = "rtl";
  const out: string[] = [];
  for (const phrase of document.querySelectorAll<HTMLElement>("a.who:not(.notices), .tally li a, #bulk button")) {
    const pieces = document.createTreeWalker(phrase, NodeFilter.SHOW_TEXT);
    let edge = -Infinity;
    for (let node = pieces.nextNode() as Text | null; node; node = pieces.nextNode() as Text | null) {
      if (!node.data.trim() || node.parentElement!.closest("kbd, .hush")) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const box = range.getClientRects()[0];
      if (!box || box.width === 0) continue;
      if (box.left < edge) out.push(phrase.innerText.trim().replace(/\s+/g, " "));
      edge = box.left;
    }
  }
  for (const chart of document.querySelectorAll<SVGSVGElement>(".chart > svg")) {
    const { left, right } = chart.getBoundingClientRect();
    for (const words of chart.querySelectorAll("text")) {
      const box = words.getBoundingClientRect();
      const [first, last] = [words.getStartPositionOfChar(0), words.getEndPositionOfChar(words.getNumberOfChars() - 1)];
      if (box.left < left - 4 || box.right > right + 4 || last.x <= first.x) out.push(`chart: ${words.textContent}`);
    }
  }
  return [...new Set(out)];
}
