// How long a key takes to be seen in the queue of 1,000 claims, and what a first visit of it costs.
//   npx --no-install playwright test --config measure.config.ts speed
// The claims are those of bench/fill, made in seconds without the server; CLAIMS says how many, 1000 if not said.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { type CDPSession, type Page, expect, test } from "@playwright/test";
import { type Bench, startBench } from "../tests/server.ts";
import { Hand } from "../tests/world.ts";

const claims = Number(process.env["CLAIMS"] ?? 1000);
const presses = Number(process.env["PRESSES"] ?? 100);
const lines: string[] = [];
let bench: Bench;
let one: Hand;

test.beforeAll(async () => {
  test.setTimeout(600_000);
  bench = await startBench(false, file =>
    execFileSync(
      "go",
      ["run", "./bench/fill", "--claims", String(claims), "--database", `sqlite:${file}`, "--verify=false"],
      { cwd: join(import.meta.dirname, "..", ".."), stdio: ["ignore", "ignore", "inherit"] },
    ),
  );
  one = await Hand.of(bench.url, "reviewer-1");
});
test.afterAll(async () => {
  await bench.stop();
  for (const line of lines) console.log(line);
});

/** Notes, for every press, the time until what it changed was painted. */
async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen = window as unknown as { took: number[] };
    seen.took = [];
    let at = 0;
    addEventListener("keydown", event => (at = event.timeStamp), true);
    const painted = () => {
      if (at === 0) return;
      const from = at;
      at = 0;
      requestAnimationFrame(() => {
        const channel = new MessageChannel(); // after the frame
        channel.port1.onmessage = () => seen.took.push(performance.now() - from);
        channel.port2.postMessage(0);
      });
    };
    document.addEventListener("htmx:after:swap", event => {
      const target = (event as CustomEvent<{ ctx?: { target?: Element } }>).detail.ctx?.target;
      if (target?.id === "work" || target?.id === "view") painted();
    });
    document.addEventListener("change", painted); // a verdict
  });
}

async function took(page: Page): Promise<string> {
  const all = await page.evaluate(() => (window as unknown as { took: number[] }).took);
  all.sort((a, b) => a - b);
  const at = (share: number) => Math.round(all[Math.min(all.length - 1, Math.floor(all.length * share))] ?? NaN);
  return `p50 ${at(0.5)} ms, p98 ${at(0.98)} ms (n ${all.length})`;
}

async function press(page: Page, keys: string[], pause: number): Promise<void> {
  for (let n = 0; n < presses; n++) {
    await page.keyboard.press(keys[n % keys.length]!);
    await page.waitForTimeout(pause); // the pace is a person's
  }
}

test("key to paint", async ({ browser }) => {
  test.setTimeout(600_000);
  const page = await (await one.window(browser, { viewport: { width: 1440, height: 900 } })).newPage();
  const cdp: CDPSession = await page.context().newCDPSession(page);
  for (const rate of [1, 4]) {
    await page.goto("/collections/1/queue?tab=turn");
    await expect(page.locator("[data-work]")).toBeVisible();
    await cdp.send("Emulation.setCPUThrottlingRate", { rate });
    await watch(page);
    await press(page, ["j"], 250);
    lines.push(`j in the queue, ${claims} claims, CPU 1/${rate}: ${await took(page)}`);
    await watch(page);
    await press(page, ["1", "Escape", "2", "Escape", "3", "Escape"], 120);
    lines.push(`verdict in the queue, CPU 1/${rate}: ${await took(page)}`);
    await cdp.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  }
});

test("a first visit", async ({ browser }) => {
  const page = await (await one.window(browser, { viewport: { width: 1440, height: 900 } })).newPage();
  const cdp: CDPSession = await page.context().newCDPSession(page);
  await cdp.send("Network.enable");
  const kinds = new Map<string, string>();
  const bytes: Record<string, number> = {};
  cdp.on("Network.responseReceived", event => kinds.set(event.requestId, event.type));
  cdp.on("Network.loadingFinished", event => {
    const kind = kinds.get(event.requestId) ?? "other";
    bytes[kind] = (bytes[kind] ?? 0) + event.encodedDataLength;
  });
  await page.goto("/collections/1/queue?tab=turn");
  await expect(page.locator("[data-work]")).toBeVisible();
  await page.waitForTimeout(2_000); // fonts, and what is fetched ahead; the stream of news never ends
  const all = Object.values(bytes).reduce((sum, n) => sum + n, 0);
  const parts = Object.entries(bytes).map(([kind, n]) => `${kind} ${Math.round(n / 1000)}`);
  lines.push(`first visit of the queue: ${Math.round(all / 1000)} kB (${parts.join(", ")})`);
});
