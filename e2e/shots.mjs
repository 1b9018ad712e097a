// Takes the README's screenshots: starts a demo of its own, has the demo's people do some work through the JSON API,
// and photographs the queue and the reader into docs/img. Run it in e2e/ after `make build`: node shots.mjs
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";

const root = join(import.meta.dirname, "..");
const dir = mkdtempSync(join(tmpdir(), "claimbench-shots-"));
const url = "http://127.0.0.1:18099";
const server = spawn(join(root, "bin", "workbench"), [
  ...["serve", "--demo", "--demo-bare", "--addr", "127.0.0.1:18099"],
  ...["--database", `sqlite:${dir}/demo.db`],
]);

const texts = ["fa-macron-leak", "ar-hollande-promise", "ar-apt31-parliamentarians", "ja-us-statement"].map((name) =>
  readFileSync(join(root, "seeds", `${name}.txt`), "utf8"),
);

/** Where words stand in article n (from 1), in code points. */
function spanOf(n, words) {
  const at = texts[n - 1].indexOf(words);
  if (at < 0) throw new Error(`“${words}” does not stand in article ${n}`);
  const start = [...texts[n - 1].slice(0, at)].length;
  return { start, end: start + [...words].length };
}

class Person {
  constructor(page) {
    this.page = page;
  }
  static async signIn(browser, name) {
    const context = await browser.newContext({
      baseURL: url,
      viewport: { width: 1440, height: 860 },
      colorScheme: "light",
    });
    const person = new Person(await context.newPage());
    await person.post("/sign-in/demo", { user: name });
    return person;
  }
  async post(path, data) {
    const answer = await this.page.request.post(url + path, { data, headers: { Accept: "application/json" } });
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
    return answer.json();
  }
  async get(path) {
    return (await this.page.request.get(url + path, { headers: { Accept: "application/json" } })).json();
  }
  /** Makes an open claim of words of an article, with a gloss: by accepting the candidate there, or by hand. */
  async claim(n, words, statement, gloss) {
    const span = spanOf(n, words);
    const near = await this.get(`/collections/1/claims?article=${n}&state=candidate`);
    const found = (near.claims ?? []).find((c) => c.article === n && c.start <= span.start && span.end <= c.end);
    let id;
    if (found) {
      await this.post(`/claims/${found.id}/edit`, {
        words_version: found.words_version,
        start: found.start,
        end: found.end,
        exact: found.exact,
        statement: statement || found.statement,
        attribution: found.attribution, hedge: found.hedge.join("; "), kind: found.kind, accept: true,
      });
      id = found.id;
    } else {
      const made = await this.post(`/articles/${n}/claims`, {
        ...{ revision: n, sentence: 1, ...span, exact: words, statement: statement || words },
        ...{ attribution: "", hedge: "", kind: "fact" },
      });
      id = made.id ?? made.claim.id;
    }
    await this.post(`/claims/${id}/glosses`, { lang: "en", gloss, version: 0 });
    return id;
  }
  async link(claim, n, words, stance, note = "") {
    const item = await this.post(`/claims/${claim}/evidence`, {
      ...{ article: n, revision: n, ...spanOf(n, words), exact: words },
      ...{ stance, kind: "report", note },
    });
    return item.id;
  }
  async review(claim, draft) {
    const c = (await this.get(`/claims/${claim}`)).claim ?? (await this.get(`/claims/${claim}`));
    return this.post(`/claims/${claim}/reviews`, {
      ...{ confidence: 70, rationale: "", searched: "", evidence: [] },
      ...draft,
      ...{ words_version: c.words_version, round: c.round },
    });
  }
}

async function work(one, two, editor, other) {
  const hack = await one.claim(
    1,
    "قربانی یک هک گسترده و هماهنگ",
    "به گفته کمپین مکرون، جنبش ان مارشه قربانی یک هک گسترده و هماهنگ‌شده بود.",
    "Macron's campaign says that En Marche! was the victim of a massive and coordinated hack.",
  );
  const leak = await one.claim(
    1,
    "حدود ۹ گیگابایت",
    "کاربری ناشناس به اسم EMLEAKS حدود ۹ گیگابایت داده منسوب به کمپین مکرون را در pastebin منتشر کرد.",
    "An anonymous user, EMLEAKS, put about 9 GB of data attributed to Macron's campaign on pastebin.",
  );
  const indicted = await one.claim(
    3,
    "سبعة أعضاء مزعومين في APT31",
    "أصدر مكتب التحقيقات الفيدرالي في 25 مارس لائحة اتهام ضد سبعة أعضاء مزعومين في APT31.",
    "On 25 March the FBI indicted seven alleged members of APT31.",
  );
  const podesta = await one.claim(
    4,
    "2,000通以上のメール",
    "",
    "WikiLeaks published more than 2,000 further e-mails of John Podesta, chairman of Clinton's campaign.",
  );
  const stolen = await one.claim(2, "الملفات سرقت منذ أسابيع", "", "The files were stolen weeks before, reports say.");
  const denied = await one.claim(
    4,
    "ロシア政府もハッキング事件の背後には関与していない",
    "ロシア政府はハッキング事件の背後に関与していない。",
    "The Russian government says it is not behind the hacking.",
  );
  await one.claim(
    1,
    "شنبه، ششم مه",
    "",
    "The election commission meets on Saturday 6 May about the hack of Macron's campaign.",
  );
  await one.claim(
    3,
    "أكثر من 1000 رسالة",
    "",
    "More than 1,000 e-mails went to more than 400 accounts linked to IPAC.",
  );
  const poll = await one.claim(
    1,
    "با حدود ۶۰ درصد آرا",
    "",
    "The last polls put Macron at about 60 per cent against Le Pen.",
  );

  await one.link(hack, 2, "ضحية هجمة قرصنة ضخمة ومنسقة", "supports", "The same words: massive and coordinated.");
  await two.link(hack, 2, "الملفات سرقت منذ أسابيع", "refutes", "Stolen weeks before, not that afternoon.");
  await one.link(leak, 2, "آلاف رسائل البريد الالكتروني", "context");
  const order = await one.link(denied, 1, "دستور هککردن", "refutes");
  const outside = await one.post(`/claims/${indicted}/evidence/outside`, {
    url: "https://www.justice.gov/opa/pr",
    archived_url: "",
    quotation: "Seven nationals of the People's Republic of China charged.",
    lang: "en",
    read_on: "2026-11-20",
    origin: "", new_origin: "US Department of Justice", stance: "supports", kind: "primary_document", note: "",
  });

  await one.review(indicted, {
    verdict: "corroborated",
    reason: "primary_document",
    evidence: [outside.id],
    rationale: "The indictment itself names seven.",
  });
  await two.review(indicted, { verdict: "corroborated", reason: "primary_document", evidence: [outside.id] });
  await one.review(leak, { verdict: "unverified", reason: "single_origin", searched: "The other three articles." });
  await two.review(leak, { verdict: "unverified", reason: "single_origin", searched: "Articles 2, 3 and 4." });
  await one.review(denied, { verdict: "unverified", reason: "insufficient", searched: "The three other articles." });
  await two.review(denied, { verdict: "disputed", reason: "refuted", evidence: [order] });
  await one.review(poll, { verdict: "unverified", reason: "no_evidence", searched: "All four articles." });
  await one.review(podesta, { verdict: "unverified", reason: "no_evidence", searched: "All four articles." });
  await one.review(stolen, { verdict: "unverified", reason: "single_origin", searched: "All four articles." });
  const decision = (await editor.get(`/claims/${indicted}/approve`)).decision;
  await editor.post(`/claims/${indicted}/approvals`, {
    version: decision?.version ?? 1,
    reason: "primary_document",
    explanation: "The indictment of 25 March 2024 names seven alleged members of APT31.",
  });
  return { hack, leak };
}

async function ready() {
  const pause = () => new Promise((done) => setTimeout(done, 100));
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await pause()) {
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
  }
  throw new Error("the workbench did not become ready");
}

try {
  await ready();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  const one = await Person.signIn(browser, "reviewer-1");
  const two = await Person.signIn(browser, "reviewer-2");
  const editor = await Person.signIn(browser, "editor-1");
  const made = await work(one, two, editor);
  await two.page.goto("/collections/1/queue");
  await two.page.locator(`#rows a[href*="${made.hack}"]`).first().click();
  await two.page.locator(`#claim-${made.hack}`).waitFor();
  await two.page.evaluate(() => document.fonts.ready.then(() => true));
  await two.page.screenshot({ path: join(root, "docs", "img", "queue.png") });
  await one.page.goto(`/articles/1?claim=${made.leak}`);
  await one.page.evaluate(() => document.fonts.ready.then(() => true));
  await one.page.screenshot({ path: join(root, "docs", "img", "reader.png") });
  await browser.close();
} finally {
  server.kill("SIGTERM");
  await new Promise((done) => server.once("exit", done));
  rmSync(dir, { recursive: true, force: true });
}
