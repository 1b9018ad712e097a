// What people do, in the words of the pages.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, type BrowserContext, type Page, expect } from "@playwright/test";

export type Person = "reviewer-1" | "reviewer-2" | "editor-1" | "editor-2" | "auditor-1" | "admin-1";

/** Opens a browser window of a person's own; any error of a page's script fails the test. */
export async function signIn(
  browser: Browser,
  url: string,
  person: Person,
  options: Parameters<Browser["newContext"]>[0] = {},
): Promise<Page> {
  const context: BrowserContext = await browser.newContext({ baseURL: url, ...options });
  const page = await context.newPage();
  page.on("pageerror", error => {
    throw error;
  });
  await page.goto("/sign-in");
  await page.getByRole("button", { name: person }).click();
  await expect(page.locator("a.who", { hasText: wordFor(person) })).toBeVisible();
  return page;
}

function wordFor(person: Person): RegExp {
  const [role, n] = person.split("-");
  const word = role!.charAt(0).toUpperCase() + role!.slice(1);
  return new RegExp(`${word} ${n === "1" ? "One" : "Two"}`);
}

/** A sample article as it is in seeds/. */
export function sample(name: string): string {
  return readFileSync(join(import.meta.dirname, "..", "..", "seeds", name), "utf8");
}

/** Where words stand first in a text, in code points. */
export function spanOf(text: string, words: string): { start: number; end: number } {
  const at = text.indexOf(words);
  if (at < 0) throw new Error(`“${words}” does not stand in the text`);
  const start = [...text.slice(0, at)].length;
  return { start, end: start + [...words].length };
}

/** Opens the article whose text begins so, from the list of articles. */
export async function openArticle(page: Page, n: number): Promise<void> {
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Articles" }).click();
  await page.locator(`main a[href="/articles/${n}"]`).first().click();
  await expect(page).toHaveURL(new RegExp(`/articles/${n}\\b`));
}

/** The number of the claim whose page or panel is open, from its address. */
export async function claimNumber(page: Page): Promise<number> {
  const found = /\/claims\/(\d+)/.exec(page.url())?.[1] ?? /claim=(\d+)/.exec(page.url())?.[1];
  if (!found) throw new Error(`no claim in ${page.url()}`);
  return Number(found);
}

export interface Verdict {
  verdict: "corroborated" | "disputed" | "unverified";
  reason: string;
  rationale?: string;
  searched?: string;
}

/** Fills in the review form of a claim and submits it; it has been answered then. */
export async function review(page: Page, claim: number, v: Verdict): Promise<void> {
  await page.goto(`/claims/${claim}/review`);
  await fillVerdict(page, v);
  await page
    .getByRole("button", { name: /^Submit/ })
    .first()
    .click();
  await page.waitForURL(address => !address.pathname.endsWith("/review")); // the next claim, or what was refused
}

export async function fillVerdict(page: Page, v: Verdict): Promise<void> {
  await page.locator(`input[name="verdict"][value="${v.verdict}"]`).check();
  await page.locator(`input[name="reason_${v.verdict}"][value="${v.reason}"]`).check();
  if (v.rationale !== undefined) await page.locator('textarea[name="rationale"]').fill(v.rationale);
  if (v.searched !== undefined) await page.locator('textarea[name="searched"]').fill(v.searched);
}

/** Adds an English gloss to a claim. */
export async function gloss(page: Page, claim: number, words: string): Promise<void> {
  await page.goto(`/claims/${claim}`);
  await page.getByText("Add a gloss in another language").click();
  await page.locator("#gl-lang").fill("en");
  await page.locator("#gl-text").fill(words);
  await page.getByRole("button", { name: "Save gloss" }).click();
  await expect(page.getByText(words).first()).toBeVisible();
}
