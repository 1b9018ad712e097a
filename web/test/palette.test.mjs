import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.mjs";

const { folded } = await load("commands");

test("what is typed finds a command however its script writes it", () => {
  for (const [typed, there] of [
    ["كتاب يك", "کتاب یک"],
    ["۱۲", "12"],
    ["٣", "3"],
    ["می\u200cشود", "میشود"],
    ["QUEUE", "queue"],
    ["Café", "cafe"],
    ["ｑｕｅｕｅ", "queue"],
  ])
    assert.equal(folded(typed), folded(there), typed);
  assert.notEqual(folded("12"), folded("13"));
});
