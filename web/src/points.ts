// Code points and UTF-16 units. Spans in this product count Unicode code points of the whole article; the browser
// counts UTF-16 units. These functions are the only place where one becomes the other.

/** The number of code points in the first `units` UTF-16 units of text. A unit inside a pair counts the whole pair. */
export function pointsAt(text: string, units: number): number {
  let points = 0;
  for (let i = 0; i < units && i < text.length; points++) i += text.codePointAt(i)! > 0xffff ? 2 : 1;
  return points;
}

/** The UTF-16 unit at which code point number `points` starts. */
export function unitsAt(text: string, points: number): number {
  let i = 0;
  for (let n = 0; n < points && i < text.length; n++) i += text.codePointAt(i)! > 0xffff ? 2 : 1;
  return i;
}

/**
 * Widens [start, end) in UTF-16 units to whole grapheme clusters, so that an emoji or a letter with its marks is
 * never cut, and trims spaces at both ends. Returns null when nothing is left.
 */
export function wholeGraphemes(text: string, start: number, end: number, lang: string): [number, number] | null {
  const segmenter = new Intl.Segmenter(lang || "und", { granularity: "grapheme" });
  let from = start;
  let to = end;
  for (const { segment, index } of segmenter.segment(text)) {
    const next = index + segment.length;
    if (index < start && start < next) from = index;
    if (index < end && end < next) to = next;
  }
  while (from < to && /\s/.test(text[from]!)) from++;
  while (to > from && /\s/.test(text[to - 1]!)) to--;
  return from < to ? [from, to] : null;
}

/** Particles of Japanese: what stands before one is a word that ends there. */
const particles = new Set(
  (
    "は が を に で と も の へ や か から まで より など だけ ほど くらい ぐらい ばかり しか さえ ので のに ため " +
    "には では とは への との での からの までの"
  ).split(" "),
);

/**
 * The words of text in UTF-16 units, for extending and trimming a selection by word. What follows a Chinese character
 * in hiragana and is no particle bends the word, and is never cut from it: 述べた, 盗まれた.
 */
export function wordsOf(text: string, lang: string): [number, number][] {
  const segmenter = new Intl.Segmenter(lang || "und", { granularity: "word" });
  const words: [number, number][] = [];
  for (const { segment, index, isWordLike } of segmenter.segment(text)) {
    if (!isWordLike) continue;
    const last = words.at(-1);
    const bends = /^\p{Script=Hiragana}+$/u.test(segment) && !particles.has(segment);
    if (last && last[1] === index && bends && /\p{Script=Han}/u.test(text.slice(...last))) {
      last[1] = index + segment.length;
    } else {
      words.push([index, index + segment.length]);
    }
  }
  return words;
}

/**
 * What a key of the reader makes of a choice [start, end) in text, in UTF-16 units: w takes a word more at the end, b
 * one less, W and B the same at the start. Spaces and signs are no words; those after the last word and before the
 * first come in when no word is left there. One word stays at least.
 */
export function byWord(
  { text, start, end }: { text: string; start: number; end: number },
  key: "w" | "b" | "W" | "B",
  lang: string,
): { start: number; end: number } {
  const words = wordsOf(text, lang);
  const inside = words.filter(([from, to]) => from < end && to > start);
  if (key === "w") return { start, end: words.find(([, to]) => to > end)?.[1] ?? text.length };
  if (key === "W") return { start: words.findLast(([from]) => from < start)?.[0] ?? 0, end };
  if (key === "b") return { start, end: inside.at(-2)?.[1] ?? end };
  return { start: inside[1]?.[0] ?? start, end };
}
