// At 320 pixels (400 % zoom of 1280), 360 (a phone), 640 (200 %) and on a desk no page scrolls sideways, no text is cut
// at an edge, and no word is broken; and no page logs an error or breaks the content policy.
import { type Page, expect, test } from "@playwright/test";
import { stops } from "./pages.ts";
import { type Stop, visit } from "./stop.ts";
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
          `content policy: ${event.violatedDirective} ${event.blockedURI} ` +
            `${event.sourceFile ?? ""}:${event.lineNumber}`,
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
    for (const width of [320, 360, 640, 1024, 1440]) {
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

/**
 * What makes the page wider than the window, stands beyond its edges, or is cut: by a box that hides what is too much,
 * by a region that a reader would have to scroll sideways, in the middle of a word, or as a placeholder.
 */
function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const out: string[] = [];
    const root = document.scrollingElement!;
    if (root.scrollWidth > innerWidth) out.push(`the page is ${root.scrollWidth} wide`);
    const name = (element: Element) => `<${element.tagName.toLowerCase()} class="${element.className}">`;
    const hidden = (element: Element) =>
      element.closest(".hush, .skip, thead, [hidden], dialog:not([open]), svg, option") !== null;
    const styled = (element: Element) => getComputedStyle(element);
    const onlyHeard = (element: Element) => styled(element).clipPath !== "none"; // for screen readers
    // On purpose, and seen to be.
    const shortened = (element: Element) =>
      styled(element).textOverflow === "ellipsis" || styled(element).webkitLineClamp !== "none";

    for (const element of document.body.querySelectorAll<HTMLElement>("*")) {
      if (hidden(element) || !element.checkVisibility() || shortened(element) || onlyHeard(element)) continue;
      // A field of one line moves with what is written in it; where more is meant to be written, it has lines.
      const line = element instanceof HTMLInputElement && element.value !== "";
      const wider = element.scrollWidth > element.clientWidth + 1;
      if (!line && wider && /auto|scroll|hidden|clip/.test(styled(element).overflowX))
        out.push(`${name(element)} holds ${element.scrollWidth} and shows ${element.clientWidth}`);
      if (element instanceof HTMLInputElement && element.placeholder !== "" && element.value === "") {
        const pen = document.createElement("canvas").getContext("2d")!;
        pen.font = styled(element).font;
        const room =
          element.clientWidth - parseFloat(styled(element).paddingLeft) - parseFloat(styled(element).paddingRight);
        if (pen.measureText(element.placeholder).width > room + 1) out.push(`the placeholder ${element.placeholder}`);
      }
    }

    const border = "[^\\s.,:;()«»“”\"'،؛؟!?-]";
    const wholeWord = new RegExp(`(?<!${border})[\\p{L}\\p{M}\\u200c]{2,24}(?!${border})`, "gu");
    const range = document.createRange();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement!;
      const words = node.textContent!;
      if (words.trim() === "" || hidden(element) || !element.checkVisibility()) continue;
      if (shortened(element) || onlyHeard(element)) continue;
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect();
      if (box.width > 0 && (box.right > innerWidth + 1 || box.left < -1))
        out.push(`${name(element)} from ${Math.round(box.left)} to ${Math.round(box.right)}: ${words.slice(0, 40)}`);
      if (element.closest(".mono, .cmd, textarea") || range.getClientRects().length < 2) continue;
      // Han and kana may break anywhere; a hash or an address, in which other signs stand, has no better place.
      const addresses = [...words.matchAll(/\S+:\/\/\S+/g)].map(at => [at.index, at.index + at[0].length] as const);
      for (const word of words.matchAll(wholeWord)) {
        if (addresses.some(([from, to]) => from <= word.index && word.index < to)) continue;
        if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(word[0])) continue;
        range.setStart(node, word.index);
        range.setEnd(node, word.index + word[0].length);
        const tops = [...range.getClientRects()].map(rect => rect.top);
        if (Math.max(...tops) - Math.min(...tops) > 8) out.push(`${name(element)} breaks the word ${word[0]}`);
      }
    }
    return out.slice(0, 8);
  });
}
