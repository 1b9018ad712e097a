// The check that a report can make of itself (docs/claimset.md, The report checks itself). It needs no server: all that
// it reads stands in this file. It trusts this file, and so this script: whoever changed the one can change the other.
(() => {
  // What stands in the file may bear the names of members of document: none is asked by its name there.
  const of = (name, ...args) => {
    const member = Reflect.get(Document.prototype, name, document);
    return typeof member === "function" ? member.apply(document, args) : member;
  };
  const top = of("documentElement");
  const $ = (css, within = top) => within.querySelector(css);
  const $$ = (css, within = top) => [...within.querySelectorAll(css)];
  const own = of("currentScript").textContent;
  const proofText = $("#proof").textContent;
  const file = JSON.parse(proofText);
  const subtle = globalThis.crypto?.subtle;
  const page = reportPage(file, $$);
  const { say, bound } = page;
  const { sha, hash, from64, to64, flatten, fill, marked, ...proof } = reportProof(file);

  const linesIn = element => [...element.children].map(child => child.textContent).join("\n");
  const only = (object, names) => Object.keys(object).every(name => names.includes(name));
  const isDay = day => day === undefined || /^(?:\d{4}-\d\d-\d\d)?$/.test(day);
  const isEdition = e => only(e, ["version", "day"]) && Number.isInteger(e.version) && isDay(e.day);
  const isRuling = was => only(was, ["verdict", "reason"]) && file.older?.length > 0 &&
    ["corroborated", "disputed", "unverified"].includes(was.verdict) && /^[a-z_]+$/.test(was.reason) &&
    Object.hasOwn(file.words, was.reason);

  // What this script put into the page.
  const ours = new Set();
  const line = (words, within = $("#found"), name = "p") => {
    const e = of("createElement", name);
    e.textContent = words;
    within.append(e);
    ours.add(e);
    return e;
  };
  const isScript = e => e.nodeName === "SCRIPT";

  /** Checks one claim: gives its leaf, what is wrong, and what of it is withheld. */
  const claim = async (article, n, all) => {
    const script = [...article.children].findLast(isScript);
    const data = JSON.parse(script.textContent);
    const leaf = from64(data.leaf);
    const printed = new Map();
    for (const e of $$("[data-f],[data-l]", article)) {
      const path = e.dataset.f ?? e.dataset.l;
      if (!printed.has(path)) printed.set(path, e);
    }
    const wrong = [];
    const holes = new Set();
    const claim = fill(data.claim, "", path => {
      const e = printed.get(path) ?? printed.get(path.replace(/^quotation\//, "stretches/0/"));
      holes.add(path);
      if (!e) wrong.push(path);
      return e ? (e.dataset.l === undefined ? e.textContent : linesIn(e)) : "";
    });
    if (!only(data, ["leaf", data.secret ? "secret" : "fields", "sums", "claim", "was"])) wrong.push(say("checkdata"));
    const fields = flatten(claim, "", []);
    const found = data.secret ? await proof.whole(data, fields, holes) : await proof.withoutWords(data.fields, fields);
    wrong.push(...found.wrong);
    const was = data.was && isRuling(data.was) ? data.was : undefined;
    if (data.was && !was) wrong.push(say("checkdata"));
    const built = page.parsed(page.claimHTML(article, claim, n, all, was)).firstElementChild;
    wrong.push(...page.compare(article, built, "", ours, isScript));
    if (to64(found.leaf) !== data.leaf && wrong.length === 0) wrong.push(say("claim", { n: claim.claim }));
    if (wrong.length > 0) return { leaf, wrong, withheld: [], article };
    // From here on the page shows what was built of what is proved.
    $("script", built).textContent = script.textContent;
    const fresh = of("importNode", built, true);
    article.replaceWith(fresh);
    if (page.shadowed(article)) wrong.push("shadowrootmode");
    return { leaf, wrong, withheld: found.withheld, article: fresh };
  };

  // The method that the set is bound to: the event of the freeze has its hash, which is of all of it.
  const method = file.head.method;
  const methodWithheld = method !== undefined && marked("s" + method.words);
  /** What is said of the set and not proved by the event of its freeze; those that are withheld stand in withheld. */
  const headWrong = (event, withheld) => {
    const fixed = { format: "claimbench/claimset/1", offsets: "code points of the raw text, end exclusive" };
    const opens = (kind, name) => typeof event[kind]?.salts?.[name] === "string";
    const as = { version: "n", "method/sha256": "method", "method/version": "method_n" };
    const wrong = [];
    for (const [path, value] of flatten(file.head, "", [])) {
      const name = as[path] ?? path;
      if (opens("after", name) || opens("texts", name) || path === "set" || path === "checkpoint") continue;
      if (path in fixed && value === "s" + fixed[path]) continue;
      if (path.startsWith("method/") && opens("after", "method")) continue;
      if (["title", "publisher", "note", "address"].includes(path) && marked(value)) withheld.push(path);
      else wrong.push(path);
    }
    for (const name of ["root", "claims"]) if (!opens("after", name)) wrong.push(name);
    const bound = "method" in { ...event.after?.salts, ...event.after?.hashes };
    if (bound !== (method !== undefined)) wrong.push("method");
    const plain = methodWithheld && (method.lang !== "" || method.scale.length > 0 || Object.keys(method).length !== 5);
    if (plain) wrong.push("method");
    return wrong;
  };

  /** Checks what is said of the set, and that the history holds it; gives what is wrong. */
  const set = async leaves => {
    const wrong = [];
    const withheld = [];
    const { event, root } = file.freeze;
    if (to64(await proof.rootOf(leaves)) !== root) wrong.push(say("checklist"));
    const value = (kind, name) => {
      if (name === "root") return root;
      if (name === "claims") return String(leaves.length);
      const v = { n: file.head.version, method: method?.sha256, method_n: method?.version }[name] ?? file.head[name];
      return name === "frozen_at" ? proof.micros(v) : String(v);
    };
    const [origin, size, first] = file.head.checkpoint.split("\n");
    const path = file.inclusion.map(from64);
    const found = await proof.rootBy(path, await proof.eventLeaf(event, value), event.seq - 1, Number(size));
    const right = event.action === "claimset.frozen" && event.object === `claimset:${file.head.set}`;
    if (!found || to64(found) !== first || !right) wrong.push(say("checkset"));
    wrong.push(...headWrong(event, withheld));
    if (method && !methodWithheld && (await proof.methodHash(method)) !== method.sha256) wrong.push("method");
    return { wrong, withheld, origin };
  };

  /** What of the file's data no such report has: of words, of other versions, of the key. */
  const dataWrong = async () => {
    const wrong = [];
    const names = ["form", "lang", "head", "freeze", "inclusion", "handovers", "key", "older", "by", "dropped",
      "other_signs", "words"];
    const words = Object.entries(file.words).map(([key, words]) => `${key}\t${words}\n`).join("");
    if (!only(file, names) || file.form !== bound.form) wrong.push(say("checkdata"));
    if (!Object.hasOwn(bound.words, file.lang) || (await hash(words)) !== bound.words[file.lang]) wrong.push("words");
    const older = [...(file.older ?? []), ...(file.by ? [file.by] : [])];
    const numbers = [...(file.dropped ?? []), file.other_signs ?? 0];
    if (!older.every(isEdition) || !numbers.every(Number.isInteger)) wrong.push(say("checkdata"));
    if (!/^(?:\S+\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+)?$/.test(file.key ?? "")) wrong.push("key");
    return wrong;
  };

  /** What of the style sheet is not that of a report. */
  const styleWrong = async ({ plain, fonts }) => {
    let after = -1;
    for (const rule of fonts) {
      const sum = to64((await sha([rule])).subarray(0, 12));
      const at = bound.fonts.indexOf(sum);
      if (at <= after) return ["<style> @font-face"];
      after = at;
    }
    if (fonts.length > 0 && bound.fonts[0] !== to64((await sha([fonts[0]])).subarray(0, 12))) return ["<style>"];
    return (await hash(plain)) === bound.styles[file.lang] ? [] : ["<style>"];
  };

  /** The whole file but for what stands in its claims: the elements that have to be, with empty ones for the claims. */
  const expected = (articles, fonts, policy) => {
    const rendered = $("[data-m]");
    const { before, behind } = page.aroundHTML(articles.length, fonts, rendered ? rendered.innerHTML : "");
    const scripts = page.script(`${page.JSON_TYPE} id="proof"`) + page.script();
    const body = page.parsed(`<main>${before}${behind}</main>${scripts}`);
    const head = page.parsed("").ownerDocument.head;
    head.innerHTML = page.headHTML(policy);
    const behindAll = "main > [data-free]:not([aria-labelledby]), main > .claim";
    $(behindAll, body).before(...articles.map(article => article.cloneNode(false)));
    const self = $("#self", body);
    if (!$("#self")?.hidden) self.removeAttribute("hidden");
    $("#check-file", body).disabled = $("#check-file")?.disabled;
    return { head, body };
  };

  /** What stands around the claims and is not as it has to be. Where all is, the page then shows what was built. */
  const around = async articles => {
    const style = page.styleParts($("head > style")?.textContent ?? "");
    const policy = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; script-src 'sha256-" +
      `${await hash(own)}'; base-uri 'none'; form-action 'none'`;
    const { head, body } = expected(articles, style.families, policy);
    const opaque = e => isScript(e) || e.matches("style, article, [data-m]");
    const compare = (is, has) => page.compare(is, has, "", ours, opaque);
    const wrong = [...(await styleWrong(style)), ...compare(of("head"), head), ...compare(of("body"), body)];
    const scripts = $$("body > script").map(e => e.textContent);
    if (scripts.length !== 2 || scripts[0] !== proofText || scripts[1] !== own) wrong.push("script");
    const attributes = [...top.attributes].map(a => `${a.name}=${a.value}`).sort().join(" ");
    if (attributes !== `dir=${file.lang === "fa" || file.lang === "ar" ? "rtl" : "ltr"} lang=${file.lang}`)
      wrong.push("<html>");
    const nodes = [...of("childNodes")].map(n => n.nodeName).join(" ");
    if (nodes !== "html HTML" || of("compatMode") !== "CSS1Compat" || top.children.length !== 2) wrong.push("<html>");
    const rendered = $("[data-m]");
    if (method && rendered) wrong.push(...page.renderedWrong(rendered, method.words));
    return { wrong, body };
  };

  /** Shows the page that was built in the place of the one that is the same. */
  const renew = (built, articles) => {
    const old = of("body");
    const [key, focused] = [$("#key").value, old.contains(of("activeElement"))];
    const fresh = of("importNode", built, true);
    for (const [i, place] of $$("main > article", fresh).entries()) place.replaceWith(articles[i]);
    const scripts = $$("body > script"); // which have run, and so do not run again
    for (const [i, place] of [...fresh.children].filter(isScript).entries()) place.replaceWith(scripts[i]);
    top.replaceChild(fresh, old);
    $("#key").value = key;
    if (focused) $("#check-file").focus();
    return page.shadowed(old) ? ["shadowrootmode"] : [];
  };

  /** Says of a claim what was found, beside it. */
  const beside = (article, words, good) => {
    const e = line(words, article);
    e.className = good ? "small checked" : "note checked";
  };

  const early = $("#found").outerHTML === '<div class="screen" id="found" role="status"></div>' ? [] : ["#found"];
  const check = async () => {
    for (const e of ours) e.remove();
    ours.clear();
    delete $("#found").dataset.found;
    const articles = $$("main > article");
    const leaves = [];
    const results = [];
    const progress = line("");
    for (const [n, article] of articles.entries()) {
      if (n % 50 === 0) progress.textContent = say("place", { i: n, n: articles.length });
      let found;
      try {
        found = await claim(article, n, articles.length);
      } catch {
        found = { leaf: new Uint8Array(32), wrong: [say("checkdata")], withheld: [], article };
      }
      leaves.push(found.leaf);
      results.push(found);
    }
    const shownNow = results.map(found => found.article);
    const about = await set(leaves);
    about.wrong.push(...early, ...(await dataWrong()));
    try {
      const outside = await around(shownNow);
      about.wrong.push(...outside.wrong);
      if (about.wrong.length === 0) about.wrong.push(...renew(outside.body, shownNow));
    } catch (error) {
      about.wrong.push(`${say("checkdata")} (${error.message})`);
    }
    progress.remove();
    await tell(results, about);
  };

  /** Says what was found. */
  const tell = async (results, about) => {
    const key = $("#key").value;
    const [sign, holds] = await proof.signature(key);
    const bad = results.filter(found => found.wrong.length > 0);
    const part = results.filter(found => found.withheld.length > 0);
    const good = bad.length === 0 && about.wrong.length === 0 && holds;
    const all = part.length === 0 && about.withheld.length === 0 && !methodWithheld;
    const list = what => [...new Set(what)].slice(0, 20).join(", ");
    for (const { article, wrong, withheld } of results)
      if (wrong.length > 0) beside(article, say("checkwrong", { what: list(wrong) }), false);
      else if (withheld.length > 0) beside(article, say("checkwithheld", { what: list(withheld) }), false);
      else beside(article, say("checkright"), true);
    line(good ? say(all ? "checkgood" : "checkpartly", { n: results.length - part.length }) : say("checkbad"),
      undefined, "strong");
    if (about.wrong.length > 0) line(say("checkoutside", { what: list(about.wrong) }));
    for (const { article, wrong } of bad.slice(0, 200)) {
      const a = of("createElement", "a");
      a.href = "#" + article.id;
      a.textContent = say("claim", { n: Number(article.id.split("-").at(-1)) || 0 });
      line(": " + list(wrong)).prepend(a);
    }
    if (good && part.length > 0) line(say("checkpart", { n: part.length }));
    if (about.withheld.length > 0) line(say("checkwithheld", { what: list(about.withheld) }));
    if (methodWithheld) line(say("checkmethod"));
    line(say(sign, { name: about.origin }));
    if (holds && sign === "sigholds" && file.key && key.trim() === file.key) line(say("sigown"));
    if (proof.others(about.origin).length > 0) line(say("sigmore", { name: list(proof.others(about.origin)) }));
    if (file.older?.length || file.by) line(say("checkolder"));
    $("#found").dataset.found = good ? (all ? "right" : "part") : "wrong";
  };

  if (!subtle) line(say("checknever"));
  else {
    $("#self").hidden = false;
    top.addEventListener("click", async event => {
      const button = event.target.closest?.("#check-file");
      if (!button || button.disabled) return;
      button.disabled = true;
      try {
        await check();
      } catch (error) {
        line(`${say("checkbad")} ${say("checkdata")} (${error.message})`);
        $("#found").dataset.found = "wrong";
      }
      $("#check-file").disabled = false;
    });
  }
})();
