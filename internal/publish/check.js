// The check that a report can make of itself (docs/claimset.md, The report checks itself). It needs no server: all that
// it reads stands in this file. It trusts this file, and so this script: whoever changed the one can change the other.
(() => {
  "use strict";
  const $ = (css, within = document) => within.querySelector(css);
  const $$ = (css, within = document) => [...within.querySelectorAll(css)];
  const file = JSON.parse($("#proof").textContent);
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

  // Words, as the program says them.
  const digits = [...file.words.digits];
  const numeral = n => String(n).replace(/[0-9]/g, d => digits[d]);
  const say = (key, pairs = {}) => {
    let out = file.words[key] ?? key;
    for (const [name, value] of Object.entries(pairs)) {
      const said = typeof value === "number" ? numeral(value) : value;
      out = out.replaceAll(`{${name}}`, () => (name === "name" ? `\u2068${said}\u2069` : said));
    }
    return out;
  };
  const dayOf = text => {
    const day = text.slice(0, 10);
    const [, y, m, d] = /^(\d{4})-(\d\d)(?:-(\d\d))?$/.exec(day) ?? [];
    const real = new Date(`${y}-${m}-${d ?? "01"}T00:00:00Z`);
    if (!y || Number.isNaN(+real) || real.getUTCMonth() + 1 !== +m) return day;
    const pairs = d ? { d: +d } : {};
    return say(d ? "date" : "month of", { ...pairs, m: +m, y: +y, month: say(`month ${+m}`) });
  };

  // What a text of the set looks like in a page.
  const shown = text => text.replace(/\r\n?/g, "\n").replaceAll("\0", "\ufffd");
  const linesOf = text => text.split("\n").map(line => line.trim()).filter(line => line !== "").join("\n");
  const linesIn = element => [...element.children].map(child => child.textContent).join("\n");
  const readable = address => {
    try {
      return decodeURIComponent(new URL(address).href);
    } catch {
      return address;
    }
  };

  /** The values of an object in their order, each with the names that lead to it. {} is a text that the page prints. */
  const flatten = (value, path, out) => {
    const below = (name, inner) => flatten(inner, path === "" ? name : `${path}/${name}`, out);
    if (value === null) out.push([path, "z"]);
    else if (typeof value === "string") out.push([path, "s" + value]);
    else if (typeof value === "number") out.push([path, "n" + value]);
    else if (typeof value === "boolean") out.push([path, value ? "t" : "f"]);
    else if (Array.isArray(value) && value.length === 0) out.push([path, "["]);
    else if (Object.keys(value).length === 0) out.push([path, null]);
    else for (const [name, inner] of Object.entries(value)) below(name, inner);
    return out;
  };

  /** What the page has to say in an element that prints no value as it is. */
  const expected = (kind, of, v, n, all) => {
    const text = path => v.get(of + path)?.slice(1) ?? "";
    const number = path => Number(text(path));
    const host = url => /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#:]+)/i.exec(url)?.[1].replace(/^www\./, "");
    switch (kind) {
      case "method":
        return [say("method", { n: number("version") })];
      case "step":
        return [say(text("name"))];
      case "rating":
        return [`(${text("rating")})`];
      case "place":
        return [say("place", { i: n + 1, n: all })];
      case "claim":
        return [say("claim", { n: number("claim") })];
      case "set":
        return [say("set", { set: number("set"), n: number("version") })];
      case "claims":
        return [say("claims", { n: all })];
      case "frozen":
        return [dayOf(text("frozen_at"))];
      case "mark":
        return [{ corroborated: "✓ ", disputed: "✗ ", unverified: "? " }[text("verdict")]];
      case "ruling":
        return [`${say(text("verdict"))}: ${say(text("reason"))}.`];
      case "stance":
        return [say(text("stance"))];
      case "kind":
        return [say("kind " + text("kind"))];
      case "origin":
        return [text("origin") === "" ? say("noorigin") : say("origin", { name: text("origin") })];
      case "reply": {
        const who = text("role") === "" ? text("asked") : `${text("asked")} (${text("role")})`;
        const late = text("until") < file.head.frozen_at.slice(0, 10);
        const key = { answered: "answered", declined: "declined" }[text("outcome")];
        const how = key ?? (text("outcome") === "silent" || late ? "silent" : "waits");
        const day = dayOf(text(key ? "answered_on" : "until"));
        return [say("reply " + how, { name: who, asked: dayOf(text("asked_on")), day })];
      }
      case "also": {
        const name = text("publisher") || (host(text("url")) ?? say("nosource"));
        const day = text("day");
        return [day === "" ? say("also", { name }) : say("also on", { name, day: dayOf(day) })];
      }
      case "saidby":
        return [say("saidby", { name: text("attribution") })];
      case "name": {
        const name = v.has(of + "source")
          ? text("byline") === "" ? text("source") : `${text("source")}, ${text("byline")}`.replace(/^, /, "")
          : text("publisher");
        return name === "" ? [say("nosource"), host(text("url"))] : [name];
      }
      case "day":
        return [v.has(of + "source") ? dayOf(text("published")) : say("read", { day: dayOf(text("read_on")) })];
      case "decided": {
        const people = file.head.people;
        if (people === "none") return [""];
        const by = text("adjudicator") !== "" && people === "names";
        let how = text("how") === "rule" ? say("agreed") : say("differed");
        if (text("how") !== "rule" && by) how = say("differedby", { name: text("adjudicator") });
        const day = dayOf(text("approved_at"));
        const named = people === "names" && text("approver") !== "";
        return [`${how} ${named ? say("approvedby", { name: text("approver"), day }) : say("approved", { day })}`];
      }
    }
    return [];
  };

  /** Whether a page of Markdown has its letters and no others; what may be left out are addresses and list numbers. */
  const renders = (element, source) => {
    const letters = text => text.replace(/[^\p{L}\p{M}\p{N}]/gu, "");
    const entity = document.createElement("textarea");
    const plain = source.replace(/&#?\w+;/g, sign => ((entity.innerHTML = sign), entity.value));
    const has = letters(element.textContent);
    const all = letters(plain);
    if (!/[<&]|\]\(|\]:|```|~~~|^[\s>*+-]*\d+[.)]/m.test(source)) return has === all;
    let at = 0;
    for (let i = 0; i < all.length && at < has.length; i++) if (all[i] === has[at]) at++;
    return at === has.length;
  };

  /** Compares what a part of the page prints with the values; gives the paths of what differs. */
  const compare = (part, v, n, all) => {
    const wrong = [];
    const known = "[data-f],[data-l],[data-m],[data-x],[data-k],[data-free],script";
    const paths = new Set();
    for (const e of $$(known, part)) {
      const { f, l, m, x, k, of = "" } = e.dataset;
      const path = f ?? l ?? m;
      const value = v.get(path)?.slice(1);
      if (path !== undefined && (paths.has(path) || value === undefined)) wrong.push(path);
      else if (f !== undefined && e.textContent !== shown(value)) wrong.push(path);
      else if (l !== undefined && linesIn(e) !== linesOf(shown(value))) wrong.push(path);
      else if (m !== undefined && !renders(e, shown(value))) wrong.push(path);
      else if (x !== undefined && !expected(x, of, v, n, all).map(s => s && shown(s)).includes(e.textContent))
        wrong.push(of + x);
      else if (k !== undefined && e.textContent !== say(k)) wrong.push(k);
      if (path !== undefined) paths.add(path);
    }
    for (const a of $$("a[href]", part)) {
      const to = a.getAttribute("href");
      if (to !== "#ZgotmplZ" && readable(to) !== readable(a.textContent) && !a.closest("[data-free],[data-m]"))
        wrong.push(a.textContent);
    }
    const walk = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode())
      if (!/^[\s.,:·…]*$/u.test(node.data) && !node.parentElement.closest(known))
        wrong.push(`“${node.data.trim()}”`);
    return wrong;
  };

  const field = (salt, value) => sha(["claimbench field 2\n", salt, value]);

  /** Checks one claim: gives its leaf, and what is wrong, or nothing when its words are withheld. */
  const claim = async (article, n, all) => {
    const data = JSON.parse($(":scope > script", article).textContent);
    if (!data.secret) return { leaf: from64(data.leaf) };
    const printed = new Map($$("[data-f],[data-l]", article).map(e => [e.dataset.f ?? e.dataset.l, e]));
    const missing = [];
    const marked = [];
    const fields = flatten(data.claim, "", []).map(([path, value], i) => {
      if (value !== null) return [path, value];
      marked.push(i);
      const e = printed.get(path) ?? printed.get(path.replace(/^quotation\//, "stretches/0/"));
      if (!e) missing.push(path);
      return [path, "s" + (e ? (e.dataset.l === undefined ? e.textContent : linesIn(e)) : "")];
    });
    const secret = await subtle.importKey("raw", from64(data.secret), "AES-CTR", false, ["encrypt"]);
    const counter = { name: "AES-CTR", counter: new Uint8Array(16), length: 64 };
    const salts = new Uint8Array(await subtle.encrypt(counter, secret, new Uint8Array(16 * fields.length)));
    const hashes = await Promise.all(fields.map(([, value], i) => field(salts.subarray(16 * i, 16 * i + 16), value)));
    const leaf = await sha([
      "\0claimbench claim 1\n",
      ...fields.flatMap(([path], i) => [path + " ", hashes[i]]),
    ]);
    const sums = marked.filter((i, j) => to64(hashes[i].subarray(0, 3)) !== data.sums.slice(4 * j, 4 * j + 4));
    const wrong = [...missing, ...sums.map(i => fields[i][0]), ...compare(article, new Map(fields), n, all)];
    if (wrong.length === 0 && to64(leaf) !== data.leaf) wrong.push(say("claim", { n: data.claim.claim }));
    return { leaf: from64(data.leaf), wrong: [...new Set(wrong)] };
  };

  // The tree of RFC 6962.
  const node = (left, right) => sha([Uint8Array.of(1), left, right]);
  const rootOf = async leaves => {
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

  // The method that the set is bound to: the event of the freeze has its hash, which is of all of it.
  const methodWithheld = /\[(?:taken down|erased)\]/.test(JSON.stringify(file.head.method ?? ""));
  const methodHash = async method => {
    const hex = bytes => [...bytes].map(b => b.toString(16).padStart(2, "0")).join("");
    const fields = flatten(method, "", []).filter(([path]) => path !== "sha256");
    const hashes = await Promise.all(fields.map(async ([path, value]) => `${path} ${hex(await sha([value]))}\n`));
    return hex(await sha(["claimbench method 1\n", ...hashes]));
  };

  /** Checks what is said of the set, and that the history holds it; gives what is wrong. */
  const set = async leaves => {
    const wrong = [];
    const { event, root } = file.freeze;
    if (to64(await rootOf(leaves)) !== root) wrong.push(say("checklist"));
    const own = { n: "version" };
    const method = { method: "sha256", method_n: "version" };
    const value = (kind, name) => {
      if (name === "root") return root;
      if (name === "claims") return String(leaves.length);
      const v = method[name] ? file.head.method?.[method[name]] : file.head[own[name] ?? name];
      return name === "frozen_at" ? micros(v) : String(v);
    };
    const [origin, size, top] = file.head.checkpoint.split("\n");
    const path = file.inclusion.map(from64);
    const found = await rootBy(path, await eventLeaf(event, value), event.seq - 1, Number(size));
    const right = event.action === "claimset.frozen" && event.object === `claimset:${file.head.set}`;
    if (!found || to64(found) !== top || !right) wrong.push(say("checkset"));
    if (file.head.method && !methodWithheld && (await methodHash(file.head.method)) !== file.head.method.sha256)
      wrong.push("method");
    const head = new Map(flatten(file.head, "", []));
    for (const part of $$("[data-head]")) wrong.push(...compare(part, head, 0, leaves.length));
    const title = shown(file.head.title + (file.head.publisher ? " · " + file.head.publisher : ""));
    if (document.title !== title.trim().replace(/[\t\n\f\r ]+/g, " ")) wrong.push("title");
    return { wrong: [...new Set(wrong)], origin };
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

  const out = $("#found");
  const line = (words, within = out, name = "p") => {
    const e = document.createElement(name);
    e.textContent = words;
    within.append(e);
    return e;
  };

  /** Says of a claim what was found, beside it. */
  const beside = (article, words, good) => {
    $(":scope > .checked", article)?.remove();
    const e = line(words, article);
    e.className = good ? "small checked" : "note checked";
    e.dataset.free = "";
  };

  const check = async () => {
    const articles = $$("main > article");
    for (const old of $$(".checked")) old.remove();
    const leaves = [];
    const bad = [];
    let withheld = 0;
    for (const [n, article] of articles.entries()) {
      if (n % 50 === 0) out.textContent = say("place", { i: n, n: articles.length });
      let found;
      try {
        found = await claim(article, n, articles.length);
      } catch {
        found = { leaf: new Uint8Array(32), wrong: [say("checkdata")] };
      }
      leaves.push(found.leaf);
      const name = article.id.split("-").at(-1);
      if (!found.wrong) {
        withheld += 1;
        beside(article, say("checkwithheld"), false);
      } else if (found.wrong.length === 0) beside(article, say("checkright"), true);
      else {
        bad.push([article, say("claim", { n: Number(name) }), found.wrong]);
        beside(article, say("checkwrong", { what: found.wrong.join(", ") }), false);
      }
    }
    const of = await set(leaves);
    const key = $("#key").value;
    const [sign, holds] = await signature(key);
    out.textContent = "";
    const good = bad.length === 0 && of.wrong.length === 0 && holds;
    line(good ? say("checkgood", { n: articles.length - withheld }) : say("checkbad"), out, "strong");
    if (of.wrong.length > 0) line(say("checkwrong", { what: of.wrong.join(", ") }));
    for (const [article, name, wrong] of bad.slice(0, 200)) {
      const a = document.createElement("a");
      a.href = "#" + article.id;
      a.textContent = name;
      line(": " + wrong.join(", ")).prepend(a);
    }
    if (good && withheld > 0) line(say("checkpart", { n: withheld }));
    if (methodWithheld) line(say("checkmethod"));
    line(say(sign, { name: of.origin }));
    if (holds && sign === "sigholds" && file.key && key.trim() === file.key) line(say("sigown"));
    if ($("[data-free=older]")) line(say("checkolder"));
    out.dataset.found = good ? "right" : "wrong";
  };

  const button = $("#check-file");
  if (!subtle) out.textContent = say("checknever");
  else {
    $("#self").hidden = false;
    button.addEventListener("click", async () => {
      button.disabled = true;
      try {
        await check();
      } catch (error) {
        out.textContent = `${say("checkbad")} ${say("checkdata")} (${error.message})`;
        out.dataset.found = "wrong";
      }
      button.disabled = false;
    });
  }
})();
