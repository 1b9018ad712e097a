import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.mjs";

const { Text, ordered, readStretches, written } = await load("stretch");
const { wordsOf } = await load("points");

function rows(...texts) {
  let start = 5; // the article has something before
  return texts.map(([text, lang]) => {
    const row = { start, text, lang };
    start += [...text].length + 1;
    return row;
  });
}

test("a Japanese word is never cut from what bends it", () => {
  const words = text => wordsOf(text, "ja").map(([a, b]) => text.slice(a, b));
  assert.ok(words("大統領はそう述べた。").includes("述べた"), words("大統領はそう述べた。").join("|"));
  assert.ok(words("メールが盗まれたと発表した").includes("盗まれた"), words("メールが盗まれたと発表した").join("|"));
  const split = words("大使館からメールが盗まれたと発表した");
  assert.ok(split.includes("が") && split.includes("と") && split.includes("から"), split.join("|"));
});

test("the end moves by words, over the end of a sentence, and never past the start", () => {
  const text = new Text(rows(["It named 𝔗 ships.", "en"], ["حدود ۹ گیگابایت", "fa"]));
  let s = { start: 5, end: 7 };
  const seen = [];
  for (let i = 0; i < 8; i++) {
    s = text.moveEnd(s, 1);
    seen.push(text.quote(s));
  }
  assert.deepEqual(seen.slice(0, 4), ["It named", "It named 𝔗", "It named 𝔗 ships", "It named 𝔗 ships. حدود"]);
  assert.equal(s.end, text.endOf(text.rows[1]));
  for (let i = 0; i < 20; i++) s = text.moveEnd(s, -1);
  assert.equal(text.quote(s), "It");
  for (let i = 0; i < 3; i++) s = text.moveStart(text.moveEnd(s, 1), 1);
  assert.equal(text.quote(s), "ships");
});

test("words beside, sentences, letters that are whole", () => {
  const text = new Text(rows(["A é👨‍👩‍👧 b", "en"], ["Two.", "en"]));
  assert.equal(text.quote(text.wordBeside({ start: 5, end: 6 }, 1)), "é");
  assert.equal(text.wordBeside({ start: 5, end: 6 }, -1), undefined);
  assert.equal(text.quote(text.sentence(5, 1)), "Two.");
  assert.equal(text.quote(text.sentence(5, 9)), "Two.");
  assert.equal(text.quote(text.whole(text.rows[0], 9, 10)), "👨‍👩‍👧");
  assert.equal(text.whole(text.rows[0], 6, 7), null);
});

test("every move gives a stretch of the text that holds a word", () => {
  const text = new Text(
    rows(["او گفت: «۱۲۰۰ ایمیل» از 𝔗 دزدیده شد", "fa"], ["外務省は1,700通のメールが盗まれたと発表した。", "ja"], ["…", "en"]),
  );
  let seed = 7;
  const draw = n => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
  let s = text.words[3];
  for (let i = 0; i < 2000; i++) {
    const step = draw(2) ? 1 : -1;
    s = [
      () => text.moveEnd(s, step),
      () => text.moveStart(s, step),
      () => text.wordBeside(s, step) ?? s,
      () => text.sentence(s.start, step) ?? s,
    ][draw(4)]();
    assert.ok(s.start < s.end && text.quote(s).trim() !== "", JSON.stringify(s));
    for (const p of text.parts(s)) {
      for (const at of [p.from, p.to]) {
        const unit = p.row.text.charCodeAt(at);
        assert.ok(!(unit >= 0xdc00 && unit < 0xe000), "a pair is cut");
      }
    }
  }
});

test("stretches are in order, and those that meet are one", () => {
  const all = [
    { start: 20, end: 30 },
    { start: 1, end: 4 },
    { start: 25, end: 40 },
    { start: 4, end: 6 },
  ];
  assert.equal(written(ordered(all)), "1-4 4-6 20-40");
  assert.deepEqual(readStretches(written(ordered(all))), ordered(all));
});

test("from a whole sentence an arrow goes to its first or its last word, not into another sentence", () => {
  const text = new Text(rows(["It named ships.", "en"], ["حدود ۹ گیگابایت", "fa"], ["Then it left.", "en"]));
  const whole = text.sentence(text.rows[1].start, 0);
  assert.equal(text.quote(text.wordIn(whole, -1)), "حدود");
  assert.equal(text.quote(text.wordIn(whole, 1)), "گیگابایت");
  assert.deepEqual(text.wordIn({ start: 0, end: 1 }, 1), { start: 0, end: 1 }, "where no word is, it stays");
});
