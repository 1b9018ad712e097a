// z and Z of acts of each kind, on the page where the act is seen: what was done is gone, and is there again. What z
// has to refuse it says once.
import { type Locator, type Page, expect, test } from "@playwright/test";
import { type Bench, startBench } from "./server.ts";
import { Hand, type Row, claimFrom, disputedClaim, persian } from "./world.ts";

let bench: Bench;
let one: Hand;
let two: Hand;
let editor: Hand;
let nth = 0;

test.beforeAll(async () => {
  bench = await startBench(true); // with approved claims, and drafts of sets
  one = await Hand.of(bench.url, "reviewer-1");
  two = await Hand.of(bench.url, "reviewer-2");
  editor = await Hand.of(bench.url, "editor-1");
});
test.afterAll(async () => {
  await bench.stop();
});

const fresh = (by: Hand = two) => claimFrom(by, persian, "حدود ۹ گیگابایت", `ادعای تازه ${++nth}`);

/** An act, the page on which it is seen, and what is seen of it. */
interface Case {
  name: string;
  who: () => Hand;
  act: () => Promise<string>; // gives the page
  seen: (page: Page) => Locator;
  words: RegExp; // what z says
}

const cases: Case[] = [
  {
    name: "a gloss",
    who: () => one,
    act: async () => {
      const claim = await fresh();
      await one.post(`/claims/${claim.id}/glosses`, { lang: "en", gloss: "About nine gigabytes.", version: 0 });
      return `/claims/${claim.id}`;
    },
    seen: page => page.locator("main p.gloss", { hasText: "About nine gigabytes." }),
    words: /wrote a gloss of claim/,
  },
  {
    name: "a claim added to a draft set",
    who: () => editor,
    act: async () => {
      const set = await editor.post("/collections/1/sets", { title: "Draft" });
      const approved = await editor.get<{ items: Row[] }>("/collections/1/claims?state=approved");
      await editor.post(`/sets/${set.id}/claims`, { claims: [approved.items[0]!.id], version: set.version });
      return `/sets/${set.id}`;
    },
    seen: page => page.locator("main li.ev"),
    words: /added claims to set/,
  },
  {
    name: "a comment resolved",
    who: () => one,
    act: async () => {
      const claim = await fresh();
      const said = await one.post<{ id: string; version: number }>(`/claims/${claim.id}/comments`, { text: "Which?" });
      await one.post(`/claims/${claim.id}/comments/resolve`, { comment: said.id, version: said.version });
      return `/claims/${claim.id}`;
    },
    seen: page => page.locator("article.said[data-resolved]"),
    words: /resolved a comment on claim/,
  },
  {
    name: "a question to a reviewer",
    who: () => editor,
    act: async () => {
      const { claim } = await disputedClaim(one, two, persian, "حدود ۹ گیگابایت", `در تعارض ${++nth}`);
      await editor.post(`/claims/${claim.id}/questions`, { letter: "A", question: "In which line?", round: 1 });
      return `/claims/${claim.id}/adjudicate`;
    },
    seen: page => page.locator("main", { hasText: "In which line?" }),
    words: /asked a reviewer about claim/,
  },
];

for (const c of cases) {
  test(`z takes back ${c.name}, and Z does it again`, async ({ browser }) => {
    const path = await c.act();
    const page = await (await c.who().window(browser, { reducedMotion: "reduce" })).newPage();
    await page.goto(path);
    await expect(c.seen(page)).toHaveCount(1);
    for (const [key, count, said] of [
      ["z", 0, "Taken back: you "],
      ["Shift+Z", 1, "Done again: you "],
      ["z", 0, "Taken back: you "],
    ] as const) {
      await page.keyboard.press(key);
      await expect(page.locator("#status")).toContainText(said);
      await expect(page.locator("#status")).toContainText(c.words);
      await expect(c.seen(page)).toHaveCount(count);
      expect(new URL(page.url()).pathname).toBe(new URL(path, bench.url).pathname);
    }
    await page.context().close();
  });
}

test("z takes an assignment and a priority back in the queue, which stays at the claim", async ({ browser }) => {
  const claim = await fresh();
  const page = await (await editor.window(browser, { reducedMotion: "reduce" })).newPage();
  await page.goto(`/collections/1/queue?tab=turn&lang=all&claim=${claim.id}`);
  const given = page.locator(".turns > .meta");
  const status = page.locator("#status");
  await page.keyboard.press("Shift+I");
  await page.locator(".turns select[name=user]").selectOption({ label: "Reviewer Two" });
  await page.keyboard.press("Control+Enter");
  await expect(given).toContainText("Reviewer Two");
  await page.keyboard.press("Escape");
  await page.locator(".turns select[name=priority]").focus();
  await page.locator(".turns select[name=priority]").selectOption("1");
  await page.keyboard.press("Control+Enter");
  await expect(status).toContainText("comes");
  await page.keyboard.press("Escape");
  for (const [key, said, who, priority] of [
    ["z", `Taken back: you put another priority on claim ${claim.id}`, 1, "0"],
    ["z", `Taken back: you gave out claim ${claim.id}`, 0, "0"],
    ["Shift+Z", `Done again: you gave out claim ${claim.id}`, 1, "0"],
    ["Shift+Z", `Done again: you put another priority on claim ${claim.id}`, 1, "1"],
  ] as const) {
    await page.keyboard.press(key);
    await expect(status).toContainText(said);
    await expect(page.locator(`#claim-${claim.id}`)).toBeVisible();
    await expect(given).toHaveCount(who);
    await expect(page.locator(".turns select[name=priority]")).toHaveValue(priority);
  }
  await page.context().close();
});

test("z takes back what was given out by a rule, and the rule, on the page of who has what", async ({ browser }) => {
  await fresh();
  const page = await (await editor.window(browser, { reducedMotion: "reduce" })).newPage();
  await page.goto("/collections/1/assignments?how=share&share=20");
  const has = async () => (await page.locator("#rows td:nth-child(2)").allInnerTexts()).join(" ");
  const before = await has();
  await page.getByRole("button", { name: "Give them out" }).click();
  await expect(page.locator("#status")).toContainText("given out");
  await expect.poll(has).not.toBe(before);
  const after = await has();
  await page.keyboard.press("z");
  await expect(page.locator("#status")).toContainText("Taken back: you gave out claims");
  expect(await has()).toBe(before);
  await page.keyboard.press("Shift+Z");
  await expect(page.locator("#status")).toContainText("Done again: you gave out claims");
  expect(await has()).toBe(after);
  expect(new URL(page.url()).pathname).toBe("/collections/1/assignments");
  await page.context().close();
});

test("after z and Z of a rejection the person is in the list still", async ({ browser }) => {
  const page = await (await one.window(browser, { reducedMotion: "reduce" })).newPage();
  await page.goto("/collections/1/queue?tab=candidates");
  const id = /Candidate (\d+)/.exec((await page.locator("#rows .here").textContent())!)![1]!;
  await page.keyboard.press("0");
  await page.keyboard.press("2");
  await expect(page.locator("#status")).toContainText(`Claim ${id} rejected`);
  await page.keyboard.press("z");
  await expect(page.locator(`#claim-${id}`)).toBeVisible();
  await page.keyboard.press("Shift+Z");
  await expect(page.locator("#status")).toContainText(`Done again: you rejected claim ${id}`);
  await expect(page).toHaveURL(/queue\?.*tab=candidates/);
  await expect(page.locator("#rows .here")).toBeVisible();
  await expect(page.locator(`#rows input[data-pick][value="${id}"]`)).toHaveCount(0);
  await page.context().close();
});

test("what stays is said once, and offered again by no key until something else was done", async ({ browser }) => {
  const claim = await fresh(one);
  await two.post(`/claims/${claim.id}/edit`, {
    words_version: claim.words_version,
    ...spanOfClaim(await one.get<{ claim: Place }>(`/claims/${claim.id}`)),
    statement: "حدود ۹ گیگابایت، به گفته کمپین",
  });
  const page = await (await one.window(browser, { reducedMotion: "reduce" })).newPage();
  await page.goto(`/claims/${claim.id}`);
  await expect(page.locator("#turns")).toContainText(`Undo: made claim ${claim.id}`);
  await page.keyboard.press("z");
  await expect(page.locator("#status")).toContainText("Others have built on it");
  await expect(page.locator("#turns")).not.toContainText("Undo");
  await page.reload();
  await expect(page.locator("#turns")).not.toContainText("Undo");
  await page.locator("#comment").fill("چرا؟");
  await page.keyboard.press("Control+Enter");
  await expect(page.locator("#turns")).toContainText(`Undo: commented on claim ${claim.id}`);
  await page.context().close();
});

interface Place {
  revision: number;
  start: number;
  end: number;
}

const spanOfClaim = ({ claim }: { claim: Place }) => ({
  revision: claim.revision,
  start: claim.start,
  end: claim.end,
});
