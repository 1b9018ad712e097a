import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.mjs";

const { pointsAt, unitsAt, wholeGraphemes, wordsOf, byWord } = await load("points");
const samples = [
  "",
  "abc",
  "حدود ۹ گیگابایت",
  "a𠮷b😀c",
  "\ufeffé e\u0301 x",
  "👨‍👩‍👧 family",
  "2,000通以上のメール",
  "a\r\nb",
];

test("code points and UTF-16 units turn into each other", () => {
  for (const s of samples) {
    const points = [...s];
    let units = 0;
    for (let n = 0; n <= points.length; n++) {
      assert.equal(unitsAt(s, n), units, `${JSON.stringify(s)} unitsAt ${n}`);
      assert.equal(pointsAt(s, units), n, `${JSON.stringify(s)} pointsAt ${units}`);
      units += points[n]?.length ?? 0;
    }
  }
});

test("a unit inside a pair counts the whole pair", () => {
  assert.equal(pointsAt("a𠮷b", 2), 2);
});

test("a choice never cuts a letter, and loses the spaces at its ends", () => {
  const cut = (s, a, b) => {
    const r = wholeGraphemes(s, a, b, "en");
    return r && s.slice(...r);
  };
  assert.equal(cut("a😀b", 0, 2), "a😀");
  assert.equal(cut("e\u0301x", 1, 2), "e\u0301");
  assert.equal(cut("👨‍👩‍👧!", 3, 5), "👨‍👩‍👧");
  assert.equal(cut("  word  ", 0, 8), "word");
  assert.equal(cut("   ", 0, 3), null);
});

test("words are found where no space stands between them", () => {
  assert.ok(wordsOf("2,000通以上のメール", "ja").length > 2);
  assert.deepEqual(wordsOf("one two", "en"), [[0, 3], [4, 7]]);
});

test("w and b count words, and neither spaces nor signs", () => {
  const text = "One, two - three.";
  const press = (chosen, key) => {
    const start = text.indexOf(chosen);
    const r = byWord({ text, start, end: start + chosen.length }, key, "en");
    return text.slice(r.start, r.end);
  };
  assert.equal(press("One", "w"), "One, two");
  assert.equal(press("One, two", "w"), "One, two - three");
  assert.equal(press("two - three", "w"), "two - three.");
  assert.equal(press(text, "b"), "One, two");
  assert.equal(press("One, two", "b"), "One");
  assert.equal(press("One", "b"), "One");
  assert.equal(press("three", "W"), "two - three");
  assert.equal(press(text, "B"), "two - three.");
  assert.equal(press("three.", "B"), "three.");
});
