// A small newsroom, made through the JSON interface in a second or two: a claim in every state, in three languages and
// both directions, sets in every state, an article taken down, an empty collection, an invitation. The specs that walk
// all pages share it.
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type APIRequestContext, type Browser, type BrowserContext, expect, request } from "@playwright/test";
import { type Person, sample, spanOf } from "./people.ts";
import { copyAll, seed } from "./seeds.ts";
import { type Bench, benchIn, startBench } from "./server.ts";
import { type Closed, type Shorter, leaveOut, protectOne } from "./states.ts";

/** One person at the JSON interface. */
export class Hand {
  private constructor(
    readonly person: Person,
    readonly http: APIRequestContext,
    private readonly url: string,
  ) {}

  static async of(url: string, person: Person): Promise<Hand> {
    const http = await request.newContext({ baseURL: url, extraHTTPHeaders: { Accept: "application/json" } });
    const hand = new Hand(person, http, url);
    await hand.post("/sign-in/demo", { user: person });
    return hand;
  }

  /** Reads a page's data. */
  async get<T = Row>(path: string): Promise<T> {
    const answer = await this.http.get(path);
    if (!answer.ok()) throw new Error(`${this.person} GET ${path}: ${answer.status()} ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  /** Sends a form's fields as JSON; anything but success is an error that quotes the answer. */
  async post<T = Row>(path: string, data: object = {}): Promise<T> {
    const answer = await this.http.post(path, { data });
    if (!answer.ok()) throw new Error(`${this.person} POST ${path}: ${answer.status()} ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  /** A browser window in which this person is signed in. */
  async window(browser: Browser, options: Parameters<Browser["newContext"]>[0] = {}): Promise<BrowserContext> {
    return browser.newContext({ baseURL: this.url, storageState: await this.http.storageState(), ...options });
  }
}

/** What the interface says of a claim, a set or an article, as far as these tests read it. */
export interface Row {
  id: number;
  version: number;
  words_version: number;
  round: number;
  state: string;
  statement: string;
}

export const persian = { id: 1, file: "fa-macron-leak.txt" };
export const arabic = { id: 2, file: "ar-hollande-promise.txt" };
export const indictments = { id: 3, file: "ar-apt31-parliamentarians.txt" };
export const japanese = { id: 4, file: "ja-us-statement.txt" };

/** Makes a claim by hand from words of an article, and opens its first round. */
export async function claimFrom(
  hand: Hand,
  article: { id: number; file: string },
  words: string,
  statement = words,
): Promise<Row> {
  const span = spanOf(sample(article.file), words);
  return hand.post(`/articles/${article.id}/claims`, {
    revision: article.id,
    ...span,
    exact: words,
    statement,
    kind: "fact",
  });
}

/** Links a passage of another article to a claim. */
export async function link(
  hand: Hand,
  claim: number,
  article: { id: number; file: string },
  words: string,
  stance: string,
): Promise<Row> {
  return hand.post(`/claims/${claim}/evidence`, {
    article: article.id,
    revision: article.id,
    ...spanOf(sample(article.file), words),
    exact: words,
    stance,
    kind: "report",
  });
}

/** Links an outside primary document, so that corroborated is allowed. */
export async function document(hand: Hand, claim: number): Promise<Row> {
  return hand.post(`/claims/${claim}/evidence/outside`, {
    url: "https://www.justice.gov/opa/pr/seven-hackers",
    quotation: "Seven nationals charged.",
    lang: "en",
    read_on: "2024-05-13",
    origin: "US Department of Justice",
    stance: "supports",
    kind: "primary_document",
  });
}

/** One review; corroborated relies on every item given. */
export async function reviewAs(
  hand: Hand,
  claim: Row,
  verdict: "corroborated" | "unverified",
  evidence: Row[] = [],
): Promise<void> {
  await hand.post(`/claims/${claim.id}/reviews`, {
    verdict,
    reason: verdict === "corroborated" ? "primary_document" : "insufficient",
    confidence: 70,
    rationale: "Read both.",
    searched: verdict === "unverified" ? "The other articles." : "",
    evidence: evidence.map(item => item.id),
    words_version: claim.words_version,
    round: claim.round,
  });
}

export interface World {
  bench: Bench;
  hands: Record<Person, Hand>;
  claims: {
    candidate: number;
    rejected: number;
    withdrawn: number;
    open: number;
    reviewed: number;
    conflict: number;
    decided: number;
    adjudicated: number;
    approved: number;
    approvedJa: number;
    reopened: number;
  };
  sets: { empty: number; draft: number; frozen: number; superseded: number; correction: number; shaken: number };
  takenDown: number;
  // two revisions; a claim that went along, one that did not
  revised: { article: number; kept: number; behind: number };
  shelf: Shelf;
  closed: Closed;
  shorter: Shorter;
  openSource: number; // evidence from outside of the claim that went along,
  protectedSource: number; // and another item, whose source is protected; reviewer-2 may read it
  emptyCollection: number;
  watched: { article: number; collection: number };
  asking: { form: string; received: string; printed: string; refused: string }; // public paths
  invited: number;
  invitation: string; // path
  batch: number; // of reviewer-1, to which nothing is done
  editorBatch: number; // of editor-1, with a claim to give and one to add to a set
  event: number; // an event under a checkpoint
  then: string; // a moment when all of it was there
}

/** What others have checked: files in every state, and entries. */
export interface Shelf {
  taken: number; // a file in four languages, with items that are bad
  looked: number; // one that nobody has accepted or dropped
  dropped: number;
  proposed: number; // an entry that may be of the open claim,
  confirmed: number; // one that is, by editor-1's last deed
  odd: number; // one with markup in its claim, without a language, whose scale is upside down
  withheld: number; // and one that was taken down by law
}

const people: Person[] = ["reviewer-1", "reviewer-2", "editor-1", "editor-2", "auditor-1", "admin-1"];

/** Starts a workbench with the newsroom in it. */
export async function buildWorld(): Promise<World> {
  const made = await seed("world", makeWorld);
  const dir = mkdtempSync(join(tmpdir(), "claimbench-e2e-"));
  copyAll(made, dir);
  const bench = await benchIn(dir);
  const facts = JSON.parse(readFileSync(join(dir, factsFile), "utf8")) as Facts;
  return { ...facts, bench, hands: await handsAt(bench) };
}

/** What is known of the newsroom when it is made. */
type Facts = Omit<World, "bench" | "hands">;
const factsFile = "world.json";

async function handsAt(bench: Bench): Promise<World["hands"]> {
  const hands = {} as World["hands"];
  for (const person of people) hands[person] = await Hand.of(bench.url, person);
  return hands;
}

/** Makes the newsroom in a folder: its database, and its facts. */
async function makeWorld(dir: string): Promise<void> {
  const bench = await startBench();
  const facts = await fillWorld(await handsAt(bench));
  await bench.end();
  copyAll(bench.dir, dir);
  writeFileSync(join(dir, factsFile), JSON.stringify(facts));
  await bench.stop();
}

async function fillWorld(hands: World["hands"]): Promise<Facts> {
  const claims = await makeClaims(hands);
  const admin = hands["admin-1"];
  const editor = hands["editor-1"];
  const empty = await admin.post("/collections", { name: "مجموعه خالی" });
  const invited = await admin.post<{ link: string; user: { id: number } }>("/users", {
    name: "new-one",
    display: "تازه‌وارد",
    role: "reviewer",
    collection: 1,
  });
  await admin.post("/sources", { name: "Le Monde", kind: "newspaper", country: "FR" });
  const extra = await editor.post<{ article: Row }>("/collections/1/articles", {
    text: "نص قصير يسحب لاحقا. قال الوزير إن ثلاثة خوادم تعطلت.",
    title: "خبر يسحب",
    lang: "ar",
    published: "2024",
  });
  await editor.post(`/articles/${extra.article.id}/take-down`, {
    version: extra.article.version,
    reason: "Court order 12/2024",
  });
  const sets = await makeSets(hands, claims);
  await askForPages(hands);
  const watched = await watchPage(hands);
  const asking = await readersAsk(hands, claims.approved);
  await editor.post("/collections/1/guidelines", { words: "# قواعد\n\n- دو منبع مستقل", note: "اولین" });
  await editor.post(`/claims/${claims.approved}/comments`, { text: "@reviewer-2 متن اصلی را دیدی؟" });
  const batch = await hands["reviewer-1"].post("/collections/1/batches", { claims: [claims.candidate, claims.open] });
  const editorBatch = await editor.post("/collections/1/batches", { claims: [claims.open, claims.approved] });
  await stopRule(hands, empty.id);
  const seen = await hands["auditor-1"].get<{ items: { seq: number }[] }>(`/history?object=claim:${claims.approved}`);
  const revised = await reviseOne(hands);
  const openSource = await document(editor, revised.kept);
  await editor.post(`/evidence/${openSource.id}/capture`, {
    name: "charges.html",
    media: "text/html; charset=utf-8",
    content: Buffer.from(
      '<!DOCTYPE html><html lang="en"><title>Charges</title><main><article><h1>Charges against hackers</h1>' +
        "<p>The department announced on Monday that charges were brought after a long inquiry. " +
        "Seven  nationals charged. None of them was arrested.</p></article></main></html>",
    ).toString("base64"),
  });
  const protectedSource = await editor.post(`/claims/${revised.kept}/evidence/outside`, {
    publisher: "کارمند شهرداری",
    quotation: "پل دهم تا شب باز ماند.",
    lang: "fa",
    read_on: "2024-05-13",
    origin: "کارمند شهرداری",
    stance: "supports",
    kind: "other",
    protect: "منبع در خطر است",
  });
  const asked = {
    role: "شهردار",
    way: "phone",
    asked_on: "2024-05-10",
    until: "2024-05-12",
    contact: "+49 30 555 0199",
  };
  const reply = await editor.post(`/claims/${revised.kept}/replies`, { name: "آنا وبر", ...asked });
  await editor.post(`/replies/${reply.id}/answer`, {
    version: 1,
    outcome: "answered",
    answered_on: "2024-05-11",
    words: "پل تا شب باز بود.",
  });
  await editor.post(`/claims/${revised.kept}/replies`, { name: "The town clerk", ...asked });
  await editor.post(`/evidence/${protectedSource.id}/readers`, { user: "reviewer-2" });
  const shelf = await fillShelf(editor, claims.open);
  const third = await approvedClaim(hands, japanese, "ロシア", "ロシアの関与を米国が発表した");
  const shorter = await leaveOut(editor, [claims.approved, claims.approvedJa, third]);
  const closed = await protectOne(hands, revised.behind);
  return {
    claims,
    sets,
    takenDown: extra.article.id,
    revised,
    shelf,
    closed,
    shorter,
    openSource: openSource.id,
    protectedSource: protectedSource.id,
    emptyCollection: empty.id,
    watched,
    asking,
    invited: invited.user.id,
    invitation: new URL(invited.link).pathname,
    batch: batch.id,
    then: new Date().toISOString(),
    editorBatch: editorBatch.id,
    event: seen.items[seen.items.length - 1]!.seq,
  };
}

/** Leaves a collection with a rule of giving out whose editor may give out there no more. */
async function stopRule(hands: Record<Person, Hand>, collection: number): Promise<void> {
  const admin = hands["admin-1"];
  const role = { role: "editor", collection };
  await admin.post("/users/2/roles", role);
  const rule = { how: "share", share: 20, version: 0 };
  await hands["reviewer-2"].post(`/collections/${collection}/assignments/rule`, rule);
  await admin.post("/users/2/roles/revoke", { ...role, reason: "Edits elsewhere." });
}

async function reviseOne(hands: Record<Person, Hand>): Promise<World["revised"]> {
  const text = "شهردار گفت ۹ پل بسته شد. پل دهم تا شب باز ماند.";
  const { article, revision } = await hands["editor-1"].post<{ article: Row; revision: Row }>(
    "/collections/1/articles",
    { text, title: "پل‌ها", lang: "fa", published: "2024-05" },
  );
  const claim = (words: string) =>
    hands["reviewer-1"].post(`/articles/${article.id}/claims`, {
      revision: revision.id,
      ...spanOf(text, words),
      exact: words,
      statement: words,
      kind: "fact",
    });
  const kept = await claim("پل دهم تا شب باز ماند");
  const behind = await claim("۹ پل بسته شد");
  await hands["editor-1"].post(`/articles/${article.id}/revisions`, {
    version: article.version,
    text: text.replace("۹", "۸"),
  });
  return { article: article.id, kept: kept.id, behind: behind.id };
}

async function makeClaims(hands: Record<Person, Hand>): Promise<World["claims"]> {
  const one = hands["reviewer-1"];
  const two = hands["reviewer-2"];
  const candidates = (await one.get<{ claims: { items: Row[] } }>(`/articles/${persian.id}`)).claims.items.filter(
    claim => claim.state === "candidate",
  );
  const rejected = candidates[candidates.length - 1]!;
  await one.post(`/claims/${rejected.id}/reject`, { version: rejected.version, reason: "not_a_claim" });
  const withdrawn = await claimFrom(one, persian, "حدود ۹ گیگابایت", "این ادعا پس گرفته می‌شود");
  await one.post(`/claims/${withdrawn.id}/withdraw`, { version: withdrawn.version, reason: "Said twice." });
  const open = await openClaim(one);
  const reviewed = await claimFrom(one, japanese, "米国", "この主張は一人だけが査読した");
  await reviewAs(one, reviewed, "unverified");
  const conflict = await disputedClaim(
    one,
    two,
    indictments,
    "سبعة أعضاء مزعومين في APT31",
    "وجهت الولايات المتحدة لائحة اتهام إلى سبعة أعضاء مزعومين في APT31",
  );
  const adjudicated = await disputedClaim(one, two, persian, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت ایمیل منتشر شد");
  const inConflict = await hands["editor-1"].get<{ claim: Row }>(`/claims/${adjudicated.claim.id}`);
  await hands["editor-1"].post(`/claims/${adjudicated.claim.id}/adjudications`, {
    version: inConflict.claim.version,
    verdict: "corroborated",
    reason: "primary_document",
    rationale: "The document is primary.",
    evidence: [adjudicated.item.id],
    causes: ["guideline"],
    round: adjudicated.claim.round,
  });
  const decided = await agreed(one, two, persian, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده در pastebin منتشر شد");
  const approved = await approvedClaim(hands, arabic, "نشر وثائق", "نشرت وثائق داخلية");
  const approvedJa = await approvedClaim(hands, japanese, "ロシア", "米国はロシアを非難した");
  const reopened = await approvedClaim(hands, indictments, "APT31", "APT31 مجموعة قراصنة");
  return {
    candidate: candidates[0]!.id,
    rejected: rejected.id,
    withdrawn: withdrawn.id,
    open: open.id,
    reviewed: reviewed.id,
    conflict: conflict.claim.id,
    decided: decided.id,
    adjudicated: adjudicated.claim.id,
    approved,
    approvedJa,
    reopened,
  };
}

async function openClaim(hand: Hand): Promise<Row> {
  const open = await claimFrom(hand, persian, "حدود ۹ گیگابایت", "حدود ۹ گیگابایت داده منسوب به کمپین مکرون منتشر شد");
  await hand.post(`/claims/${open.id}/glosses`, {
    lang: "en",
    gloss: "~9 GB leaked via pastebin by EMLEAKS",
    version: 0,
  });
  await link(hand, open.id, arabic, "نشر وثائق", "context");
  await document(hand, open.id);
  await hand.post(`/claims/${open.id}/comments`, { text: "آیا «حدود» در متن اصلی هست؟" });
  return open;
}

/** A claim on which two reviewers disagree. */
export async function disputedClaim(
  one: Hand,
  two: Hand,
  article: { id: number; file: string },
  words: string,
  statement: string,
): Promise<{ claim: Row; item: Row }> {
  const claim = await claimFrom(one, article, words, statement);
  const item = await document(one, claim.id);
  await reviewAs(one, claim, "corroborated", [item]);
  await reviewAs(two, claim, "unverified");
  return { claim, item };
}

async function agreed(
  one: Hand,
  two: Hand,
  article: { id: number; file: string },
  words: string,
  statement: string,
): Promise<Row> {
  const claim = await claimFrom(one, article, words, statement);
  await reviewAs(one, claim, "unverified");
  await reviewAs(two, claim, "unverified");
  return claim;
}

async function approvedClaim(
  hands: Record<Person, Hand>,
  article: { id: number; file: string },
  words: string,
  statement: string,
): Promise<number> {
  const claim = await agreed(hands["reviewer-1"], hands["reviewer-2"], article, words, statement);
  const { rounds } = await hands["editor-2"].get<{ rounds: { items: { decision: Row }[] } }>(
    `/claims/${claim.id}/approve`,
  );
  await hands["editor-2"].post(`/claims/${claim.id}/approvals`, {
    version: rounds.items[0]!.decision.version,
    reason: "insufficient",
    explanation: "Nobody else could confirm it.",
  });
  return claim.id;
}

async function makeSets(hands: Record<Person, Hand>, claims: World["claims"]): Promise<World["sets"]> {
  const editor = hands["editor-1"];
  await editor.post("/collections/1/method", {
    words: "# روش ما\n\nدو خاستگاه، یا خود *سند*.",
    of: ["unverified"],
    means: ["Nobody knows yet."],
    opened: 0,
  });
  const start = (title: string) => editor.post("/collections/1/sets", { title });
  const filled = async (title: string, ids: number[]) => {
    const set = await start(title);
    return editor.post(`/sets/${set.id}/claims`, { version: set.version, claims: ids });
  };
  const empty = await start("Nothing in it yet");
  const draft = await filled("آنچه درباره نشت می‌دانیم", [claims.approved, claims.approvedJa]);
  const frozen = await filled("What is established", [claims.approvedJa]);
  await editor.post(`/sets/${frozen.id}/freeze`, { version: frozen.version });
  await editor.post(`/sets/${frozen.id}/export`, { format: "json" });
  const superseded = await filled("First version", [claims.approved]);
  const first = await editor.post(`/sets/${superseded.id}/freeze`, { version: superseded.version });
  const correction = await editor.post(`/sets/${first.id}/correct`);
  await editor.post(`/sets/${correction.id}/freeze`, { version: correction.version });
  await hands["admin-1"].post("/collections/1/status", { set: correction.id }); // so its page names a public address
  // A set with a claim that was reopened since, and with one that was withdrawn from it.
  const shaken = await filled("Printed before it was reopened", [claims.reopened, claims.approvedJa]);
  await editor.post(`/sets/${shaken.id}/freeze`, { version: shaken.version });
  await editor.post(`/sets/${shaken.id}/withdrawals`, { claim: claims.approvedJa, reason: "این ادعا پس گرفته شد." });
  const now = await editor.get<{ claim: Row }>(`/claims/${claims.reopened}`);
  await editor.post(`/claims/${claims.reopened}/rounds`, {
    version: now.claim.version,
    reason: "A new document came out.",
  });
  return {
    empty: empty.id,
    draft: draft.id,
    frozen: frozen.id,
    superseded: superseded.id,
    correction: correction.id,
    shaken: shaken.id,
  };
}

/** A fact-check of somebody else, as its publisher writes it down. */
function factCheck(n: number, claim: string, more: object = {}): object {
  return {
    "@type": "ClaimReview",
    claimReviewed: claim,
    url: `https://facts.example/${"very-long-address-".repeat(n % 4)}${n}`,
    author: { name: n % 2 ? "مرکز راستی‌آزمایی" : "Example & Facts" },
    datePublished: `2025-03-0${n}`,
    itemReviewed: {
      "@type": "Claim",
      author: { name: "ستاد انتخاباتی" },
      appearance: ["https://posts.example/1", "https://posts.example/a-second-place-where-it-was-seen/2"],
    },
    reviewRating: { alternateName: "Half true", ratingValue: "3", bestRating: "5", worstRating: "1" },
    ...more,
  };
}

/** Puts files on the shelf of collection 1, and waits until two of their entries are proposed to a claim. */
async function fillShelf(editor: Hand, claim: number): Promise<Shelf> {
  const bring = (items: object[]) =>
    editor.post("/collections/1/checked", { text: JSON.stringify({ "@type": "DataFeed", dataFeedElement: items }) });
  const upsideDown = { alternateName: "شبه صحيح", ratingValue: "1", bestRating: "1", worstRating: "5" };
  const taken = await bring([
    factCheck(1, "حدود ۹ گیگابایت داده منسوب به کمپین مکرون منتشر شد", { inLanguage: "fa" }),
    factCheck(2, "About 9 gigabytes of data attributed to Macron's campaign were published", { inLanguage: "en" }),
    factCheck(3, "<p>نشر <b>وثائق</b> مزورة&nbsp;عن الحملة</p>", { reviewRating: upsideDown }),
    factCheck(4, "マクロン陣営の文書は<script>alert(1)</script>偽造された", { inLanguage: "ja" }),
    factCheck(5, "Words that a court took away", { inLanguage: "en" }),
    factCheck(6, " <br> "),
    { "@type": "ClaimReview", url: "https://facts.example/empty" },
  ]);
  await editor.post(`/checked/files/${taken.id}/import`, { version: taken.version });
  const looked = await bring([factCheck(7, "Nine ships left."), factCheck(8, "x".repeat(6000))]);
  const dropped = await bring([factCheck(9, "Nobody wants this one.")]);
  await editor.post(`/checked/files/${dropped.id}/drop`, { version: dropped.version });
  interface Near {
    id: number;
    version: number;
    lang: string;
    entry: { id: number; lang: string };
  }
  let near: Near[] = [];
  const proposed = async () => {
    near = (await editor.get<{ items: Near[] }>(`/claims/${claim}/checked`)).items;
    return near.map(match => match.entry.lang).sort();
  };
  await expect.poll(proposed, { timeout: 60_000 }).toEqual(["en", "fa"]);
  const { items } = await editor.get<{ items: (Row & { claim: string })[] }>("/collections/1/checked");
  const entry = (words: string) => items.find(item => item.claim.includes(words))!;
  const gone = entry("court");
  await editor.post(`/checked/${gone.id}/withhold`, { version: gone.version, reason: "حكم المحكمة ١٢" });
  const same = near.find(match => match.entry.lang === "en")!;
  await editor.post(`/claims/${claim}/checked`, { match: same.id, version: same.version, state: "confirmed" });
  return {
    taken: taken.id,
    looked: looked.id,
    dropped: dropped.id,
    proposed: near.find(match => match.entry.lang === "fa")!.entry.id,
    confirmed: same.entry.id,
    odd: entry("وثائق").id,
    withheld: gone.id,
  };
}

/**
 * Switches fetching on, and asks for a page that comes to nothing: its name leads to this machine, which is never
 * asked.
 */
async function askForPages(hands: Record<Person, Hand>): Promise<void> {
  await hands["admin-1"].post("/fetching", { allowed: "1", contact: "desk@paper.example", version: 0 });
  await hands["admin-1"].post("/collections/1/fetching", { allowed: "1", version: 0 });
  await hands["editor-1"].post("/collections/1/feeds", { address: "http://localhost/خوراک.xml", mode: "take" });
  await hands["editor-1"].post("/collections/1/addresses", { addresses: "http://localhost/اخبار/42" });
  await hands["admin-1"].post("/collections/1/webhooks", {
    address: "http://localhost/told",
    topics: ["articles", "claims", "decisions", "sets"],
  });
}

/** Watches a page, in a collection of its own, whose name leads to this machine too. */
async function watchPage(hands: Record<Person, Hand>): Promise<World["watched"]> {
  const collection = await hands["admin-1"].post("/collections", { name: "صفحات تحت المراقبة" });
  await hands["admin-1"].post(`/collections/${collection.id}/fetching`, { allowed: "1", version: 0 });
  const { article } = await hands["editor-1"].post<{ article: Row }>(`/collections/${collection.id}/articles`, {
    text: "وافق المجلس على 40 منحة يوم الاثنين.",
    title: "منح المجلس",
    lang: "ar",
    url: "http://localhost/اخبار/43",
  });
  const until = new Date(Date.now() + 20 * 24 * 3600 * 1000).toISOString().slice(0, 10);
  await hands["editor-1"].post(`/articles/${article.id}/watch`, { until, version: 0 });
  return { article: article.id, collection: collection.id };
}

/** Publishes the form of collection 1; readers ask: one waits, one is like it, one is refused, one is printed. */
async function readersAsk(hands: Record<Person, Hand>, printed: number): Promise<World["asking"]> {
  const at = "/collections/1/requests/form";
  const words = { title: "میز راستی‌آزمایی", intro: "از ما بپرسید." };
  const form = { published: "1", lang: "en", ...words, per_day: 200, version: 0 };
  const { address } = await hands["admin-1"].post<{ address: string }>(at, form);
  const ask = async (words: string, contact = ""): Promise<string> => {
    const body = { words, address: "https://news.example/اخبار", contact, lang: "en" };
    return (await hands["reviewer-2"].post<{ address: string }>(address, body)).address;
  };
  const received = await ask("آیا شرکت ۹ گیگابایت داده را منتشر کرد؟", "me@reader.example");
  await ask("آیا شركت 9 گیگابایت داده را منتشر کرد");
  const refused = await ask("Is the minister a fool?");
  const done = await ask("Was it nine gigabytes?");
  await hands["editor-1"].post("/requests/3/refuse", { version: 1, reason: "یک نظر است." });
  await hands["editor-1"].post("/requests/4/links", { version: 1, claim: [printed] });
  return { form: address, received, printed: done, refused };
}

/** Brings a fact-check of somebody else that says what a claim says, waits until it is proposed; gives the match. */
export async function proposeChecked(editor: Hand, claim: number, words: string): Promise<Row> {
  const text = JSON.stringify({
    "@type": "ClaimReview",
    claimReviewed: words,
    url: "https://facts.example/9",
    author: { name: "Example & Facts" },
    datePublished: "2025-03-04",
    reviewRating: { alternateName: "Half true" },
  });
  const file = await editor.post("/collections/1/checked", { text });
  await editor.post(`/checked/files/${file.id}/import`, { version: file.version });
  let found: Row[] = [];
  const proposed = async () => {
    const { items } = await editor.get<{ items: (Row & { entry: { claim: string } })[] }>(`/claims/${claim}/checked`);
    found = items.filter(match => match.entry.claim === words); // the newsroom's shelf may hold others
    return found.length;
  };
  await expect.poll(proposed, { timeout: 30_000 }).toBeGreaterThan(0);
  return found[0]!;
}
