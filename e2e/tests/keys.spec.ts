// Chains of keys, the palette, the key bar, and presses that come faster than the server answers.
import { type Page, expect, test } from "@playwright/test";
import { type Bench, startBench } from "./server.ts";
import { Hand, claimFrom, persian } from "./world.ts";

let bench: Bench;
let one: Hand;
let page: Page;

test.beforeAll(async ({ browser }) => {
  bench = await startBench();
  one = await Hand.of(bench.url, "reviewer-1");
  page = await (await one.window(browser)).newPage();
});
test.afterAll(async () => {
  await page.context().close();
  await bench.stop();
});

/** How many claims are open. Candidates are not counted: the machine may still add some. */
const opened = async () => (await one.get<{ count: number }>("/collections/1/claims?state=open")).count;

test("g and a letter goes to a page, from everywhere", async () => {
  await page.goto("/settings");
  await page.goto("/collections/1/articles");
  for (const [key, path] of [
    ["c", /queue\?tab=candidates/],
    ["a", /\/articles$/],
    ["l", /\/claims$/],
    ["s", /\/sets$/],
    ["q", /\/queue$/],
  ] as const) {
    await page.keyboard.press("g");
    await page.keyboard.press(key);
    await expect(page).toHaveURL(path);
  }
  await page.keyboard.press("g");
  await page.keyboard.press("Escape");
  await page.keyboard.press("a"); // no chain any more
  await expect(page).toHaveURL(/\/queue$/);
});

test("the palette finds commands, pages and collections in any script, and shows their keys", async () => {
  await page.goto("/collections/1/queue?tab=candidates");
  await page.keyboard.press("Control+k");
  const palette = page.locator("#palette");
  await expect(palette).toBeVisible();
  await expect(palette.locator("li", { hasText: "accept the candidate" }).locator("kbd")).toHaveText(["a"]);
  await expect(palette.locator("li", { hasText: "collection" }).first()).toBeVisible();
  await page.keyboard.type("go settings");
  await expect(palette.locator("li")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/settings$/);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("zzz");
  await expect(palette.locator("#palette-none")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(palette).toBeHidden();
});

test("the palette: arrows, composition, and a collection named in Persian", async () => {
  const admin = await Hand.of(bench.url, "admin-1");
  const made = await admin.post<{ id: number }>("/collections", { name: "کتاب يكم" });
  await admin.post("/users/2/roles", { role: "reviewer", collection: made.id }).catch(() => undefined);
  await page.goto("/collections/1/queue?tab=candidates");
  await page.keyboard.press("Control+k");
  const here = page.locator('#palette li[aria-selected="true"]');
  const first = (await here.textContent()) ?? "";
  await page.keyboard.press("ArrowDown");
  await expect(here).not.toHaveText(first);
  await page.keyboard.press("ArrowUp");
  await expect(here).toHaveText(first);
  await page.evaluate(() => {
    const input = document.querySelector("#palette input")!;
    input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true }));
  });
  await expect(page.locator("#palette")).toBeVisible();
  await page.keyboard.press("Escape");
});

test("0 and a digit rejects with its reason; 0 alone rejects nothing", async () => {
  await page.goto("/collections/1/queue?tab=candidates");
  const id = /Candidate (\d+)/.exec((await page.locator("#rows .here").textContent())!)![1]!;
  await page.keyboard.press("0");
  await page.keyboard.press("Escape");
  await page.keyboard.press("2");
  expect((await one.get<{ claim: { state: string } }>(`/claims/${id}`)).claim.state).toBe("candidate");
  await page.keyboard.press("0");
  await page.keyboard.press("2");
  await expect(page.locator("#status")).toContainText(`Claim ${id} rejected`);
  const auditor = await Hand.of(bench.url, "auditor-1");
  const past = await auditor.get<{ items: { reason?: string }[] }>(`/history?object=claim:${id}`);
  expect(JSON.stringify(past)).toContain("an opinion");
  await expect(page.locator("#rows .here")).toBeVisible();
});

test("w edits beside the text, Ctrl+Enter saves, accepts and goes on to the next", async () => {
  await page.goto("/collections/1/queue?tab=candidates");
  const id = /Candidate (\d+)/.exec((await page.locator("#rows .here").textContent())!)![1]!;
  await page.keyboard.press("w");
  await expect(page.locator("#statement")).toBeFocused();
  await page.keyboard.press("End");
  await page.keyboard.type("!");
  await page.keyboard.press("Control+Enter");
  await expect(page.locator("#status")).toContainText(`Claim ${id} is open`);
  await expect(page).toHaveURL(/tab=candidates/);
  await expect(page.locator("#rows .here")).not.toContainText(`Candidate ${id}`);
  await expect(page.locator("[data-work]")).toBeFocused();
  expect((await one.get<{ claim: { state: string } }>(`/claims/${id}`)).claim.state).toBe("open");
});

test("thirty presses of a at twenty a second accept thirty", async () => {
  await page.goto("/collections/1/queue?tab=candidates");
  await expect(page.locator("#rows .here")).toBeVisible();
  const before = await opened();
  for (let n = 0; n < 30; n++) {
    await page.keyboard.press("a");
    await page.waitForTimeout(50); // the pace is what is tried
  }
  await expect.poll(opened, { timeout: 60_000 }).toBe(before + 30);
});

test("in the reader too", async () => {
  const editor = await Hand.of(bench.url, "editor-1");
  let text = "";
  for (let n = 0; n < 14; n++) text += `The harbour of Port ${n} exported ${400 + n} tonnes of grain in March 2021. `;
  const { article } = await editor.post<{ article: { id: number } }>("/collections/1/articles", { text, lang: "en" });
  await one.post(`/articles/${article.id}/extract`);
  await page.goto(`/articles/${article.id}`);
  const before = await opened();
  for (let n = 0; n < 12; n++) {
    await page.keyboard.press("a");
    await page.waitForTimeout(50);
  }
  await expect.poll(opened, { timeout: 60_000 }).toBe(before + 12);
});

test("fifty presses of j at twenty a second move by fifty", async () => {
  const all: number[] = [];
  for (let n = 0; n < 52; n++) all.push((await claimFrom(one, persian, "حدود ۹ گیگابایت", `ادعای ${n}`)).id);
  await page.goto("/collections/1/queue?tab=turn");
  const place = async () => Number(/(\d+) of/.exec(await page.locator("#work .bar .num").innerText())?.[1]);
  const start = await place();
  for (let n = 0; n < 40; n++) {
    await page.keyboard.press("j");
    await page.waitForTimeout(50);
  }
  await expect.poll(place, { timeout: 60_000 }).toBe(start + 40);
});

async function say(page: Page, event: "desk:busy" | "desk:done"): Promise<void> {
  await page.evaluate(name => document.dispatchEvent(new CustomEvent(name, { detail: true })), event);
}

test("j pressed while the next claim is on its way waits for that, and asks for nothing again", async () => {
  await page.goto("/collections/1/queue?tab=candidates");
  const links = page.locator("#rows > li a[href*='claim=']");
  const claim = async (n: number) => new URL((await links.nth(n).evaluate((a: HTMLAnchorElement) => a.href))!);
  await expect(page.locator("#rows .here")).toHaveCount(1);
  let letGo = () => {};
  const asked: string[] = [];
  const held = new Promise<void>(done => (letGo = done));
  const wanted = (await claim(2)).searchParams.get("claim");
  await page.route(
    url => url.searchParams.get("claim") === wanted,
    async route => {
      asked.push(route.request().headers()["purpose"] ?? "pressed");
      await held;
      await route.continue();
    },
  );
  await page.keyboard.press("j"); // what comes after it is fetched now
  await expect.poll(() => asked).toEqual(["prefetch"]);
  await page.keyboard.press("j");
  await page.keyboard.press("j"); // and one that waits behind it
  letGo();
  await expect(page).toHaveURL(new RegExp(`claim=${(await claim(3)).searchParams.get("claim")}\\b`));
  expect(asked).toEqual(["prefetch"]);
  await page.unrouteAll();
});

test("the next page of the list is fetched before its rows end, once, and j shows it", async () => {
  await page.goto("/collections/1/queue?tab=candidates");
  const rows = page.locator("#rows > li");
  await expect(rows).toHaveCount(50);
  const more = await page.locator('a[data-act~="more"]').evaluate((a: HTMLAnchorElement) => a.href);
  const asked: string[] = [];
  await page.route(
    url => url.href === more,
    route => {
      asked.push(route.request().headers()["purpose"] ?? "pressed");
      return route.continue();
    },
  );
  await rows.nth(43).getByRole("link").first().click();
  await expect(rows.nth(43)).toHaveClass(/here/);
  await page.waitForLoadState("networkidle");
  expect(asked, "six rows before the end").toEqual([]);
  await page.locator("#rows").focus();
  for (let n = 44; n < 50; n++) {
    await page.keyboard.press("j");
    await expect(rows.nth(n)).toHaveClass(/here/);
  }
  await expect.poll(() => asked).toEqual(["prefetch"]);
  await page.keyboard.press("j");
  await expect(page.locator("#work .bar .num")).toContainText("51 of");
  await expect(rows.first()).toHaveClass(/here/);
  await expect(page).toHaveURL(more);
  expect(asked).toEqual(["prefetch"]);
  await page.unrouteAll();
});

test("keys that wait when a dialog opens are done when it is shut, and those after them too", async () => {
  await page.goto("/collections/1/queue?tab=turn");
  const place = async () => Number(/(\d+) of/.exec(await page.locator("#work .bar .num").innerText())?.[1]);
  const start = await place();
  await say(page, "desk:busy");
  await page.keyboard.press("j");
  await page.keyboard.press("Control+k");
  await expect(page.locator("#palette li").first()).toBeVisible();
  await say(page, "desk:done");
  await page.keyboard.press("Escape");
  await expect.poll(place).toBe(start + 1);
  await page.keyboard.press("j");
  await expect.poll(place).toBe(start + 2);
});

test("what is pressed after a ? that waits goes to its dialog, and Escape shuts that", async () => {
  await page.goto("/collections/1/queue?tab=turn");
  const place = async () => Number(/(\d+) of/.exec(await page.locator("#work .bar .num").innerText())?.[1]);
  const start = await place();
  await say(page, "desk:busy");
  for (const key of ["?", "j", "Escape", "j"]) await page.keyboard.press(key);
  await say(page, "desk:done");
  await expect.poll(place).toBe(start + 1);
  await expect(page.locator("#keysheet")).toBeHidden();
});

test("the key bar is one line, lists what works, and stays one line when an act reports", async () => {
  for (const path of ["/collections/1/queue?tab=candidates", "/articles/3", "/collections/1/queue?tab=turn"]) {
    await page.goto(path);
    const bar = page.locator(".keybar");
    expect((await bar.boundingBox())!.height).toBeLessThan(40);
    const dead = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>(".keybar .keys > span:not([hidden])")].flatMap(shown =>
        shown.dataset["for"]!.split(" ").some(act =>
          [...document.querySelectorAll(`[data-act~="${act}"]`)].some(e => e.getClientRects().length > 0),
        )
          ? []
          : [shown.dataset["for"]],
      ),
    );
    expect(dead, `${path}: keys that do nothing`).toEqual([]);
  }
  await page.goto("/collections/1/queue?tab=candidates");
  await page.keyboard.press("a");
  await expect(page.locator("#status")).toContainText("accepted");
  expect((await page.locator(".keybar").boundingBox())!.height).toBeLessThan(40);
});

test("at the ends of a list the key bar names only what goes on", async () => {
  for (let n = 0; n < 3; n++) await claimFrom(one, persian, "حدود ۹ گیگابایت", `ادعای پایان ${n}`);
  const bar = page.locator(".keybar .keys > span:not([hidden])", { hasText: /next|previous/ });
  const shown = () =>
    bar.evaluateAll(all => all.map(each => (each as HTMLElement).innerText.replace(/\s+/g, " ").trim()));
  await page.goto("/collections/1/queue?tab=turn");
  await expect.poll(shown).toEqual(["j next"]);
  await page.keyboard.press("j");
  await expect.poll(shown).toEqual(["j k next, previous"]);
  await page.goto("/collections/1/claims?state=open");
  await expect(page.locator("#rows a:focus")).toHaveCount(1);
  await expect.poll(shown).toEqual(["j next"]);
  await page.keyboard.press("j");
  await expect.poll(shown).toEqual(["j k next, previous"]);
  await page.locator("#rows tbody tr").last().locator("a").first().focus();
  await expect.poll(shown).toEqual(["k previous"]);
});
