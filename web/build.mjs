// Builds web/dist: one script, two style sheets, the fonts they name, and manifest.json, which maps the plain
// names ("app.js") to the hashed ones. The server serves hashed files for a year and reads the manifest at start.
import { build } from "esbuild";
import { readFile, readdir, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const root = dirname(fileURLToPath(import.meta.url));
const dist = join(root, "dist");

// Which subsets of each font are served, and under which family tokens.css asks for them. Latin runs keep the
// reader's own system face, so no Latin subset is taken.
const faces = [
  { dir: "vazirmatn", family: "Vazirmatn", keep: file => file.includes("-arabic-") && !file.includes("latin") },
  { dir: "noto-naskh-arabic", family: "Noto Naskh Arabic", keep: file => file.startsWith("noto-naskh-arabic-arabic-") },
  { dir: "noto-sans-jp", family: "Noto Sans JP", keep: file => /^noto-sans-jp-\d+-/.test(file) },
];

/** The @font-face rules of the packages, cut to the subsets kept, as one style sheet. */
async function fontSheet() {
  const rules = [];
  for (const face of faces) {
    const dir = join(root, "node_modules", "@fontsource-variable", face.dir);
    const css = await readFile(join(dir, "wght.css"), "utf8");
    for (const rule of css.match(/@font-face\s*{[^}]*}/g) ?? []) {
      const file = rule.match(/url\(\.\/files\/([^)]+)\)/)?.[1];
      if (!file || !face.keep(file)) continue;
      rules.push(
        rule
          .replace(/font-family:\s*'[^']*'/, `font-family: '${face.family}'`)
          .replace(`./files/${file}`, join(dir, "files", file)),
      );
    }
    if (!rules.some(rule => rule.includes(face.family))) throw new Error(`no subset of ${face.dir} was kept`);
  }
  return rules.join("\n");
}

const fonts = {
  name: "fonts",
  setup(b) {
    b.onResolve({ filter: /^fonts$/ }, () => ({ path: "fonts.css", namespace: "fonts" }));
    b.onLoad({ filter: /.*/, namespace: "fonts" }, async () => ({
      contents: await fontSheet(),
      loader: "css",
      resolveDir: root,
    }));
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
    { in: "fonts", out: "fonts" },
  ],
  outdir: dist,
  bundle: true,
  minify: true,
  format: "esm",
  target: ["chrome123", "firefox121", "safari17.5"],
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".woff2": "file" },
  plugins: [fonts],
  metafile: true,
  logLevel: "warning",
});

const manifest = {};
for (const [path, output] of Object.entries(result.metafile.outputs)) {
  if (!output.entryPoint) continue;
  const file = basename(path);
  manifest[file.replace(/-[A-Z0-9]{8}(\.\w+)$/, "$1")] = file;
}
// Beside each text lies its packed form, so that the server packs none: brotli for today's browsers, gzip for others.
for (const name of await readdir(dist)) {
  if (!/\.(js|css|svg)$/.test(name)) continue;
  const plain = await readFile(join(dist, name));
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
  await writeFile(join(dist, name + ".br"), brotliCompressSync(plain, quality));
  await writeFile(join(dist, name + ".gz"), gzipSync(plain, { level: constants.Z_BEST_COMPRESSION }));
}
await writeFile(join(dist, "manifest.json"), JSON.stringify(manifest, null, 2) + "\n");
for (const [plain, file] of Object.entries(manifest)) console.log(`${plain} -> ${file}`);
