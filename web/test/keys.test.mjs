import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./load.mjs";

const { shortcutOf } = await load("keys");
const altGr = { ctrlKey: true, altKey: true, getModifierState: m => m === "AltGraph" };
const press = (key, code, more = {}) =>
  shortcutOf({
    key,
    code,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    isComposing: false,
    keyCode: 0,
    ...more,
  });

test("a key means the same under every layout", () => {
  for (const [what, got, want] of [
    ["us j", press("j", "KeyJ"), "j"],
    ["Persian ت on J", press("ت", "KeyJ"), "j"],
    ["Arabic ت on J", press("ت", "KeyJ"), "j"],
    ["Persian shifted", press("»", "KeyK", { shiftKey: true }), "K"],
    ["Dvorak j stands on C", press("j", "KeyC"), "j"],
    ["AZERTY & on Digit1", press("&", "Digit1"), "1"],
    ["AZERTY é on Digit2", press("é", "Digit2"), "2"],
    ["AZERTY ( on Digit5", press("(", "Digit5"), "5"],
    ["AZERTY à on Digit0", press("à", "Digit0"), "0"],
    ["US !, which is no digit", press("!", "Digit1", { shiftKey: true }), "!"],
    ["AZERTY [ with AltGr", press("[", "Digit5", altGr), "["],
    ["US ]", press("]", "BracketRight"), "]"],
    ["Persian چ on ]", press("چ", "BracketRight"), "]"],
    ["Arabic ظ on /", press("ظ", "Slash"), "/"],
    ["AZERTY shifted 1", press("1", "Digit1", { shiftKey: true }), "1"],
    ["Persian digit", press("۲", "Digit2"), "2"],
    ["Arabic digit", press("٣", "Digit3"), "3"],
    ["full-width digit", press("３", "Digit3"), "3"],
    ["Arabic question mark", press("؟", "Slash", { shiftKey: true }), "?"],
    ["slash", press("/", "Slash"), "/"],
    ["W for the start edge", press("W", "KeyW", { shiftKey: true }), "W"],
    ["Enter", press("Enter", "Enter"), "Enter"],
    ["Escape", press("Escape", "Escape"), "Escape"],
  ]) {
    assert.equal(got, want, what);
  }
});

test("nothing fires during composition, or with Alt or Meta", () => {
  assert.equal(press("j", "KeyJ", { isComposing: true }), "");
  assert.equal(press("j", "KeyJ", { keyCode: 229 }), "");
  assert.equal(press("j", "KeyJ", { altKey: true }), "");
  assert.equal(press("j", "KeyJ", { metaKey: true }), "");
  assert.equal(press("j", "KeyJ", { ctrlKey: true }), "");
  assert.equal(press("Enter", "Enter", { ctrlKey: true }), "Control+Enter");
  assert.equal(press("Dead", "Quote"), "");
});
