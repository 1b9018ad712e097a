// Every page of the workbench, in every state that changes what it shows, and who opens it. The specs that hold for all
// pages (accessibility, reflow, content policy) walk this list; TestRoutesByRole holds who may open what.
import { type Page, expect } from "@playwright/test";
import { moreStops } from "./pagesmore.ts";
import { type Person } from "./people.ts";
import { type World, arabic, indictments, japanese, persian } from "./world.ts";

export interface Stop {
  name: string;
  who: Person | "nobody";
  path: (w: World) => string;
  status?: number; // 200 unless said
  act?: (page: Page, w: World) => Promise<number>; // sends a form of the page; gives the status of what came back
}

type Fields = Record<string, string>;

/** Fills a form, whatever its fields' own checks would say, sends it, and gives the status of the page that comes. */
export async function send(page: Page, form: string, fields: Fields): Promise<number> {
  // A panel that comes late may change the address of the page that is there; only a document's answer counts.
  const answered = page.waitForResponse(
    r => r.request().isNavigationRequest() && (r.status() < 300 || r.status() > 399),
  );
  const loaded = page.waitForEvent("load");
  await fillAndSend(page, form, fields);
  const status = (await answered).status();
  await loaded;
  await focused(page);
  return status;
}

/** Waits until the focus is where the work goes on, which is never the page as a whole. */
async function focused(page: Page): Promise<void> {
  const at = () => page.evaluate(() => document.activeElement?.localName);
  await expect.poll(at, `the focus after a form was sent, at ${page.url()}`).not.toBe("body");
}

/** Sends a form whose answer comes in its place: gives the status when what is wrong stands at its field. */
async function sendInPlace(page: Page, form: string, fields: Fields): Promise<number> {
  // What was typed is kept as a draft meanwhile, and that is a form's answer, too.
  const to = await page.locator(form).first().evaluate(element => (element as HTMLFormElement).action);
  const answered = page.waitForResponse(r => r.request().method() === "POST" && r.url() === to);
  await fillAndSend(page, form, fields);
  const status = (await answered).status();
  await expect(page.locator(`${form} [aria-invalid]`).first()).toBeVisible();
  await focused(page);
  return status;
}

async function fillAndSend(page: Page, form: string, fields: Fields): Promise<void> {
  await page
    .locator(form)
    .first()
    .evaluate((element, typed) => {
      const form = element as HTMLFormElement;
      form.noValidate = true;
      for (const [name, value] of Object.entries(typed)) {
        for (const field of form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>(
          `[name="${name}"]`,
        )) {
          if (field instanceof HTMLInputElement && (field.type === "radio" || field.type === "checkbox"))
            field.checked = field.value === value;
          else field.value = value;
        }
      }
      form.requestSubmit();
    }, fields);
}

/**
 * Opens a stop's page, sends its form if it has one, holds it to the status it should have, and unfolds what is folded.
 */
export async function visit(page: Page, w: World, stop: Stop): Promise<void> {
  const answer = await page.goto(stop.path(w));
  const status = stop.act ? await stop.act(page, w) : (answer?.status() ?? 0);
  expect(status, `${stop.name} as ${stop.who}`).toBe(stop.status ?? 200);
  await page.evaluate(() => {
    for (const folded of document.querySelectorAll("details")) folded.open = true;
    return document.fonts.ready.then(() => undefined);
  });
}

const at = (path: string) => () => path;
const under = (page: string) => at(`/collections/1/${page}`);
const inEmpty = (page: string) => (w: World) => `/collections/${w.emptyCollection}/${page}`;
const claim =
  (which: keyof World["claims"], page = "") =>
  (w: World) =>
    `/claims/${w.claims[which]}${page}`;
const set =
  (which: keyof World["sets"], page = "") =>
  (w: World) =>
    `/sets/${w.sets[which]}${page}`;

const door: Stop[] = [
  { name: "sign-in", who: "nobody", path: at("/sign-in") },
  {
    name: "sign-in refused",
    who: "nobody",
    path: at("/sign-in"),
    status: 401,
    act: page => send(page, 'form[action="/sign-in"]', { user: "nobody", password: "wrong words" }),
  },
  { name: "invitation", who: "nobody", path: w => w.invitation },
  {
    name: "invitation refused",
    who: "nobody",
    path: w => w.invitation,
    status: 422,
    act: page => send(page, "main form", { user: "new-one", password: "short" }),
  },
  { name: "invitation unknown", who: "nobody", path: at("/link/no-such-token"), status: 404 },
  { name: "no such page", who: "nobody", path: at("/nothing-here"), status: 404 },
];

const reading: Stop[] = [
  { name: "articles", who: "reviewer-1", path: under("articles") },
  { name: "articles, none", who: "reviewer-1", path: inEmpty("articles") },
  { name: "reader, Persian, candidate", who: "reviewer-1", path: at(`/articles/${persian.id}`) },
  { name: "reader, Persian, claim", who: "reviewer-1", path: w => `/articles/${persian.id}?claim=${w.claims.open}` },
  { name: "reader, new claim", who: "reviewer-1", path: at(`/articles/${persian.id}?sentence=5`) },
  {
    name: "reader, Arabic, without a title",
    who: "editor-1",
    path: w => `/articles/${arabic.id}?claim=${w.claims.approved}`,
  },
  {
    name: "reader, Arabic, in conflict",
    who: "auditor-1",
    path: w => `/articles/${indictments.id}?claim=${w.claims.conflict}`,
  },
  { name: "reader, Japanese", who: "reviewer-2", path: w => `/articles/${japanese.id}?claim=${w.claims.approvedJa}` },
  { name: "reader, taken down", who: "reviewer-1", path: w => `/articles/${w.takenDown}` },
  { name: "revisions, one", who: "reviewer-1", path: at(`/articles/${persian.id}/revisions`) },
  { name: "work on an article", who: "editor-1", path: at(`/articles/${persian.id}/work`) },
  { name: "revisions, two", who: "editor-1", path: w => `/articles/${w.revised.article}/revisions` },
  { name: "passage moved", who: "reviewer-1", path: w => `/claims/${w.revised.behind}/anchor` },
  {
    name: "revision refused",
    who: "editor-1",
    path: w => `/articles/${w.revised.article}/revisions`,
    status: 422,
    act: page => send(page, "#new", { text: "" }),
  },
  {
    name: "reader, an older revision",
    who: "reviewer-1",
    path: w => `/articles/${w.revised.article}?revision=1&claim=${w.revised.behind}`,
  },
  { name: "reader, a newer revision", who: "editor-1", path: w => `/articles/${w.revised.article}` },
  { name: "claim that went along", who: "reviewer-1", path: w => `/claims/${w.revised.kept}` },
  { name: "claim left behind", who: "reviewer-1", path: w => `/claims/${w.revised.behind}` },
  { name: "new claim", who: "reviewer-1", path: at(`/articles/${arabic.id}/claims/new?sentence=3`) },
  { name: "new claim, Japanese", who: "reviewer-1", path: at(`/articles/${japanese.id}/claims/new?sentence=8`) },
  {
    name: "new claim refused",
    who: "reviewer-1",
    path: at(`/articles/${persian.id}/claims/new?sentence=5`),
    status: 422,
    act: page => send(page, "main form", { start: "0", end: "99999", statement: "abc\u202edef" }),
  },
  { name: "search, nothing asked", who: "reviewer-1", path: under("search") },
  { name: "search, hits", who: "reviewer-1", path: under("search?q=APT31") },
  { name: "search, Japanese hits", who: "auditor-1", path: under(`search?q=${encodeURIComponent("ロシア")}`) },
  { name: "search, no hit", who: "reviewer-1", path: under("search?q=xyzzyx") },
  { name: "import", who: "editor-1", path: under("articles/import") },
  {
    name: "import refused",
    who: "editor-1",
    path: under("articles/import"),
    status: 422,
    act: page => send(page, "main form", { title: "Mine", url: "javascript:alert(1)" }),
  },
  { name: "take down", who: "editor-1", path: at(`/articles/${arabic.id}/take-down`) },
  {
    name: "take down refused",
    who: "editor-1",
    path: at(`/articles/${arabic.id}/take-down`),
    status: 422,
    act: page => send(page, "main form", { reason: "" }),
  },
  { name: "article, to be protected", who: "editor-1", path: at(`/articles/${arabic.id}/protection`) },
  { name: "protected source, editor", who: "editor-1", path: w => `/evidence/${w.protectedSource}/protection` },
  { name: "protected source, to be", who: "editor-1", path: w => `/evidence/${w.openSource}/protection` },
  {
    name: "protecting refused",
    who: "editor-1",
    path: w => `/evidence/${w.openSource}/protection`,
    status: 422,
    act: page => send(page, 'main form[action$="/protection"]', { reason: "" }),
  },
  { name: "protected source, stranger", who: "reviewer-1", path: w => `/claims/${w.revised.kept}` },
  { name: "protected source, named", who: "reviewer-2", path: w => `/claims/${w.revised.kept}` },
  { name: "right of reply", who: "editor-1", path: w => `/claims/${w.revised.kept}` },
  {
    name: "right of reply refused",
    who: "editor-1",
    path: w => `/claims/${w.revised.kept}`,
    status: 422,
    act: page => send(page, 'form[action$="/replies"]', { name: "", asked_on: "", until: "" }),
  },
  {
    name: "right of reply, answer refused",
    who: "editor-1",
    path: w => `/claims/${w.revised.kept}`,
    status: 422,
    act: page => send(page, 'form[action^="/replies/"][action$="/answer"]', { words: "", answered_on: "" }),
  },
  { name: "sources", who: "reviewer-1", path: at("/sources") },
  { name: "sources, editor", who: "editor-1", path: at("/sources") },
  { name: "sources, admin", who: "admin-1", path: at("/sources") },
  {
    name: "source refused",
    who: "admin-1",
    path: at("/sources"),
    status: 422,
    act: page => send(page, 'form[action="/sources"]', { name: "", country: "Nowhere" }),
  },
];

const claimPages: Stop[] = [
  { name: "claims", who: "reviewer-1", path: under("claims") },
  { name: "claims, filtered", who: "auditor-1", path: under("claims?state=approved&lang=ja") },
  { name: "claims, none fit", who: "reviewer-1", path: under("claims?text=xyzzyx") },
  { name: "claims, none", who: "reviewer-1", path: inEmpty("claims") },
  ...(
    [
      "candidate",
      "rejected",
      "withdrawn",
      "open",
      "reviewed",
      "conflict",
      "decided",
      "adjudicated",
      "approved",
      "approvedJa",
      "reopened",
    ] as const
  ).map((which): Stop => ({ name: `claim, ${which}`, who: "reviewer-1", path: claim(which) })),
  { name: "claim, an open round as the auditor", who: "auditor-1", path: claim("reviewed") },
  { name: "claim, in conflict, editor", who: "editor-1", path: claim("conflict") },
  {
    name: "comment refused",
    who: "reviewer-1",
    path: claim("open"),
    status: 422,
    act: page => sendInPlace(page, 'form[action$="/comments"]', { text: "abc\u202edef" }),
  },
  { name: "edit candidate", who: "reviewer-1", path: claim("candidate", "/edit") },
  { name: "edit claim", who: "reviewer-1", path: claim("open", "/edit") },
  {
    name: "edit refused",
    who: "reviewer-1",
    path: claim("open", "/edit"),
    status: 422,
    act: page => send(page, 'form[action$="/edit"]', { statement: "" }),
  },
  { name: "split", who: "reviewer-1", path: claim("candidate", "/edit?open=split") },
  {
    name: "split refused",
    who: "reviewer-1",
    path: claim("candidate", "/edit?open=split"),
    status: 422,
    act: page => send(page, 'form[action$="/split"]', { part_statement: "" }),
  },
  { name: "merge", who: "reviewer-1", path: claim("open", "/edit?open=merge") },
  { name: "words locked", who: "reviewer-1", path: claim("approved", "/edit"), status: 409 },
  { name: "evidence", who: "reviewer-1", path: claim("open", "/evidence") },
  {
    name: "evidence, hits",
    who: "reviewer-1",
    path: w => `/claims/${w.claims.open}/evidence?q=${encodeURIComponent("ماكرون")}`,
  },
  { name: "passages found, alone", who: "reviewer-1", path: claim("open", "/found?q=Macron") },
  { name: "evidence, no hit", who: "reviewer-1", path: claim("open", "/evidence?q=xyzzyx") },
  {
    name: "passage refused",
    who: "reviewer-1",
    path: w => `/claims/${w.claims.open}/evidence?q=${encodeURIComponent("ماكرون")}`,
    status: 422,
    act: page => send(page, 'form[action$="/evidence"][method="post"]', { kind: "report" }),
  },
  {
    name: "document refused",
    who: "reviewer-1",
    path: claim("open", "/evidence"),
    status: 422,
    act: page =>
      send(page, 'form[action$="/evidence/outside"]', { url: "javascript:alert(1)", quotation: "", read_on: "" }),
  },
];

const deciding: Stop[] = [
  ...["candidates", "turn", "waiting", "conflict", "approve", "done"].map((tab): Stop => ({
    name: `queue, ${tab}`,
    who: "reviewer-1",
    path: under(`queue?tab=${tab}`),
  })),
  { name: "queue, editor, in conflict", who: "editor-2", path: under("queue?tab=conflict") },
  { name: "queue, auditor", who: "auditor-1", path: under("queue") },
  {
    name: "queue, a claim with evidence",
    who: "reviewer-2",
    path: w => `/collections/1/queue?tab=turn&claim=${w.claims.open}`,
  },
  { name: "queue, only the list", who: "reviewer-2", path: under("queue?tab=turn&list=1") },
  { name: "queue, empty", who: "reviewer-1", path: inEmpty("queue") },
  { name: "batch, before anything is done", who: "reviewer-1", path: w => `/batches/${w.batch}` },
  { name: "batch, rejecting", who: "reviewer-1", path: w => `/batches/${w.batch}?act=reject` },
  { name: "batch, giving", who: "editor-1", path: w => `/batches/${w.editorBatch}?act=give` },
  { name: "batch, putting off", who: "reviewer-1", path: w => `/batches/${w.batch}?act=snooze` },
  { name: "batch, adding to a set", who: "editor-1", path: w => `/batches/${w.editorBatch}?act=add` },
  {
    name: "batch refused",
    who: "reviewer-1",
    path: w => `/batches/${w.batch}?act=reject`,
    status: 422,
    act: page => send(page, 'main form[method="post"]', { reason: "" }),
  },
  { name: "review", who: "reviewer-2", path: claim("open", "/review") },
  { name: "review, sent before", who: "reviewer-1", path: claim("reviewed", "/review") },
  {
    name: "review refused by a guard",
    who: "reviewer-2",
    path: claim("reviewed", "/review"),
    status: 422,
    act: page =>
      send(page, "#review form", {
        verdict: "corroborated",
        reason_corroborated: "independent_sources",
        rationale: "من خودم دیدم",
      }),
  },
  {
    name: "review, words changed meanwhile",
    who: "reviewer-2",
    path: claim("open", "/review"),
    status: 409,
    act: wordsChanged,
  },
  { name: "adjudicate", who: "editor-1", path: claim("conflict", "/adjudicate") },
  {
    name: "adjudication refused",
    who: "editor-1",
    path: claim("conflict", "/adjudicate"),
    status: 422,
    act: page => send(page, "#decide", { verdict: "disputed", reason_disputed: "refuted", rationale: "" }),
  },
  { name: "approve", who: "editor-2", path: claim("adjudicated", "/approve") },
  { name: "approve, not by who adjudicated", who: "editor-1", path: claim("adjudicated", "/approve") },
  {
    name: "approval refused",
    who: "editor-2",
    path: claim("decided", "/approve"),
    status: 422,
    act: page => send(page, 'form[action$="/approvals"]', { explanation: "" }),
  },
  { name: "reopen", who: "editor-1", path: claim("approved", "/reopen") },
  {
    name: "reopening refused",
    who: "editor-1",
    path: claim("approved", "/reopen"),
    status: 422,
    act: page => send(page, "main form", { reason: "" }),
  },
  { name: "nothing to adjudicate", who: "editor-1", path: claim("approved", "/adjudicate"), status: 409 },
];

async function wordsChanged(page: Page, w: World): Promise<number> {
  const hand = w.hands["reviewer-1"];
  const { claim } = await hand.get<{ claim: { words_version: number } }>(`/claims/${w.claims.open}`);
  await hand.post(`/claims/${w.claims.open}/edit`, {
    words_version: claim.words_version,
    statement: `نزدیک ۹ گیگابایت داده منتشر شد، نسخه ${claim.words_version + 1}`,
  });
  return send(page, "#review form", {
    verdict: "unverified",
    reason_unverified: "insufficient",
    searched: "The other articles.",
  });
}

const sets: Stop[] = [
  { name: "claim sets", who: "editor-1", path: under("sets") },
  { name: "claim sets, none", who: "auditor-1", path: inEmpty("sets") },
  {
    name: "claim set refused",
    who: "editor-1",
    path: under("sets"),
    status: 422,
    act: page => send(page, 'form[action$="/sets"]', { title: "" }),
  },
  ...(["empty", "draft", "frozen", "superseded", "correction", "shaken"] as const).map((which): Stop => ({
    name: `claim set, ${which}`,
    who: "editor-1",
    path: set(which),
  })),
  {
    name: "claim set, move refused",
    who: "editor-1",
    path: set("draft"),
    status: 422,
    act: page => send(page, 'form[action$="/claims/move"]', { place: "9" }),
  },
  { name: "claim set, with a public address", who: "auditor-1", path: set("correction") },
  { name: "claim set, draft, reviewer", who: "reviewer-1", path: set("draft") },
  {
    name: "claim set, withdrawal refused",
    who: "editor-1",
    path: set("shaken"),
    status: 422,
    act: page => send(page, 'form[action$="/withdrawals"]', { claim: "", reason: "" }),
  },
  { name: "in print", who: "editor-1", path: under("alarms") },
  { name: "in print, reviewer", who: "reviewer-1", path: under("alarms") },
  { name: "in print, answered", who: "editor-1", path: under("alarms?answered=1") },
  { name: "in print, none", who: "auditor-1", path: inEmpty("alarms") },
  {
    name: "in print, refused",
    who: "editor-1",
    path: under("alarms"),
    status: 422,
    act: page => send(page, 'form[action$="/answers"]', { reason: "" }),
  },
  { name: "status of printed claims", who: "auditor-1", path: under("status") },
  { name: "status of printed claims, none", who: "admin-1", path: inEmpty("status") },
  {
    name: "status of printed claims, published",
    who: "admin-1",
    path: under("status"),
    act: page => send(page, 'form[action$="/status"]', {}),
  },
  { name: "method", who: "reviewer-1", path: under("method") },
  { name: "method, editor", who: "editor-1", path: under("method?version=1") },
  { name: "method, none", who: "auditor-1", path: inEmpty("method") },
  {
    name: "method refused",
    who: "editor-1",
    path: under("method"),
    status: 422,
    act: page => send(page, 'form[action$="/method"]', { words: "" }),
  },
  { name: "what is printed", who: "editor-1", path: set("draft", "/preview") },
  { name: "what is printed, empty", who: "editor-1", path: set("empty", "/preview") },
  { name: "build", who: "editor-1", path: set("empty", "/build") },
  { name: "build, none fit", who: "editor-1", path: set("empty", "/build?text=xyzzyx") },
];

const record: Stop[] = [
  { name: "who has what", who: "editor-1", path: under("assignments") },
  { name: "who has what, a rule that stopped", who: "editor-1", path: inEmpty("assignments") },
  { name: "who has what, a way looked at", who: "editor-1", path: under("assignments?how=share&share=20") },
  { name: "candidates, narrowed", who: "reviewer-1", path: under("queue?tab=candidates&lang=en&text=the&menu=1") },
  { name: "dashboard", who: "reviewer-1", path: under("dashboard") },
  { name: "dashboard, other zone", who: "auditor-1", path: under("dashboard?zone=Asia%2FTokyo") },
  { name: "agreement", who: "editor-1", path: under("agreement") },
  { name: "agreement, auditor", who: "auditor-1", path: under("agreement") },
  { name: "agreement, reviewer", who: "reviewer-1", path: under("agreement") },
  { name: "notices, none", who: "admin-1", path: at("/notices") },
  { name: "notices", who: "reviewer-2", path: at("/notices") },
  { name: "guidelines, none", who: "reviewer-1", path: inEmpty("guidelines") },
  { name: "guidelines", who: "reviewer-1", path: under("guidelines") },
  { name: "guidelines, editor", who: "editor-1", path: under("guidelines") },
  {
    name: "guidelines refused",
    who: "editor-1",
    path: under("guidelines"),
    status: 422,
    act: page => send(page, 'form[action$="/guidelines"]', { words: "" }),
  },
  { name: "already checked, nothing", who: "editor-1", path: w => `/collections/${w.emptyCollection}/checked` },
  { name: "already checked, reviewer", who: "reviewer-1", path: under("checked") },
  { name: "already checked, import", who: "editor-1", path: under("checked/import") },
  {
    name: "already checked, import refused",
    who: "editor-1",
    path: under("checked/import"),
    status: 422,
    act: page => send(page, "form[enctype]", { text: "" }),
  },
  { name: "already checked of a claim", who: "reviewer-1", path: claim("open", "/checked") },
  { name: "already checked of a claim, editor", who: "editor-1", path: claim("open", "/checked") },
  { name: "already checked of a claim, auditor", who: "auditor-1", path: claim("open", "/checked") },
  { name: "already checked, editor", who: "editor-1", path: under("checked") },
  { name: "already checked, auditor, words", who: "auditor-1", path: under("checked?q=facts&lang=en") },
  { name: "already checked, file taken in", who: "editor-1", path: w => `/checked/files/${w.shelf.taken}` },
  { name: "already checked, file looked at", who: "editor-1", path: w => `/checked/files/${w.shelf.looked}` },
  { name: "already checked, file dropped", who: "editor-1", path: w => `/checked/files/${w.shelf.dropped}` },
  { name: "already checked, no such file", who: "editor-1", path: at("/checked/files/999999"), status: 404 },
  { name: "already checked, entry", who: "reviewer-1", path: w => `/checked/${w.shelf.proposed}` },
  { name: "already checked, entry, editor", who: "editor-1", path: w => `/checked/${w.shelf.confirmed}` },
  { name: "already checked, entry, odd scale", who: "auditor-1", path: w => `/checked/${w.shelf.odd}` },
  {
    name: "already checked, entry, refused",
    who: "editor-1",
    path: w => `/checked/${w.shelf.odd}`,
    status: 422,
    act: page => send(page, 'form[action*="/checked/"]:has([name="reason"])', { reason: "" }),
  },
  { name: "already checked, entry withheld", who: "auditor-1", path: w => `/checked/${w.shelf.withheld}` },
  { name: "already checked, no such entry", who: "reviewer-1", path: at("/checked/999999"), status: 404 },
  { name: "history", who: "auditor-1", path: at("/history") },
  { name: "history, reviewer", who: "reviewer-1", path: at("/history") },
  { name: "history of a claim", who: "auditor-1", path: w => `/history?object=claim:${w.claims.adjudicated}` },
  {
    name: "story of a claim",
    who: "reviewer-1",
    path: w => `/claims/${w.claims.adjudicated}/history?zone=Asia%2FTehran`,
  },
  { name: "story of a claim, auditor", who: "auditor-1", path: w => `/claims/${w.claims.adjudicated}/history` },
  {
    name: "story of a claim, nothing fits",
    who: "reviewer-1",
    path: w => `/claims/${w.claims.adjudicated}/history?to=2001-01-01`,
  },
  { name: "history, no event", who: "auditor-1", path: at("/history?object=claim:999999") },
  { name: "event with its proof", who: "auditor-1", path: w => `/history/${w.event}` },
  { name: "fetching", who: "admin-1", path: at("/fetching") },
  {
    name: "fetching, refused",
    who: "admin-1",
    path: at("/fetching"),
    status: 422,
    act: page => send(page, 'form[action="/fetching"]', { contact: "nobody" }),
  },
  { name: "fetching of a collection", who: "admin-1", path: under("fetching") },
  { name: "fetching of a collection, not allowed", who: "admin-1", path: inEmpty("fetching") },
  { name: "addresses", who: "editor-1", path: under("addresses") },
  { name: "addresses, not fetched", who: "editor-1", path: inEmpty("addresses") },
  {
    name: "addresses, refused",
    who: "editor-1",
    path: under("addresses"),
    status: 422,
    act: page => send(page, 'form[action$="/addresses"]', { addresses: "nonsense" }),
  },
  { name: "erasures, admin", who: "admin-1", path: at("/erasures") },
  { name: "erasures, auditor", who: "auditor-1", path: at("/erasures") },
  {
    name: "erasures, refused",
    who: "admin-1",
    path: at("/erasures"),
    status: 422,
    act: page => send(page, 'form[action="/erasures"]', { object: "", text: "", reason: "" }),
  },
  {
    name: "history, filtered",
    who: "auditor-1",
    path: at("/history?verdict=disputed&zone=Asia%2FTehran&to=2099-01-01"),
  },
  { name: "as of, claim", who: "auditor-1", path: w => `/claims/${w.claims.adjudicated}?asof=${w.then}` },
  { name: "as of, claims", who: "auditor-1", path: w => `/collections/1/claims?asof=${w.then}` },
  { name: "as of, sets", who: "auditor-1", path: w => `/collections/1/sets?asof=${w.then}` },
  { name: "proofs", who: "auditor-1", path: w => `/history/proofs?at=claim:${w.claims.adjudicated}` },
  { name: "exceptions", who: "auditor-1", path: at("/exceptions") },
  { name: "exceptions of a rule", who: "auditor-1", path: at("/exceptions/overruled") },
  { name: "exceptions, none", who: "auditor-1", path: at("/exceptions/same_person") },
  { name: "verify", who: "auditor-1", path: at("/history/verify") },
  {
    name: "verified",
    who: "auditor-1",
    path: at("/history/verify"),
    act: page => send(page, 'form[action="/history/verify"]', {}),
  },
];

const peoplePages: Stop[] = [
  { name: "users", who: "admin-1", path: at("/users") },
  { name: "users, auditor", who: "auditor-1", path: at("/users") },
  {
    name: "user refused",
    who: "admin-1",
    path: at("/users"),
    status: 422,
    act: page => send(page, 'form[action="/users"]', { name: "" }),
  },
  { name: "user", who: "admin-1", path: w => `/users/${w.invited}` },
  { name: "user, oneself", who: "admin-1", path: at("/users/6") },
  {
    name: "user with a fresh link",
    who: "admin-1",
    path: w => `/users/${w.invited}`,
    act: page => send(page, 'form[action$="/link"]', {}),
  },
  {
    name: "role refused",
    who: "admin-1",
    path: at("/users/1"),
    status: 422,
    act: page => send(page, 'form[action$="/roles"]', { role: "auditor" }),
  },
  { name: "collections", who: "admin-1", path: at("/collections") },
  { name: "collections, reviewer", who: "reviewer-1", path: at("/collections") },
  {
    name: "collection refused",
    who: "admin-1",
    path: at("/collections"),
    status: 422,
    act: page => send(page, 'form[action="/collections"]', { name: "" }),
  },
  { name: "rules", who: "admin-1", path: at("/collections/1/rules") },
  { name: "status of printed claims", who: "admin-1", path: at("/collections/1/status") },
  {
    name: "rules refused",
    who: "admin-1",
    path: at("/collections/1/rules"),
    status: 422,
    act: page => send(page, "main form", { quorum: "99" }),
  },
  { name: "settings", who: "reviewer-1", path: at("/settings") },
  { name: "passages of a claim, alone", who: "reviewer-1", path: claim("open", "/passages") },
  { name: "duplicates of a claim, alone", who: "reviewer-1", path: claim("open", "/duplicates") },
  { name: "drafts, none", who: "editor-2", path: at("/drafts") },
  {
    name: "drafts",
    who: "reviewer-2",
    path: at("/drafts"),
    act: async (page, w) => {
      await page.request.post(`/claims/${w.claims.open}/draft`, {
        form: { verdict: "unverified", reason_unverified: "insufficient", rationale: "نیمه‌کاره", searched: "All." },
        headers: { "Sec-Fetch-Site": "same-origin" },
      });
      return (await page.goto("/drafts"))?.status() ?? 0;
    },
  },
  { name: "settings, admin", who: "admin-1", path: at("/settings") },
  { name: "forbidden", who: "reviewer-1", path: at("/users"), status: 403 },
  { name: "forbidden, admin", who: "admin-1", path: at("/articles/1"), status: 403 },
  { name: "not found", who: "reviewer-1", path: at("/claims/999999"), status: 404 },
  { name: "beyond what a number can be", who: "auditor-1", path: at("/claims/9223372036854775808"), status: 404 },
];

/** The door comes first; nothing in the list ends a session. */
export const stops: Stop[] = [
  ...door,
  ...reading,
  ...claimPages,
  ...deciding,
  ...sets,
  ...record,
  ...peoplePages,
  ...moreStops,
];
