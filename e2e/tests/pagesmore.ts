// More pages for the walk of pages.ts: a protected article for each role, what an auditor is shown of the past, a file
// that is looked at before it is imported, a claim that a correction leaves out, and forms that are half filled.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Page } from "@playwright/test";
import { type Stop, send } from "./stop.ts";
import { type World, arabic, persian } from "./world.ts";

const at = (path: string) => () => path;
const under = (page: string) => at(`/collections/1/${page}`);
const article = (w: World) => `/articles/${w.closed.article}`;
const closedClaim = (w: World) => `/claims/${w.closed.claim}`;

const closed: Stop[] = [
  { name: "protected article, not named", who: "reviewer-1", path: article },
  { name: "protected article, named", who: "reviewer-2", path: article },
  {
    name: "protected article, its claim, named",
    who: "reviewer-2",
    path: w => `${article(w)}?claim=${w.closed.claim}`,
  },
  { name: "protected article, editor", who: "editor-1", path: article },
  { name: "protected article, auditor", who: "auditor-1", path: article },
  { name: "protected article, admin", who: "admin-1", path: article, status: 403 },
  { name: "protected article, revisions", who: "reviewer-1", path: w => `${article(w)}/revisions` },
  { name: "protected article, revisions, editor", who: "editor-1", path: w => `${article(w)}/revisions` },
  { name: "protected article, who sees it", who: "editor-1", path: w => `${article(w)}/protection` },
  {
    name: "protected article, who sees it, not for reviewers",
    who: "reviewer-2",
    path: w => `${article(w)}/protection`,
    status: 403,
  },
  {
    name: "protected article, reader refused",
    who: "editor-1",
    path: w => `${article(w)}/protection`,
    status: 422,
    act: page => send(page, 'form[action$="/readers"]', { user: "nobody" }),
  },
  {
    name: "article, protecting refused",
    who: "editor-1",
    path: at(`/articles/${arabic.id}/protection`),
    status: 422,
    act: page => send(page, 'main form[action$="/protection"]', { reason: "" }),
  },
  { name: "articles, one protected, named", who: "reviewer-2", path: under("articles") },
  { name: "articles, one protected, editor", who: "editor-1", path: under("articles") },
  { name: "articles, one protected, auditor", who: "auditor-1", path: under("articles") },
  { name: "claim of a protected article, not named", who: "reviewer-1", path: closedClaim },
  { name: "claim of a protected article, named", who: "reviewer-2", path: closedClaim },
  { name: "claim of a protected article, editor", who: "editor-1", path: closedClaim },
  { name: "claim of a protected article, auditor", who: "auditor-1", path: closedClaim },
  { name: "review of a protected article", who: "reviewer-1", path: w => `${closedClaim(w)}/review` },
  { name: "claim fed by a protected article", who: "reviewer-1", path: w => `/claims/${w.closed.fed}` },
  { name: "claim fed by a protected article, named", who: "reviewer-2", path: w => `/claims/${w.closed.fed}` },
  {
    name: "search, nothing of a protected article",
    who: "reviewer-1",
    path: under(`search?q=${encodeURIComponent("مناقصه")}`),
  },
  {
    name: "history of a protected article",
    who: "auditor-1",
    path: w => `/history?object=article:${w.closed.article}`,
  },
  { name: "exceptions, protected sources", who: "auditor-1", path: at("/exceptions/protected_source") },
];

const then = (name: string, path: string): Stop => ({
  name: `as of, ${name}`,
  who: "auditor-1",
  path: w => `${path}${path.includes("?") ? "&" : "?"}asof=${w.then}`,
});

const past: Stop[] = [
  then("queue", "/collections/1/queue?tab=turn"),
  then("queue, to approve", "/collections/1/queue?tab=approve"),
  then("search", "/collections/1/search?q=APT31"),
  then("search, no hit", "/collections/1/search?q=xyzzyx"),
  then("dashboard", "/collections/1/dashboard"),
  then("users", "/users"),
  then("user", "/users/1"),
  then("sources", "/sources"),
  then("collections", "/collections"),
  then("articles", "/collections/1/articles"),
  then("reader", `/articles/${persian.id}`),
  { name: "as of, protected article", who: "auditor-1", path: w => `${article(w)}?asof=${w.then}` },
  { name: "as of, set", who: "auditor-1", path: w => `/sets/${w.shorter.frozen}?asof=${w.then}` },
  then("checked", "/collections/1/checked"),
  { name: "as of, checked of a claim", who: "auditor-1", path: w => `/claims/${w.claims.open}/checked?asof=${w.then}` },
  { name: "as of, checked, entry", who: "auditor-1", path: w => `/checked/${w.shelf.confirmed}?asof=${w.then}` },
  then("guidelines", "/collections/1/guidelines"),
  then("method", "/collections/1/method"),
  then("in print", "/collections/1/alarms"),
  then("status", "/collections/1/status"),
  then("history", "/history"),
  then("exceptions", "/exceptions"),
  then("exceptions of a rule", "/exceptions/overruled"),
  then("exceptions, none", "/exceptions/same_person"),
  { name: "as of, no moment", who: "auditor-1", path: at("/exceptions?asof=yesterday"), status: 422 },
  { name: "as of, not for reviewers", who: "reviewer-1", path: w => `/sources?asof=${w.then}`, status: 403 },
];

interface File {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

const sampleOf = (name: string): File => ({
  name,
  mimeType: "text/html",
  buffer: readFileSync(join(import.meta.dirname, "..", "..", "internal", "intake", "testdata", "pages", name)),
});

/** Brings files to the page of arrivals, and waits until they are read. */
async function bring(page: Page, ...files: File[]): Promise<number> {
  for (let n = await page.locator(".arrival").count(); n > 0; n--) {
    await page.getByRole("button", { name: /^Discard/ }).first().click();
    await page.waitForURL(/import/);
  }
  await page.locator("#files").setInputFiles(files);
  const answered = page.waitForResponse(r => r.request().isNavigationRequest() && r.request().method() === "POST");
  const loaded = page.waitForEvent("load");
  await page.getByRole("button", { name: "Read", exact: true }).click();
  await answered;
  await loaded;
  await page.waitForFunction(() => !document.querySelector("#arrivals-say a"));
  return 200;
}

const brings = (name: string, ...files: (() => File)[]): Stop => ({
  name: `import, ${name}`,
  who: "editor-1",
  path: under("articles/import"),
  act: page => bring(page, ...files.map(file => file())),
});

const rows = (n: number): Buffer => {
  const title = (i: number) => (i % 2 ? "خبر شماره" : "A long title of a piece of news, number");
  const row = (i: number) => `"${title(i)} ${i}","Text ${i} of all."`;
  return Buffer.from(`title,text\n${Array.from({ length: n }, (_, i) => row(i + 1)).join("\n")}\n`);
};
const latin = "Le minist\xe8re a d\xe9clar\xe9 mardi que le prix du pain avait augment\xe9 de 12 % en un an.";
const french = (): File => ({ name: "pain.txt", mimeType: "text/plain", buffer: Buffer.from(latin, "latin1") });

/** Takes a file in, unless it is there already, and opens the page of the file that its article was read from. */
const fileOf = (sample: string): Stop => ({
  name: `file of an article, ${sample}`,
  who: "editor-1",
  path: under("articles/import"),
  act: async page => {
    await bring(page, sampleOf(sample));
    await page.locator('.arrival button[value="take"]').click();
    await page.locator("#arrivals-taken a").first().click();
    await page.getByRole("link", { name: "File", exact: true }).click();
    await page.waitForURL(/original/);
    return 200;
  },
});

const png = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
const picture = (): File => ({ name: "notes.txt", mimeType: "text/plain", buffer: png });
const table = (): File => ({ name: "rows.csv", mimeType: "text/csv", buffer: rows(12) });

const imports: Stop[] = [
  { name: "file of an article, none is kept", who: "reviewer-1", path: at("/articles/1/original"), status: 404 },
  fileOf("ar-reprint.html"),
  fileOf("de-table.html"),
  brings(
    "one of each kind",
    () => sampleOf("fa-nodate.html"),
    () => sampleOf("ar-reprint.html"),
    () => sampleOf("ja-short.html"),
    french,
    table,
    picture,
  ),
  {
    name: "import, mended and refused",
    who: "editor-1",
    path: under("articles/import"),
    status: 422,
    act: async page => {
      await bring(page, sampleOf("ja-short.html"));
      return send(page, ".arrival form.grid2", { published: "soon", url: "nowhere", lang: "English" });
    },
  },
];

const omissions: Stop[] = [
  { name: "claim set, a claim left out", who: "editor-1", path: w => `/sets/${w.shorter.draft}` },
  { name: "claim set, a claim left out, in print", who: "auditor-1", path: w => `/sets/${w.shorter.frozen}` },
  { name: "what is printed, a claim left out", who: "editor-1", path: w => `/sets/${w.shorter.draft}/preview` },
  {
    name: "what is printed, a claim left out, refused",
    who: "editor-1",
    path: w => `/sets/${w.shorter.draft}/preview`,
    status: 422,
    act: page => send(page, 'form[action$="/omissions"]', { reason: " " }),
  },
];

const halfFilled: Stop[] = [
  {
    name: "approve, words of a review taken",
    who: "editor-2",
    path: w => `/claims/${w.claims.decided}/approve?take=A`,
  },
  {
    name: "approve, words of the decision taken",
    who: "editor-2",
    path: w => `/claims/${w.claims.adjudicated}/approve?take=decision`,
  },
  {
    name: "approve, no words to take",
    who: "editor-2",
    path: w => `/claims/${w.claims.decided}/approve?take=Z`,
    status: 404,
  },
  {
    name: "drafts, a new claim and a changed gloss",
    who: "reviewer-2",
    path: at("/drafts"),
    act: async (page, w) => {
      const hand = w.hands["reviewer-2"];
      const keep = (path: string, fields: Record<string, string[]>) => hand.post(path, { version: 0, fields });
      await keep(`/articles/${persian.id}/drafts/claims/10-60`, {
        sentence: ["1"],
        statement: ["نیمه‌کاره: حدود ۹ گیگابایت"],
        attribution: ["ستاد انتخاباتی"],
      });
      await keep(`/articles/${w.closed.article}/drafts/claims/0-20`, { sentence: ["1"], statement: ["نیمه‌کاره"] });
      await keep(`/claims/${w.claims.open}/drafts/glosses/en`, { gloss: ["About nine gigabytes"] });
      await keep(`/claims/${w.claims.open}/drafts/gloss`, { lang: ["ja"], gloss: ["約9ギガバイト"] });
      return (await page.goto("/drafts"))?.status() ?? 0;
    },
  },
];

const programs: Stop[] = [
  { name: "for programs", who: "nobody", path: at("/api") },
  { name: "for programs, claims", who: "reviewer-1", path: at("/api/claims") },
  { name: "for programs, a type", who: "nobody", path: at("/api/types/Claim") },
  { name: "for programs, a vocabulary", who: "nobody", path: at("/api/types/claims.Verdict") },
  { name: "tokens", who: "reviewer-1", path: at("/settings/tokens") },
  {
    name: "tokens, just made",
    who: "reviewer-1",
    path: at("/settings/tokens"),
    status: 201,
    act: page => send(page, 'form[action="/settings/tokens"]', { name: "اسکریپت" }),
  },
  {
    name: "tokens, refused",
    who: "editor-1",
    path: at("/settings/tokens"),
    status: 422,
    act: page => send(page, 'form[action="/settings/tokens"]', { name: "x", days: "900" }),
  },
  { name: "machines", who: "admin-1", path: at("/machines") },
  {
    name: "machines, refused",
    who: "admin-1",
    path: at("/machines"),
    status: 422,
    act: page => send(page, 'form[action="/machines"]', { name: "extractor", owner: "nobody-here" }),
  },
  { name: "for programs, no such type", who: "nobody", path: at("/api/types/NoSuchType"), status: 404 },
];

export const moreStops: Stop[] = [...programs, ...closed, ...past, ...imports, ...omissions, ...halfFilled];
