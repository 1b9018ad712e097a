// The stretches of a text that are chosen in a form: places in code points of the whole article, moved by words that
// run on over the ends of its sentences. No element of a page is known here, so that it can be tested without a
// browser.
import { pointsAt, unitsAt, wholeGraphemes, wordsOf } from "./points";

/** A sentence: its raw text, and the code point of the article at which it begins. */
export interface Row {
  start: number;
  text: string;
  lang: string;
}

/** Code points of the article, end exclusive. */
export interface Stretch {
  start: number;
  end: number;
}

/** How many stretches a claim stands at, at most. */
export const mostStretches = 8;

/** Stretches in the order of the text; those that meet are one. */
export function ordered(all: Stretch[]): Stretch[] {
  const out: Stretch[] = [];
  for (const s of all.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    const last = out.at(-1);
    if (last && s.start < last.end) last.end = Math.max(last.end, s.end);
    else out.push({ ...s });
  }
  return out;
}

/** The stretches after the first as a form's field has them, "120-140 155-160", and back. */
export function written(all: Stretch[]): string {
  return all.map(s => `${s.start}-${s.end}`).join(" ");
}

export function readStretches(typed: string): Stretch[] {
  return [...typed.matchAll(/(\d+)\s*[-–]\s*(\d+)/g)].map(m => ({ start: Number(m[1]), end: Number(m[2]) }));
}

/** The text in which words are chosen. */
export class Text {
  /** Every word, in code points of the article. */
  readonly words: Stretch[] = [];

  constructor(readonly rows: Row[]) {
    for (const row of rows) {
      for (const [from, to] of wordsOf(row.text, row.lang)) {
        this.words.push({ start: row.start + pointsAt(row.text, from), end: row.start + pointsAt(row.text, to) });
      }
    }
  }

  endOf(row: Row): number {
    return row.start + pointsAt(row.text, row.text.length);
  }

  /** The sentence in which a place lies, or the last one before it. */
  rowAt(point: number): Row | undefined {
    return this.rows.findLast(row => row.start <= point) ?? this.rows[0];
  }

  /** The whole sentence that is `by` sentences on from a place; the first or last where there is none. */
  sentence(point: number, by: number): Stretch | undefined {
    const here = this.rowAt(point);
    if (!here) return undefined;
    const at = Math.min(this.rows.length - 1, Math.max(0, this.rows.indexOf(here) + by));
    const row = this.rows[at]!;
    return this.whole(row, row.start, this.endOf(row)) ?? undefined;
  }

  /** The word before (step -1) or after (step 1) a stretch; undefined at the ends of the text. */
  wordBeside(s: Stretch, step: 1 | -1): Stretch | undefined {
    return step > 0 ? this.words.find(w => w.start >= s.end) : this.words.findLast(w => w.end <= s.start);
  }

  /** The first word of a stretch (step -1), or its last, as an arrow leaves what is chosen in a field. */
  wordIn(s: Stretch, step: 1 | -1): Stretch {
    const inside = this.words.filter(w => w.start >= s.start && w.end <= s.end);
    return { ...(inside.at(step > 0 ? -1 : 0) ?? s) };
  }

  /** A stretch whose end goes one word on or back; it keeps one word at least. */
  moveEnd(s: Stretch, step: 1 | -1): Stretch {
    const to =
      step > 0
        ? this.words.find(w => w.end > s.end)
        : this.words.findLast(w => w.end < s.end && w.end > s.start);
    return { start: s.start, end: to?.end ?? s.end };
  }

  /** A stretch whose start goes one word back (step -1) or on. */
  moveStart(s: Stretch, step: 1 | -1): Stretch {
    const to =
      step < 0
        ? this.words.findLast(w => w.start < s.start)
        : this.words.find(w => w.start > s.start && w.start < s.end);
    return { start: to?.start ?? s.start, end: s.end };
  }

  /** Whole letters of one sentence, without the spaces at their ends; null when nothing is left. */
  whole(row: Row, start: number, end: number): Stretch | null {
    const from = unitsAt(row.text, Math.max(0, start - row.start));
    const to = unitsAt(row.text, Math.max(0, end - row.start));
    const cut = wholeGraphemes(row.text, from, Math.min(to, row.text.length), row.lang);
    return cut && { start: row.start + pointsAt(row.text, cut[0]), end: row.start + pointsAt(row.text, cut[1]) };
  }

  /** The parts of a stretch that lie in each sentence, in UTF-16 units of it. */
  parts(s: Stretch): { row: Row; from: number; to: number }[] {
    const out = [];
    for (const row of this.rows) {
      if (s.start >= this.endOf(row) || s.end <= row.start) continue;
      out.push({
        row,
        from: unitsAt(row.text, Math.max(0, s.start - row.start)),
        to: unitsAt(row.text, s.end - row.start),
      });
    }
    return out;
  }

  quote(s: Stretch): string {
    return this.parts(s)
      .map(p => p.row.text.slice(p.from, p.to))
      .join(" ");
  }
}
