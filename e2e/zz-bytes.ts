import { chromium } from "@playwright/test";
import { startBench } from "./tests/server.ts";
import { signIn } from "./tests/people.ts";
const bench = await startBench(true);
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox","--disable-gpu"] });
for (const path of process.argv.slice(2)) {
  const p0 = await signIn(browser, bench.url, "reviewer-1", { viewport: { width: 1440, height: 900 } });
  const state = await p0.context().storageState();
  await p0.context().close();
  const ctx = await browser.newContext({ baseURL: bench.url, storageState: state, viewport: { width: 1440, height: 900 } });
  const page = await ctx.newPage();
  const cdp = await ctx.newCDPSession(page);
  await cdp.send("Network.enable");
  const kinds = new Map<string,string>(); const bytes: Record<string, number> = {}; let fonts = 0; const names: string[] = [];
  cdp.on("Network.responseReceived", (e: any) => { kinds.set(e.requestId, e.type); if (e.type === "Font") { fonts++; names.push(e.response.url.split("/").pop()); } });
  cdp.on("Network.loadingFinished", (e: any) => { const k = kinds.get(e.requestId) ?? "other"; bytes[k] = (bytes[k] ?? 0) + e.encodedDataLength; });
  await page.goto(path); await page.waitForTimeout(2500);
  const chars = await page.evaluate(() => { const c = new Set((document.body.innerText).match(/[\u3000-\u9fff\uff00-\uffef]/g) ?? []); return [...c].join(""); });
  console.log(path, Math.round(Object.values(bytes).reduce((a,b)=>a+b,0)/1000), JSON.stringify(bytes), fonts, "distinct ja", chars.length);
  console.log(names.join(" ").replace(/-wght-normal-\w+.woff2/g,"")); console.log(chars);
  await ctx.close();
}
await browser.close(); await bench.stop();
