// What is kept of a set's outside documents goes out as WACZ where an editor let it, and an independent reader, npm's
// warcio, takes it: its records, their digests, and the places that the index names.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { inflateRawSync } from "node:zlib";
import { expect, test } from "@playwright/test";
import { WARCParser, getSurt } from "warcio";
import { buildWorld, claimFrom, document, japanese, reviewAs, type World } from "./world.ts";

let world: World;
test.beforeAll(async () => {
  world = await buildWorld();
});
test.afterAll(async () => {
  await world.bench.stop();
});

/** The files of a ZIP, as its directory names them. */
function unzip(zip: Buffer): Map<string, Buffer> {
  const out = new Map<string, Buffer>();
  let at = zip.readUInt32LE(zip.lastIndexOf("PK\x05\x06", undefined, "latin1") + 16);
  while (zip.readUInt32LE(at) === 0x02014b50) {
    const [method, packed] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)];
    const [name, extra, note] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)];
    const local = zip.readUInt32LE(at + 42);
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(from, from + packed);
    out.set(zip.toString("utf8", at + 46, at + 46 + name), method === 8 ? inflateRawSync(bytes) : bytes);
    at += 46 + name + extra + note;
  }
  return out;
}

const sha256 = (bytes: Uint8Array) => `sha256:${createHash("sha256").update(bytes).digest("hex")}`;

/** A digest as WARC files have it: base32, with what fills it up. */
function base32(bytes: Uint8Array): string {
  let bits = "";
  for (const b of createHash("sha256").update(bytes).digest()) bits += b.toString(2).padStart(8, "0");
  const fives = bits.match(/.{1,5}/g) ?? [];
  const letters = fives.map(five => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[parseInt(five.padEnd(5, "0"), 2)]);
  return `sha256:${letters.join("").padEnd(56, "=")}`;
}

interface Line {
  url: string;
  digest: string;
  offset: string;
  length: string;
  filename: string;
}

test("an editor lets the captures go, and warcio reads what goes out", async ({ browser }) => {
  const editor = world.hands["editor-1"];
  const claim = await claimFrom(world.hands["reviewer-1"], japanese, "ロシア", "ロシアの関与");
  const item = await document(world.hands["reviewer-1"], claim.id);
  await editor.post(`/evidence/${item.id}/capture`, {
    name: "charges.html",
    media: "text/html; charset=utf-8",
    content: Buffer.from(
      '<!DOCTYPE html><html lang="en"><title>Charges</title><main><p>They said it on Monday. ' +
        "Seven nationals charged.</p></main></html>",
    ).toString("base64"),
  });
  for (const who of ["reviewer-1", "reviewer-2"] as const)
    await reviewAs(world.hands[who], claim, "corroborated", [item]);
  const second = world.hands["editor-2"];
  const { rounds } = await second.get<{ rounds: { items: { decision: { version: number } }[] } }>(
    `/claims/${claim.id}/approve`,
  );
  await second.post(`/claims/${claim.id}/approvals`, {
    version: rounds.items[0]!.decision.version,
    reason: "primary_document",
    explanation: "The document says so.",
  });
  const set = await editor.post("/collections/1/sets", { title: "Kept" });
  const filled = await editor.post(`/sets/${set.id}/claims`, { version: set.version, claims: [claim.id] });
  const page = await (await editor.window(browser)).newPage();
  await page.goto(`/sets/${set.id}`);
  const box = page.getByLabel("Captures go with the export");
  await expect(box).not.toBeChecked();
  await box.check();
  await page.getByRole("button", { name: "Keep", exact: true }).click();
  await expect(box).toBeChecked();
  await editor.post(`/sets/${set.id}/freeze`, { version: filled.version + 1 });
  await page.goto(`/sets/${set.id}`);
  await page.getByLabel("Captures of outside documents, WACZ").check();
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save the export" }).click(),
  ]);
  expect(file.suggestedFilename()).toBe(`claim-set-${set.id}-version-1.wacz`);
  const files = unzip(readFileSync(await file.path()));

  const said = JSON.parse(files.get("datapackage.json")!.toString());
  expect(said).toMatchObject({ profile: "data-package", wacz_version: "1.1.1", title: "Kept" });
  const digest = JSON.parse(files.get("datapackage-digest.json")!.toString());
  expect(digest.hash).toBe(sha256(files.get("datapackage.json")!));
  expect(said.resources.map((r: { path: string }) => r.path).sort()).toEqual(
    [...files.keys()].filter(name => !name.startsWith("datapackage")).sort(),
  );
  for (const r of said.resources) {
    expect(r.hash, r.path).toBe(sha256(files.get(r.path)!));
    expect(r.bytes).toBe(files.get(r.path)!.length);
  }
  const [head, only, ...more] = files.get("pages/pages.jsonl")!.toString().trim().split("\n").map(l => JSON.parse(l));
  expect(head.format).toBe("json-pages-1.0");
  expect(more).toEqual([]);

  const lines = files.get("indexes/captures-0001.cdx")!.toString().trim().split("\n");
  const index = lines.map(l => JSON.parse(l.slice(l.indexOf("{"))) as Line);
  expect(index.map(l => l.url)).toEqual([only.url]);
  expect(lines[0]!.split(" ")[0]).toBe(getSurt(only.url));
  const archive = files.get("archive/captures-0001.warc.gz")!;
  const kinds: string[] = [];
  const parser = new WARCParser([archive], { parseHttp: false });
  for await (const record of parser) {
    const block = await record.readFully(false);
    kinds.push(record.warcType!);
    expect(record.warcBlockDigest, record.warcType!).toBe(base32(block));
    const named = index.filter(l => Number(l.offset) === parser.offset);
    const isDocument = record.warcTargetURI === only.url && record.warcType !== "metadata";
    expect(named.length, record.warcType!).toBe(isDocument ? 1 : 0);
    for (const l of named) {
      expect(`${l.filename} ${l.url}`).toBe(`captures-0001.warc.gz ${record.warcTargetURI}`);
      expect(Buffer.from(block).toString()).toContain("Seven nationals charged.");
      const one = new WARCParser([archive.subarray(Number(l.offset), Number(l.offset) + Number(l.length))]);
      expect((await one.parse())!.warcTargetURI).toBe(l.url);
    }
  }
  expect(kinds).toContain("resource");

  // of a set that does not say so nothing goes out, and nobody of another collection gets it
  const refused = await editor.http.post(`/sets/${world.sets.frozen}/export`, { data: { format: "wacz" } });
  expect(refused.status()).toBe(409);
  await page.context().close();
});
