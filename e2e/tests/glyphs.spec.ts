// Marks move nothing: every visible character of the four articles stands where it stands without its mark, to 0.6 of a
// pixel, at three widths. One thing is allowed, and counted: Chromium rounds each end of an inline box to 1/64 pixel,
// so on a line that fits to the hair the last word may wrap.
import { type Page, expect, test } from "@playwright/test";
import { type World, arabic, buildWorld, indictments, japanese, persian } from "./world.ts";

const tolerance = 0.6; // CSS pixels
const roundingOfAnEnd = 1 / 64;
const widths = [360, 900, 1440];

let w: World;
let page: Page;
test.use({ trace: "off" });
test.beforeAll(async ({ browser }) => {
  w = await buildWorld();
  page = await (await w.hands["reviewer-1"].window(browser)).newPage();
});
test.afterAll(async () => {
  await page.context().close();
  await w.bench.stop();
});

/** One visible character of a sentence: which code point, and where it stands in its paragraph. */
type Glyph = [at: number, x: number, y: number, width: number];
interface Sentence {
  n: string;
  text: string;
  ends: number[]; // code points at which a mark begins or ends
  inner: number; // the width that a line may have
  glyphs: Glyph[];
}

/** Where every visible character of every sentence stands. */
function measure(): Promise<Sentence[]> {
  return page.evaluate(() => {
    const sentences = [...document.querySelectorAll<HTMLElement>("#edition .sent")];
    return sentences.map(row => {
      const body = row.querySelector<HTMLElement>(":scope > p, :scope > h2")!;
      const origin = body.getBoundingClientRect();
      const glyphs: [number, number, number, number][] = [];
      const ends: number[] = [];
      const range = document.createRange();
      const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
      let at = 0;
      for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
        const marked = node.parentElement?.tagName === "MARK";
        if (marked) ends.push(at);
        let unit = 0;
        for (const point of node.data) {
          range.setStart(node, unit);
          range.setEnd(node, unit + point.length);
          unit += point.length;
          const box = /\s/u.test(point) ? undefined : range.getClientRects()[0];
          if (box && box.width > 0) glyphs.push([at, box.left - origin.left, box.top - origin.top, box.width]);
          at += 1;
        }
        if (marked) ends.push(at);
      }
      return { n: row.dataset["n"] ?? "", text: body.textContent ?? "", ends, inner: body.clientWidth, glyphs };
    });
  });
}

/** Puts the text of each mark in the mark's place. */
async function unwrapMarks(): Promise<number> {
  return page.evaluate(() => {
    const marks = [...document.querySelectorAll("#edition mark")];
    for (const mark of marks) mark.replaceWith(mark.textContent ?? "");
    document.querySelector("#edition")?.normalize();
    return marks.length;
  });
}

interface Moved {
  glyphs: number;
  moved: number;
  rewrapped: string[]; // sentences in which a last word wraps by rounding
  wrong: string[];
}

function compare(marked: Sentence[], plain: Sentence[]): Moved {
  const out: Moved = { glyphs: 0, moved: 0, rewrapped: [], wrong: [] };
  expect(marked.map(s => s.text)).toEqual(plain.map(s => s.text));
  for (const [i, with_] of marked.entries()) {
    const without = plain[i]!;
    out.glyphs += without.glyphs.length;
    expect(
      with_.glyphs.map(([at]) => at),
      `sentence ${with_.n} shows other characters`,
    ).toEqual(without.glyphs.map(([at]) => at));
    const moved = with_.glyphs.filter(
      ([, x, y], g) =>
        Math.abs(x - without.glyphs[g]![1]) > tolerance || Math.abs(y - without.glyphs[g]![2]) > tolerance,
    );
    if (moved.length === 0) continue;
    if (wrapsByRounding(with_, without)) out.rewrapped.push(with_.n);
    else {
      out.moved += moved.length;
      out.wrong.push(
        `sentence ${with_.n}: ${moved.length} of ${with_.glyphs.length} characters, ` +
          `the first “${[...with_.text][moved[0]![0]]}” at ${moved[0]![0]}`,
      );
    }
  }
  return out;
}

/**
 * Whether the first difference is a line that is one word shorter with marks, and fitted without them only by less
 * than the rounding of the ends of the marks on it.
 */
function wrapsByRounding(with_: Sentence, without: Sentence): boolean {
  const a = lines(with_);
  const b = lines(without);
  const first = a.findIndex((line, i) => line.length !== b[i]?.length);
  const shorter = a[first];
  const longer = b[first];
  if (!shorter || !longer || shorter.length >= longer.length) return false;
  const lost = [...without.text].slice(longer[shorter.length]![0], longer[longer.length - 1]![0] + 1).join("");
  if (/\s/u.test(lost.trim())) return false; // more than one word
  const from = longer[0]![0];
  const to = longer[longer.length - 1]![0];
  const ends = with_.ends.filter(end => end >= from && end <= to + 1).length;
  const wide = Math.max(...longer.map(([, x, , width]) => x + width)) - Math.min(...longer.map(([, x]) => x));
  return without.inner - wide <= ends * roundingOfAnEnd + 0.01;
}

/**
 * The characters of each line, in reading order. Boxes of one line may differ by a few pixels, for scripts differ in
 * height.
 */
function lines(s: Sentence): Glyph[][] {
  const out: Glyph[][] = [];
  let top = Number.NEGATIVE_INFINITY;
  for (const glyph of s.glyphs) {
    if (Math.abs(glyph[2] - top) > 14) {
      out.push([]);
      top = glyph[2];
    }
    out[out.length - 1]!.push(glyph);
  }
  return out;
}

const total = { glyphs: 0, moved: 0, rewrapped: 0 };
test.afterAll(() =>
  console.log(
    `in all: ${total.glyphs} glyphs compared, ${total.moved} moved, ` +
      `${total.rewrapped} last words re-wrapped by rounding`,
  ),
);

for (const [name, article] of Object.entries({ persian, arabic, indictments, japanese })) {
  for (const width of widths) {
    test(`${name} at ${width} px: no glyph moves`, async () => {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(`/articles/${article.id}`);
      await page.evaluate(() => document.fonts.ready);
      const marked = await measure();
      expect(await unwrapMarks(), "there are marks to take away").toBeGreaterThan(10);
      const result = compare(marked, await measure());
      total.glyphs += result.glyphs;
      total.moved += result.moved;
      total.rewrapped += result.rewrapped.length;
      console.log(
        `${name} at ${width} px: ${marked.length} sentences, ${result.glyphs} glyphs, ${result.moved} moved, ` +
          `${result.rewrapped.length} last words re-wrapped ${result.rewrapped.join(" ")}`,
      );
      expect(result.glyphs).toBeGreaterThan(1000);
      expect(result.wrong).toEqual([]);
      expect(result.rewrapped.length, "a last word re-wraps in more than a few sentences").toBeLessThanOrEqual(2);
    });
  }
}

test("the comparison sees glyphs that move", async () => {
  await page.setViewportSize({ width: 900, height: 900 });
  await page.goto(`/articles/${persian.id}`);
  await page.evaluate(() => document.fonts.ready);
  await page.evaluate(() => {
    for (const mark of document.querySelectorAll<HTMLElement>("#edition mark"))
      mark.style.setProperty("padding-inline", "4px");
  });
  const padded = await measure();
  await unwrapMarks();
  expect(compare(padded, await measure()).moved).toBeGreaterThan(50);
});
