// The report of a set, as a reader has it: a file on their disk, without a server. It is read without script, printed,
// and checks itself; what is changed in it is found and named.
import AxeBuilder from "@axe-core/playwright";
import { type Browser, type Page, expect, test } from "@playwright/test";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  type World, arabic, buildWorld, claimFrom, document as outside, japanese, link, persian, proposeChecked,
  reviewAs,
} from "./world.ts";

const langs = ["en", "fa", "ar", "ja"] as const;
const dir = mkdtempSync(join(tmpdir(), "report-"));
const reports = new Map<string, string>();
let w: World;
let set: number;
let withheld: string;

test.use({ trace: "off" });
test.beforeAll(async () => {
  w = await buildWorld();
  set = await frozenSet();
  for (const lang of langs) reports.set(lang, await exported(lang));
  const { article } = await w.hands["editor-1"].get<{ article: { version: number } }>(`/articles/${persian.id}`);
  await w.hands["editor-1"].post(`/articles/${persian.id}/take-down`, { version: article.version, reason: "asked" });
  withheld = await exported("en");
});
test.afterAll(async () => {
  await w.bench.stop();
});

/** Freezes a set of claims in three languages, with evidence of both kinds, names and reasons. */
async function frozenSet(): Promise<number> {
  const [one, two, editor] = [w.hands["reviewer-1"], w.hands["reviewer-2"], w.hands["editor-1"]];
  const claim = await claimFrom(one, persian, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده «منتشر» شد & <b>");
  const items = [
    await link(one, claim.id, arabic, "نشر وثائق", "context"),
    await link(one, claim.id, japanese, "ロシア", "supports"),
    await outside(one, claim.id),
  ];
  await one.post(`/claims/${claim.id}/replies`, {
    name: "Anna Weber", role: "minister", way: "phone", asked_on: "2026-03-10", until: "2026-03-15",
  });
  await editor.post(`/claims/${claim.id}/evidence/outside`, {
    url: "https://hidden.example/", quotation: "Twelve.", lang: "en", read_on: "2026-01-02", publisher: "Hidden",
    stance: "supports", kind: "primary_document", protect: "source at risk",
  });
  await editor.post("/collections/1/method", {
    words: "# How we check\n\nTwo *origins* of 3, [as said](https://method.example/a).\n\n1. Not one & only.",
    lang: "en", note: "", opened: 1, of: [], means: [],
  });
  const { id: match, version } = await proposeChecked(editor, claim.id, "حدود ۹ گیگابایت داده «منتشر» شد");
  await one.post(`/claims/${claim.id}/checked`, { match, version, state: "confirmed" });
  await reviewAs(one, claim, "corroborated", [items[2]!]);
  await reviewAs(two, claim, "corroborated", [items[2]!]);
  const { rounds } = await editor.get<{ rounds: { items: { decision: { version: number } }[] } }>(
    `/claims/${claim.id}/approve`,
  );
  await editor.post(`/claims/${claim.id}/approvals`, {
    version: rounds.items[0]!.decision.version,
    reason: "primary_document",
    explanation: "The document says so.\nNobody denied it.",
  });
  const made = await editor.post("/collections/1/sets", { title: "What “is” established: نشت و ロシア" });
  const titled = await editor.post(`/sets/${made.id}/imprint`, {
    version: made.version,
    publisher: "Desk Nord",
    note: "Paid for by its readers.\n\nTwo editors read it.",
    people: "names",
    rationales: true,
  });
  const claims = [w.claims.approved, w.claims.approvedJa, claim.id];
  const filled = await editor.post(`/sets/${made.id}/claims`, { version: titled.version, claims });
  await editor.post(`/sets/${made.id}/freeze`, { version: filled.version });
  return made.id;
}

/** The report of the set in a language. */
async function exported(lang: string): Promise<string> {
  const data = { format: "report", lang };
  const answer = await w.hands["editor-1"].http.post(`/sets/${set}/export`, { data });
  expect(answer.status()).toBe(200);
  expect(answer.headers()["content-security-policy"]).toBe("sandbox");
  expect(answer.headers()["content-disposition"]).toContain("attachment");
  return answer.text();
}

/** Opens a file as a reader does, in a window that knows no server. */
async function opened(browser: Browser, html: string, options: Parameters<Browser["newContext"]>[0] = {}) {
  const file = join(dir, `${Math.random().toString(36).slice(2)}.html`);
  writeFileSync(file, html);
  const context = await browser.newContext({ offline: true, reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const said: string[] = [];
  page.on("console", message => said.push(message.text()));
  page.on("pageerror", error => said.push(String(error)));
  await page.goto(pathToFileURL(file).href);
  return { page, said };
}

/** Presses the button, and gives what was found. */
async function checked(page: Page): Promise<{ found: string; words: string }> {
  // where the page is hidden, the button is there nevertheless
  await page.locator("#check-file").dispatchEvent("click");
  const out = page.locator("#found");
  await expect(page.locator("#check-file")).toBeEnabled();
  await expect(out).toHaveAttribute("data-found", /right|part|wrong/);
  return { found: (await out.getAttribute("data-found"))!, words: (await out.textContent())! };
}

for (const lang of langs) {
  test(`in ${lang} it proves itself, and axe finds nothing`, async ({ browser }) => {
    const { page, said } = await opened(browser, reports.get(lang)!);
    const { found, words } = await checked(page);
    expect(found, words).toBe("right");
    await expect(page.locator("article > .checked")).toHaveCount(await page.locator("article").count());
    for (const colorScheme of ["light", "dark"] as const)
      for (const width of [320, 1440]) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 900 });
        expect(await page.evaluate(() => document.scrollingElement!.scrollWidth <= innerWidth)).toBe(true);
        const axe = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
        expect(axe.violations.map(v => `${v.id}: ${v.nodes.map(n => n.target.join(" ")).join(", ")}`)).toEqual([]);
      }
    expect(said).toEqual([]);
    await page.context().close();
  });

  test(`in ${lang} it is printed with its own fonts`, async ({ browser }) => {
    const { page } = await opened(browser, reports.get(lang)!);
    const families = await page.evaluate(async () => {
      await document.fonts.ready;
      return [...document.fonts].filter(face => face.status === "loaded").map(face => face.family.replaceAll('"', ""));
    });
    expect(families).toContain("Noto Sans JP Latin");
    const own = { en: "Noto Sans JP Latin", fa: "Vazirmatn", ar: "Noto Naskh Arabic", ja: "Noto Sans JP" }[lang];
    expect(families).toContain(own);
    for (const format of ["A4", "Letter"]) {
      const pdf = await page.pdf({ format, preferCSSPageSize: false });
      expect(pdf.length).toBeGreaterThan(10_000);
    }
    await page.context().close();
  });
}

test("without script it is whole, and shows no button", async ({ browser }) => {
  const { page } = await opened(browser, reports.get("en")!, { javaScriptEnabled: false });
  await expect(page.locator("#self")).toBeHidden();
  await expect(page.locator("main")).toContainText("workbench verify claim-set-");
  const statements = page.locator("article h2");
  expect(await statements.count()).toBeGreaterThan(0);
  for (const statement of await statements.all()) await expect(statement).toBeVisible();
  await page.context().close();
});

/** One line of the table of changes, which the tests of `workbench verify` read too. */
interface Forgery {
  what: string;
  of: (html: string) => string;
  named: RegExp;
}

const table = new URL("../../internal/publish/testdata/forged.tsv", import.meta.url);
const forgeries: Forgery[] = readFileSync(table, "utf8").split("\n")
  .filter(line => line !== "" && !line.startsWith("#") && !line.startsWith("what\t"))
  .map(line => {
    const [what, find, put, named] = line.split("\t") as [string, string, string, string];
    const of = (html: string) =>
      find.startsWith("*")
        ? html.replace(new RegExp(find.slice(1), "gu"), () => put)
        : html.replace(new RegExp(find, "u"), (...groups: string[]) =>
            put.replace(/\{(\d)\}/g, (_, n: string) => groups[Number(n)]!));
    return { what, of, named: new RegExp(named, "u") };
  });

// A file and a window for each change: in parts, so that none of them takes long.
const parts = 6;
for (let part = 0; part < parts; part++)
  test(`what is changed in it is found and named, part ${part + 1}`, async ({ browser }) => {
    test.slow();
    for (const { what, of, named } of forgeries.filter((_, i) => i % parts === part)) {
      const html = reports.get("en")!;
      const forged = of(html);
      expect(forged, what).not.toBe(html);
      const { page } = await opened(browser, forged);
      const { found, words } = await checked(page);
      expect.soft(found, `${what}: ${words}`).toBe("wrong");
      expect.soft(words, what).toMatch(named);
      await page.context().close();
    }
  });

test("what is withheld is said, and nothing else can be put in its place", async ({ browser }) => {
  const { page, said } = await opened(browser, withheld);
  const { found, words } = await checked(page);
  expect(found, words).toBe("part");
  expect(words).toContain("NOT all of it is proved");
  await expect(page.locator("article > .note.checked").first()).toContainText("quotation/exact");
  expect(said).toEqual([]);
  await page.context().close();
  for (const [what, forged] of [
    ["words for a note", withheld.replace(/(data-k="withheld">)[^<]+/, "$1It was never said.")],
    ["another explanation", withheld.replace(/(data-l="explanation"><p dir="auto">)/, "$1Not so: ")],
    ["words opened no more", withheld.replace(/("path":"explanation",)"salt":"[^"]*"/, '$1"hash":"AAAA"')],
  ] as const) {
    expect(forged, what).not.toBe(withheld);
    const { page } = await opened(browser, forged);
    expect.soft((await checked(page)).found, what).toBe("wrong");
    await page.context().close();
  }
});

test("another key is refused, and no key is said", async ({ browser }) => {
  const { page } = await opened(browser, reports.get("en")!);
  const key = await page.locator("#key").inputValue();
  expect(key).toMatch(/\+[0-9a-f]{8}\+/);
  await page.locator("#key").fill("");
  expect(await checked(page)).toMatchObject({ found: "right", words: expect.stringContaining("NOT checked") });
  await page.locator("#key").fill(key.replace(/^./, "z"));
  expect((await checked(page)).words).toContain("NOT checked"); // it is no key: its number is of another name
  await page.context().close();
});
