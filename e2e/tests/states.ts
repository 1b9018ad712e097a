// States of the newsroom of world.ts that come after the others: a protected article, a correction that leaves a claim
// out. They are made last, so that nothing that was there before has another number.
import { type Hand, type Row } from "./world.ts";
import { type Person, spanOf } from "./people.ts";

type Hands = Record<Person, Hand>;

/** An article whose source is protected, and which reviewer-2 may read. */
export interface Closed {
  article: number;
  claim: number; // of it, open
  fed: number; // a claim of another article, to which a passage of it is linked
}

const story = [
  "کارمند شهرداری گفت که دوازده قرارداد بدون مناقصه بسته شد.",
  "به گفته او بهای هر قرارداد ۳۴۰ میلیون تومان بود.",
  "شهردار این را در ۴ مه ۲۰۱۷ تکذیب کرد.",
].join(" ");

/** Brings in an article that says who spoke, makes a claim and a link of it, and protects its source. */
export async function protectOne(hands: Hands, fed: number): Promise<Closed> {
  const editor = hands["editor-1"];
  await hands["admin-1"].post("/sources", { name: "هفته‌نامه بندر", kind: "newspaper", country: "IR" });
  const { article, revision } = await editor.post<{ article: Row; revision: Row }>("/collections/1/articles", {
    text: story,
    title: "آنچه یک کارمند شهرداری می‌داند",
    byline: "سارا محمدی",
    source: "هفته‌نامه بندر",
    url: "https://weekly.example/very-long-address-of-a-story-that-must-not-be-known/2017/05/04/1",
    lang: "fa",
    published: "2017-05-04",
  });
  const words = "بهای هر قرارداد ۳۴۰ میلیون تومان بود";
  const claim = await hands["reviewer-1"].post(`/articles/${article.id}/claims`, {
    revision: revision.id,
    ...spanOf(story, words),
    exact: words,
    statement: words,
    kind: "fact",
  });
  const said = "دوازده قرارداد بدون مناقصه بسته شد";
  const passage = { article: article.id, revision: revision.id, ...spanOf(story, said), exact: said };
  await editor.post(`/claims/${fed}/evidence`, { ...passage, stance: "supports", kind: "report" });
  const { version } = (await editor.get<{ article: Row }>(`/articles/${article.id}`)).article;
  await editor.post(`/articles/${article.id}/protection`, { version, reason: "منبع در خطر است" });
  await editor.post(`/articles/${article.id}/readers`, { user: "reviewer-2" });
  return { article: article.id, claim: claim.id, fed };
}

/** Corrections that leave out a claim of the version before, and say why. */
export interface Shorter {
  draft: number; // with one claim that it says of, and one that it does not
  frozen: number;
}

/** Prints three claims, and leaves out one or two of them. */
export async function leaveOut(editor: Hand, claims: [number, number, number]): Promise<Shorter> {
  const [kept, out, silently] = claims;
  const correction = async (title: string, printed: number[], out: number[]): Promise<Row> => {
    const set = await editor.post("/collections/1/sets", { title });
    const filled = await editor.post(`/sets/${set.id}/claims`, { version: set.version, claims: printed });
    const first = await editor.post(`/sets/${set.id}/freeze`, { version: filled.version });
    let next = await editor.post(`/sets/${first.id}/correct`);
    for (const claim of out)
      next = await editor.post(`/sets/${next.id}/claims/remove`, { version: next.version, claims: [claim] });
    return next;
  };
  const why = (set: Row, claim: number, reason: string) =>
    editor.post(`/sets/${set.id}/omissions`, { claim, version: 0, reason });
  const draft = await correction("Says less than before", claims, [out, silently]);
  await why(draft, out, "صورت‌جلسه نادرست خوانده شده بود: https://minutes.example/2017/05/04/second-reading");
  const frozen = await correction("Said less, in print", [kept, out], [out]);
  await why(frozen, out, "議事録の読み違いがあったため、この主張を除いた。");
  await editor.post(`/sets/${frozen.id}/freeze`, { version: frozen.version });
  return { draft: draft.id, frozen: frozen.id };
}
