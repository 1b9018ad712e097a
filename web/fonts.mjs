// Makes the fonts that are served from those of the packages: cut to the letters that a script needs, at the two
// weights that the styles use, and in parts so small that a page of Japanese loads little more than its own signs. It
// is done once: what is made lies in .cache, under a name made of this file and the packages' versions.
import { createHash } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import subset from "subset-font";

const here = fileURLToPath(import.meta.url);
const modules = join(dirname(here), "node_modules");
const text = [400, 500]; // what is not bold: one file serves both
const bold = [600, 900];

// Arabic, Persian, Urdu, Kurdish, Pashto, Uyghur, and the joiners and signs that stand between their letters. Letters
// of two files do not join, so the whole block is in one.
const arabic = ["600-6ff", "200c-200f", "2010-2011", "204f", "25cc", "2e41", "fd3e-fd3f", "fdf2", "fdfc"];

// Latin letters of reports, which hold their fonts in themselves (internal/publish): pages keep the reader's own. It is
// a family of its own, or a browser would look for bold Japanese in it and nowhere else in the family.
const latin = { dir: "noto-sans-jp", family: "Noto Sans JP Latin", parts: ["latin", "latin-ext"] };

const sheets = {
  // Few files, so every page names them; a browser fetches one when it meets a letter of its range.
  arabic: [
    { dir: "vazirmatn", family: "Vazirmatn", file: "vazirmatn-arabic-wght-normal.woff2" },
    { dir: "noto-naskh-arabic", family: "Noto Naskh Arabic", file: "noto-naskh-arabic-arabic-wght-normal.woff2" },
  ],
  // Hundreds of ranges, so only a page with such text asks for the sheet, and for the sheet of the rare signs only one
  // that holds any (src/fonts.ts).
  han: [{ dir: "noto-sans-jp", family: "Noto Sans JP" }],
};

// No text of ours stands upright or asks for other shapes of a sign, so the tables for that are left out. Bold is made
// of the one weight by the browser, as is usual for these scripts.
const plain = {
  noHinting: true,
  keepFeatures: [],
  dropTables: ["BASE", "GDEF", "GPOS", "GSUB", "STAT", "VORG", "vhea", "vmtx"],
};
const firstCommon = 58; // the publisher's slices: from this one on those of the common signs, in parts of
const signsOfPart = 17; // signs: fewer bytes for a page, more requests
const signsOfRare = 75;

/** The style sheets by name, each with its rules; the files that they name lie beside them. */
export async function fontSheets() {
  const dir = join(dirname(here), ".cache", "fonts-" + (await keyOfAll()));
  const made = await readFile(join(dir, "sheets.json"), "utf8").catch(() => undefined);
  if (made) return { dir, sheets: JSON.parse(made) };
  const making = `${dir}.${process.pid}`;
  await mkdir(making, { recursive: true });
  const out = { latin: await latinSheet(making), arabic: await arabicSheet(making), ...(await hanSheets(making)) };
  await writeFile(join(making, "sheets.json"), JSON.stringify(out));
  await rm(dir, { recursive: true, force: true });
  await rename(making, dir);
  return { dir, sheets: out };
}

async function keyOfAll() {
  const sum = createHash("sha256").update(await readFile(here));
  for (const face of Object.values(sheets).flat()) sum.update(await readFile(join(dirOf(face), "package.json")));
  return sum.digest("hex").slice(0, 16);
}

function dirOf(face) {
  return join(modules, "@fontsource-variable", face.dir);
}

async function arabicSheet(dir) {
  const rules = [];
  for (const face of sheets.arabic) {
    const font = await readFile(join(dirOf(face), "files", face.file));
    for (const weights of [text, bold]) {
      const made = await subset(font, signs(pointsOf(arabic)), {
        targetFormat: "woff2",
        noHinting: true,
        variationAxes: { wght: weights[0] },
      });
      const name = `${face.dir}-${weights[0]}.woff2`;
      await writeFile(join(dir, name), made);
      rules.push(rule(face.family, weights, name, arabic));
    }
  }
  return rules.join("\n");
}

async function latinSheet(dir) {
  const css = await readFile(join(dirOf(latin), "wght.css"), "utf8");
  const rules = [];
  for (const part of latin.parts) {
    const file = `${latin.dir}-${part}-wght-normal.woff2`;
    const [whole] = [...css.matchAll(/@font-face\s*{[^}]*}/g)].find(([rule]) => rule.includes(`/${file})`));
    const ranges = /unicode-range:([^;}]+)/.exec(whole)[1].replaceAll("U+", "").toLowerCase().split(",");
    const font = await readFile(join(dirOf(latin), "files", file));
    for (const weights of [text, bold]) {
      const wght = weights === text ? 400 : 700;
      const made = await subset(font, signs(pointsOf(ranges)), {
        targetFormat: "woff2",
        noHinting: true,
        variationAxes: { wght },
      });
      const name = `${latin.dir}-${part}-${wght}.woff2`;
      await writeFile(join(dir, name), made);
      rules.push(rule(latin.family, weights, name, ranges.map(range => range.trim())));
    }
  }
  return rules.join("\n");
}

async function hanSheets(dir) {
  const [face] = sheets.han;
  const css = await readFile(join(dirOf(face), "wght.css"), "utf8");
  const out = { han: "", rare: "" };
  for (const [whole] of css.matchAll(/@font-face\s*{[^}]*}/g)) {
    const [, file, slice] = /url\(\.\/files\/(noto-sans-jp-(\d+)-[^)]+)\)/.exec(whole) ?? [];
    if (!file) continue; // Latin runs keep the reader's own face
    const points = pointsOf(/unicode-range:([^;}]+)/.exec(whole)[1].replaceAll("U+", "").split(","));
    const font = await readFile(join(dirOf(face), "files", file));
    const one = await subset(font, signs(points), { ...plain, targetFormat: "truetype", variationAxes: { wght: 400 } });
    for (const [n, part] of partsOf(points, slice >= firstCommon ? signsOfPart : signsOfRare).entries()) {
      const name = `noto-sans-jp-${slice}-${n}.woff2`;
      await writeFile(join(dir, name), await subset(one, signs(part), { ...plain, targetFormat: "woff2" }));
      out[slice >= firstCommon ? "han" : "rare"] += rule(face.family, [100, 500], name, rangesOf(part)) + "\n";
    }
  }
  if (!out.han || !out.rare) throw new Error(`no part of ${face.dir} was found`);
  return out;
}

/** A slice in parts. Kana and punctuation stand together on every page, so they stay together. */
function partsOf(points, size) {
  const kana = points.filter(point => point < 0x3400 || (point >= 0xf000 && point < 0x10000));
  const rest = points.filter(point => !kana.includes(point));
  const out = kana.length > 0 ? [kana] : [];
  const each = Math.ceil(rest.length / Math.max(1, Math.round(rest.length / size)));
  for (let at = 0; at < rest.length; at += each) out.push(rest.slice(at, at + each));
  return out;
}

function rule(family, [light, heavy], file, ranges) {
  return (
    `@font-face{font-family:"${family}";font-style:normal;font-display:swap;font-weight:${light} ${heavy};` +
    `src:url("./${file}") format("woff2");unicode-range:${ranges.map(range => "U+" + range).join(",")}}`
  );
}

/** The points of ranges as style sheets write them: "600-6ff". */
function pointsOf(ranges) {
  return ranges.flatMap(range => {
    const [first, last = first] = range.trim().split("-").map(hex => Number.parseInt(hex, 16));
    return Array.from({ length: last - first + 1 }, (_, n) => first + n);
  });
}

function rangesOf(points) {
  const out = [];
  for (const point of [...points].sort((a, b) => a - b)) {
    const before = out.at(-1);
    if (before && before[1] === point - 1) before[1] = point;
    else out.push([point, point]);
  }
  return out.map(([first, last]) => first.toString(16) + (last > first ? "-" + last.toString(16) : ""));
}

function signs(points) {
  return points.map(point => String.fromCodePoint(point)).join("");
}
