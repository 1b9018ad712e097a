// Builds web/dist: the script of every page, those that it loads at their first use (src/later.ts), the style sheets,
// the fonts they name (fonts.mjs), and manifest.json, which maps the plain names ("app.js") to the hashed ones. The
// server serves hashed files for a year and reads the manifest at start.
import { build } from "esbuild";
import { readFile, readdir, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { minify } from "terser";
import { fontSheets } from "./fonts.mjs";

const root = dirname(fileURLToPath(import.meta.url));
const dist = join(root, "dist");

const { dir: fontDir, sheets } = await fontSheets();

const fonts = {
  name: "fonts",
  setup(b) {
    b.onResolve({ filter: /^fonts:/ }, args => ({ path: args.path.slice("fonts:".length), namespace: "fonts" }));
    b.onLoad({ filter: /.*/, namespace: "fonts" }, args => ({
      contents: sheets[args.path],
      loader: "css",
      resolveDir: fontDir,
    }));
  },
};

/**
 * htmx without hx-on, which is code in markup: the policy of our pages refuses to run any. To look for it in all
 * attributes of what comes took a tenth of the time of making it ready. A release of htmx that has it elsewhere ends
 * the build (docs/adr/0599-nothing-stands-between-a-press-and-its-paint.md).
 */
const htmx = {
  name: "htmx",
  setup(b) {
    b.onLoad({ filter: /htmx\.esm\.js$/ }, async ({ path }) => {
      let contents = await readFile(path, "utf8");
      for (const part of [
        / {12}this\.#hxOnQuery = .*\n/,
        / {12}let hxOnNodes = \[root\];\n[^]*?\n {12}\}\n/,
        / {8}#handleHxOnAttributes\(node\) \{\n[^]*?\n {8}\}\n/,
      ]) {
        if (!part.test(contents)) throw new Error(`htmx has no ${part}: look for hx-on in ${path}`);
        contents = contents.replace(part, "");
      }
      return { contents, loader: "js" };
    });
  },
};

for (const name of await readdir(dist)) {
  if (name !== ".keep") await rm(join(dist, name), { recursive: true });
}

const result = await build({
  absWorkingDir: root,
  entryPoints: [
    { in: "src/app.ts", out: "app" },
    { in: "styles/app.css", out: "desk" },
    { in: "fonts:arabic", out: "fonts" },
    { in: "fonts:latin", out: "latin" }, // which no page names: a report holds it in itself
    { in: "fonts:han", out: "han" },
    { in: "fonts:rare", out: "rare" },
  ],
  outdir: dist,
  bundle: true,
  minify: true,
  format: "esm",
  splitting: true, // what is imported when it is used is a file of its own
  target: ["chrome123", "firefox121", "safari17.5"],
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".woff2": "file" },
  plugins: [fonts, htmx],
  metafile: true,
  logLevel: "warning",
});

// What esbuild makes small Terser makes smaller: 3 % of the packed script.
for (const name of await readdir(dist)) {
  if (!name.endsWith(".js")) continue;
  const plain = await readFile(join(dist, name), "utf8");
  const { code } = await minify(plain, { module: true, ecma: 2020, compress: { passes: 3, ecma: 2020 } });
  await writeFile(join(dist, name), code);
}

const manifest = {};
const later = new Set(); // scripts that another one names, and no page
for (const [path, output] of Object.entries(result.metafile.outputs)) {
  for (const { path: other, kind } of output.imports) if (kind === "dynamic-import") later.add(other);
  // What app.ts shares with a file that it loads later would come in a third one, and every page would wait for it.
  const waits = output.imports.filter(({ kind }) => kind === "import-statement");
  if (output.entryPoint === "src/app.ts" && waits.length > 0) {
    throw new Error(`app.js imports ${waits.map(({ path }) => path)}: give what both need as an argument`);
  }
}
for (const [path, output] of Object.entries(result.metafile.outputs)) {
  if (!output.entryPoint || later.has(path)) continue;
  const file = basename(path);
  manifest[file.replace(/-[A-Z0-9]{8}(\.\w+)$/, "$1")] = file;
}
// Beside each text lies its packed form, so that the server packs none: brotli for today's browsers, gzip for others.
for (const name of await readdir(dist)) {
  if (!/\.(js|css|svg)$/.test(name)) continue;
  const plain = await readFile(join(dist, name));
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
  await writeFile(join(dist, name + ".br"), brotliCompressSync(plain, quality));
  const packing = { level: constants.Z_BEST_COMPRESSION, memLevel: 7 }; // for script a little smaller than with more
  await writeFile(join(dist, name + ".gz"), gzipSync(plain, packing));
}
await writeFile(join(dist, "manifest.json"), JSON.stringify(manifest, null, 2) + "\n");
for (const [plain, file] of Object.entries(manifest)) console.log(`${plain} -> ${file}`);
