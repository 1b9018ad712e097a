// What a report proves of itself, in the bytes of docs/claimset.md and docs/history.md: leaves, paths, signatures.
const reportProof = file => {
  const subtle = globalThis.crypto?.subtle;

  // Bytes.
  const utf8 = text => new TextEncoder().encode(text);
  const from64 = text => Uint8Array.from(atob(text), c => c.charCodeAt(0));
  const to64 = bytes => btoa(String.fromCharCode(...bytes));
  const sha = async parts => {
    const all = parts.map(part => (typeof part === "string" ? utf8(part) : part));
    const whole = new Uint8Array(all.reduce((n, part) => n + part.length, 0));
    let at = 0;
    for (const part of all) {
      whole.set(part, at);
      at += part.length;
    }
    return new Uint8Array(await subtle.digest("SHA-256", whole));
  };
  const hash = async text => to64(await sha([text]));

  const hole = value => typeof value === "object" && value !== null && !Array.isArray(value) &&
    Object.keys(value).length === 0;

  /** The values of an object in their order, each with the names that lead to it. */
  const flatten = (value, path, out) => {
    const below = (name, inner) => flatten(inner, path === "" ? name : `${path}/${name}`, out);
    if (value === null) out.push([path, "z"]);
    else if (typeof value === "string") out.push([path, "s" + value]);
    else if (typeof value === "number") out.push([path, "n" + value]);
    else if (typeof value === "boolean") out.push([path, value ? "t" : "f"]);
    else if (Array.isArray(value) && value.length === 0) out.push([path, "["]);
    else for (const [name, inner] of Object.entries(value)) below(name, inner);
    return out;
  };
  /** An object with a text in the place of each {}. */
  const fill = (value, path, text) => {
    if (hole(value)) return text(path);
    if (Array.isArray(value)) return value.map((inner, i) => fill(inner, `${path}/${i}`, text));
    if (typeof value !== "object" || value === null) return value;
    const under = name => (path === "" ? name : `${path}/${name}`);
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, fill(inner, under(name), text)]));
  };

  const field = (salt, value) => sha(["claimbench field 2\n", salt, value]);

  // What can be withheld of a claim since it was frozen, and what then stands in its place: internal/proof/withheld.go.
  const marked = value => value === "s[taken down]" || value === "s[erased]";
  const articleWords = new RegExp(
    "^(evidence/\\d+/)?(?:(?:(?:quotation|stretches/\\d+)/)?(?:exact|prefix|suffix)|around/(?:before|after)|" +
      "(?:hedge|differences)(?:/\\d+)?|statement|attribution|(?:glosses|brackets)/\\d+/words)$");
  const ownWords = new RegExp(
    "^(?:explanation|(?:decision|reviews/\\d+)/rationale|replies/\\d+/(?:asked|role|words)|" +
      "already_checked/\\d+/(?:publisher|url|rating|day)|" +
      "evidence/\\d+/(?:origin|url|archived_url|note|title|publisher))$");
  const erasable = new RegExp(
    "^(?:statement|attribution|(?:quotation|stretches/\\d+)/(?:exact|prefix|suffix)|(?:glosses|brackets)/\\d+/words|" +
      "(?:evidence/\\d+/)?(?:around/(?:before|after)|article/(?:title|byline|url))|" +
      "evidence/\\d+/(?:exact|prefix|suffix|protected|differences/\\d+))$");
  const ofSource = /^(evidence\/\d+\/)(origin|url|archived_url|note|title|publisher|read_on|lang|capture|captured_on|published)$/;

  /** Makes the leaf of a claim of which words are withheld; gives what is wrong, and what is withheld. */
  const withoutWords = async (proofs, printed) => {
    const by = new Map(printed);
    const [parts, wrong, withheld, opened, left] = [["\0claimbench claim 1\n"], [], [], new Set(), new Set()];
    const may = path => {
      const value = by.get(path);
      const [, object, member] = ofSource.exec(path) ?? [];
      const why = by.get(object + "protected") ?? "";
      const ofCapture = ["capture", "captured_on", "published"].includes(member); // of which nothing is printed
      const instead = ofCapture ? undefined : ({ read_on: "s", lang: "sund" }[member] ?? "s[protected]");
      if (object && by.get(object + "withheld") === "t" && why.length > 1 && value === instead) return true;
      if (ownWords.test(path) && marked(value)) return true;
      if (erasable.test(path) && value === "s[erased]") return true;
      const [words, at = ""] = articleWords.exec(path) ?? [];
      if (words === undefined || by.get(at + "withheld") !== "t") return false;
      if (value === "s" || (path.includes("around/") && value === undefined)) return true;
      const list = path.replace(/\/\d+$/, "");
      left.add(list);
      return by.get(list) === "[";
    };
    for (const f of proofs) {
      if (f.salt !== undefined) {
        if (!by.has(f.path) || f.hash !== undefined || opened.has(f.path)) wrong.push(f.path);
        opened.add(f.path);
        parts.push(f.path + " ", await field(from64(f.salt), by.get(f.path) ?? ""));
        continue;
      }
      if (!may(f.path)) wrong.push(f.path);
      withheld.push(f.path);
      left.add(f.path);
      parts.push(f.path + " ", from64(f.hash));
    }
    const scopes = new Set(withheld.map(path => articleWords.exec(path)).filter(Boolean).map(m => m[1] ?? ""));
    for (const [path, value] of printed) {
      const [, scope] = /^(.*\/)?(?:withheld|protected)$/.exec(path) ?? [];
      const flag = path.endsWith("withheld") || (path.endsWith("/protected") && by.get(scope + "withheld") === "t");
      const stands = flag ? by.get((scope ?? "") + "withheld") === "t" && scopes.has(scope ?? "") : left.has(path);
      if (!opened.has(path) && !stands) wrong.push(path);
      const [words, at = ""] = articleWords.exec(path) ?? [];
      if (words !== undefined && by.get(at + "withheld") === "t" && value !== "s" && value !== "[") wrong.push(path);
    }
    return { leaf: await sha(parts), wrong, withheld };
  };

  /** Makes the leaf of a claim of which every field is opened; gives which of the texts of the page are others. */
  const whole = async (data, printed, holes) => {
    const secret = await subtle.importKey("raw", from64(data.secret), "AES-CTR", false, ["encrypt"]);
    const counter = { name: "AES-CTR", counter: new Uint8Array(16), length: 64 };
    const salts = new Uint8Array(await subtle.encrypt(counter, secret, new Uint8Array(16 * printed.length)));
    const hashes = await Promise.all(printed.map(([, value], i) => field(salts.subarray(16 * i, 16 * i + 16), value)));
    const marks = printed.map(([path], i) => [path, i]).filter(([path]) => holes.has(path));
    const wrong = marks.filter(([, i], j) => to64(hashes[i].subarray(0, 3)) !== data.sums.slice(4 * j, 4 * j + 4));
    const leaf = await sha(["\0claimbench claim 1\n", ...printed.flatMap(([path], i) => [path + " ", hashes[i]])]);
    return { leaf, wrong: wrong.map(([path]) => path), withheld: [] };
  };

  // The tree of RFC 6962.
  const node = (left, right) => sha([Uint8Array.of(1), left, right]);
  const rootOf = async leaves => {
    if (leaves.length === 0) return sha([]);
    if (leaves.length === 1) return leaves[0];
    let k = 1;
    while (2 * k < leaves.length) k *= 2;
    return node(await rootOf(leaves.slice(0, k)), await rootOf(leaves.slice(k)));
  };
  const rootBy = async (path, leaf, index, size) => {
    let [at, last, hash] = [index, size - 1, leaf];
    for (const step of path) {
      if (last === 0) return;
      if (at % 2 === 1 || at === last) {
        hash = await node(step, hash);
        while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
      } else hash = await node(hash, step);
      [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
    }
    return last === 0 ? hash : undefined;
  };

  /** The leaf of the event that froze the set (docs/history.md, version 2). */
  const eventLeaf = async (e, values) => {
    const text = (name, value) => `${name} ${utf8(String(value)).length} ${value}\n`;
    const hash = (name, base64) => (base64 === undefined ? `${name} -\n` : `${name} 44 ${base64}\n`);
    const group = async (kind, domain, g) => {
      if (!g) return undefined;
      if (g.hash) return g.hash;
      const parts = ["claimbench fields 2\n"];
      for (const name of Object.keys({ ...g.salts, ...g.hashes }).sort()) {
        const salt = g.salts?.[name];
        const h = salt ? await sha([domain, from64(salt), values(kind, name)]) : from64(g.hashes[name]);
        parts.push(name + " ", h);
      }
      return to64(await sha(parts));
    };
    const after = await group("after", "claimbench field 2\n", e.after);
    const texts = await group("texts", "claimbench text 1\n", e.texts);
    return sha([
      "\0claimbench event 2\n" + text("seq", e.seq) + text("at", e.at) + hash("user", e.user) +
        hash("name", e.name.hash) + hash("token", e.token) + text("role", e.role) + text("via", e.via) +
        text("request", e.request) + text("batch", e.batch) + text("action", e.action) + text("object", e.object) +
        text("collection", e.collection) + text("veil", e.veil) + hash("before", e.before) + hash("after", after) +
        hash("texts", texts),
    ]);
  };

  const micros = t => String(BigInt(Date.parse(t.slice(0, 19) + "Z")) * 1000n + BigInt(t.slice(20, 26)));

  const methodHash = async method => {
    const hex = bytes => [...bytes].map(b => b.toString(16).padStart(2, "0")).join("");
    const fields = flatten(method, "", []).filter(([path]) => path !== "sha256");
    const hashes = await Promise.all(fields.map(async ([path, value]) => `${path} ${hex(await sha([value]))}\n`));
    return hex(await sha(["claimbench method 1\n", ...hashes]));
  };


  /** Whether a key signed the checkpoint: what to say of it, and whether that is well. */
  const signature = async key => {
    const note = file.head.checkpoint;
    const end = note.lastIndexOf("\n\n");
    const [, name, id, base64] = /^(.+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(key.trim()) ?? [];
    if (!name) return ["signokey", true];
    let bytes;
    try {
      bytes = from64(base64);
    } catch {
      return ["signokey", true];
    }
    const sum = await sha([name + "\n", bytes]);
    const hex = [...sum.subarray(0, 4)].map(b => b.toString(16).padStart(2, "0")).join("");
    if (bytes.length !== 33 || bytes[0] !== 1 || hex !== id) return ["signokey", true];
    const by = note.slice(end + 2).split("\n").filter(line => line.startsWith(`— ${name} `));
    const lines = by.map(line => from64(line.split(" ").at(-1)));
    const signed = lines.find(bytes => to64(bytes.subarray(0, 4)) === to64(sum.subarray(0, 4)));
    if (!signed) return ["sigother", false];
    try {
      const verifier = await subtle.importKey("raw", bytes.subarray(1), "Ed25519", false, ["verify"]);
      const holds = await subtle.verify("Ed25519", verifier, signed.subarray(4), utf8(note.slice(0, end + 1)));
      return [holds ? "sigholds" : "sigfalse", holds];
    } catch {
      return ["signever", true]; // this browser knows no Ed25519
    }
  };
  /** Whose signatures of the checkpoint are not the log's: they are not checked here. */
  const others = origin => {
    const note = file.head.checkpoint;
    const lines = note.slice(note.lastIndexOf("\n\n") + 2).split("\n").filter(line => line !== "");
    return lines.map(line => line.split(" ")[1] ?? line).filter(name => name !== origin);
  };

  return { sha, hash, from64, to64, hole, flatten, fill, marked, withoutWords, whole, rootOf, rootBy, eventLeaf, micros,
    methodHash, signature, others };
};
