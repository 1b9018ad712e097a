"use strict";
// What the page of a report has to be, by what was proved of its set: report.html again, in the language of a browser
// (docs/claimset.md, The report checks itself). Of the file it believes neither words, style nor fonts: bound, which
// the program that made the report put here, has their hashes.
const reportPage = (file, $$) => {
  const bound = BOUND;
  const lang = file.lang;
  const ltr = { rtl: new Set(bound.rtl), base: new Set(bound.base) };

  // Words, as the program says them.
  const digits = [...file.words.digits];
  const numeral = n => String(n).replace(/[0-9]/g, d => digits[d]);
  const say = (key, pairs = {}) => {
    let out = Object.hasOwn(file.words, key) ? file.words[key] : key;
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
  const dirOf = code => (ltr.rtl.has(code) || ltr.base.has(code) || ltr.base.has(code.split("-")[0]) ? "rtl" : "ltr");

  // How a page writes texts.
  const shown = text => text.replace(/\r\n?/g, "\n").replaceAll("\0", "\ufffd");
  const signs = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;" };
  const esc = text => shown(String(text)).replace(/[&<>"']/g, c => signs[c]);
  const edge = "[\\t\\n\\v\\f\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+";
  const edges = new RegExp(`^${edge}|${edge}$`, "g");
  const trim = line => line.replace(edges, "");
  const linesOf = text => text.split("\n").map(trim).filter(line => line !== "");
  const paragraphs = text => linesOf(text).map(line => `<p dir="auto">${esc(line)}</p>`).join("");
  const breakable = address => {
    let [out, run] = ["", 0];
    for (const c of shown(address)) {
      if (++run > 16) [out, run] = [out + "<wbr>", 1];
      out += esc(c);
      if ("/?&=".includes(c)) [out, run] = [out + "<wbr>", 0];
    }
    return out;
  };
  /** An address as html/template puts it into a link. */
  const href = address => {
    const [, scheme] = /^([^/]*?):/.exec(address) ?? [];
    if (scheme !== undefined && !/^(?:https?|mailto)$/i.test(scheme)) return "#ZgotmplZ";
    const kept = /%[0-9a-f]{2}|[A-Za-z0-9\-._~!#$&*+,/:;=?@[\]]/giy;
    let [out, at] = ["", 0];
    const hex = c => [...new TextEncoder().encode(c)].map(b => "%" + b.toString(16).padStart(2, "0")).join("");
    while (at < address.length) {
      kept.lastIndex = at;
      const found = kept.exec(address)?.[0] ?? String.fromCodePoint(address.codePointAt(at));
      out += kept.lastIndex > at ? found : hex(found);
      at += found.length;
    }
    return out;
  };

  // In a script no tag of a script may be written, nor the begin of a comment.
  const script = (more = "") => `<${"script"}${more}></${"script"}>`;
  const JSON_TYPE = ` type="application/json"`;

  // The marks of elements.
  const F = path => `data-f="${esc(path)}"`;
  const L = path => `data-l="${esc(path)}"`;
  const X = (kind, of = "") => `data-x="${kind}"` + (of && ` data-of="${esc(of)}"`);
  const K = key => `data-k="${key}"`;
  const words = (key, element, more = "") => `<${element} ${more}${K(key)}>${esc(say(key))}</${element}>`;
  const each = (list, make) => (list ?? []).map(make).join("");
  const when = (value, make) => (value ? make(value) : "");

  /** One of two texts, where the program knows more of an address than a browser: that which the page has. */
  const either = (article, of, one, other) => {
    const has = $$(`[data-x="name"]`, article).find(e => (e.dataset.of ?? "") === of)?.textContent;
    return other && has === shown(other) ? other : one;
  };
  const host = url => /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#:]+)/i.exec(url)?.[1].replace(/^www\./, "");

  const source = (article, s, of) => {
    const name = s.name || either(article, of, say("nosource"), host(s.url ?? ""));
    const link = (address, path) => `<a href="${esc(href(address))}"><bdi dir="ltr" ${F(of + path)}>` +
      `${breakable(address)}</bdi></a>`;
    return when(s.title, t => `<cite dir="auto" ${F(of + "title")}>${esc(t)}</cite>. `) +
      `<b dir="auto" ${X("name", of)}>${esc(name)}</b>` +
      when(s.day, day => `, <span ${X("day", of)}>${esc(day)}</span>`) + "." +
      when(s.url, url => " " + link(url, "url")) +
      when(s.archived, url => ` ${words("copy", "span")}: ${link(url, "archived_url")}`) +
      when(s.captured, text => ` <span ${X("capture", of)}>${esc(text)}</span>`);
  };
  const ofArticle = a => ({
    title: a.title,
    name: a.byline ? `${a.source}, ${a.byline}`.replace(/^, /, "") : a.source,
    day: dayOf(a.published),
    url: a.url,
  });
  const capturedOf = x => {
    const key = { exact: "captured", folded: "captured", not_found: "notcaptured" }[x.capture];
    return key && say(key, { day: dayOf(x.captured_on ?? "") });
  };
  const sourceOf = (article, x, of) =>
    x.article
      ? source(article, ofArticle(x.article), of + "article/")
      : source(article, { title: x.title, name: x.publisher, url: x.url, archived: x.archived_url,
          day: x.read_on && say("read", { day: dayOf(x.read_on) }), captured: capturedOf(x) }, of);

  const around = (e, path, inner) =>
    when(e.around?.before, t => `<span ${F(path + "around/before")}>${esc(t)}</span>`) + inner +
    when(e.around?.after, t => `<span ${F(path + "around/after")}>${esc(t)}</span>`);

  const item = article => (x, i) => {
    const of = `evidence/${i}/`;
    const origin = x.origin ? say("origin", { name: x.origin }) : say("noorigin");
    return `<li><p><strong ${X("stance", of)}>${esc(say(x.stance))}</strong> <span class="small">` +
      `<span ${X("kind", of)}>${esc(say("kind " + x.kind))}</span>.` +
      (x.protected ? "" : ` <bdi ${X("origin", of)}>${esc(origin)}</bdi>.`) + "</span></p>" +
      (x.protected
        ? `<p class="note">${words("protected", "span")} <bdi dir="auto" ${F(of + "protected")}>` +
          `${esc(x.protected)}</bdi></p></li>`
        : (x.exact
            ? `<blockquote lang="${esc(x.lang)}" dir="${dirOf(x.lang)}">` +
              around(x, of, `<mark ${F(of + "exact")}>${esc(x.exact)}</mark>`) + "</blockquote>"
            : words("withheld", "p", 'class="note" ')) +
          `<p class="small">${sourceOf(article, x, of)}</p>` +
          when(x.note, t => `<p dir="auto" ${F(of + "note")}>${esc(t)}</p>`) + "</li>");
  };

  const also = (x, i) => {
    const of = `already_checked/${i}/`;
    const name = x.publisher || null;
    const pairs = n => [n, x.day && x.day !== "[taken down]" ? dayOf(x.day) : ""];
    const said = ([n, day]) => (day ? say("also on", { name: n, day }) : say("also", { name: n }));
    const [one, other] = [name ?? say("nosource"), name ?? host(x.url ?? "")].map(n => n && said(pairs(n)));
    return article => {
      const has = $$(`[data-x="also"]`, article).find(e => e.dataset.of === of)?.textContent;
      return `<li><p><bdi ${X("also", of)}>${esc(other && has === shown(other) ? other : one)}</bdi>` +
        when(x.rating, t => `: <q dir="auto" ${F(of + "rating")}>${esc(t)}</q>`) +
        when(x.url, t => ". " + (t === "[taken down]"
          ? `<bdi ${F(of + "url")}>${esc(t)}</bdi>`
          : `<a href="${esc(href(t))}"><bdi dir="ltr" ${F(of + "url")}>${breakable(t)}</bdi></a>`)) + "</p></li>";
    };
  };

  const reply = (x, i) => {
    const of = `replies/${i}/`;
    const who = x.role ? `${x.asked} (${x.role})` : x.asked;
    const key = { answered: "answered", declined: "declined" }[x.outcome];
    const how = key ?? (x.outcome === "silent" || x.until < file.head.frozen_at.slice(0, 10) ? "silent" : "waits");
    const day = dayOf(key ? x.answered_on : x.until);
    return `<li><p dir="auto" ${X("reply", of)}>` +
      esc(say("reply " + how, { name: who, asked: dayOf(x.asked_on), day })) + "</p>" +
      when(x.words, t => `<blockquote dir="auto" ${L(of + "words")}>${paragraphs(t)}</blockquote>`) + "</li>";
  };

  const decided = d => {
    const people = file.head.people;
    if (people === "none") return "";
    let how = d.how === "rule" ? say("agreed") : say("differed");
    if (d.how !== "rule" && d.adjudicator && people === "names") how = say("differedby", { name: d.adjudicator });
    const day = dayOf(d.approved_at);
    const named = people === "names" && d.approver !== "";
    return `${how} ${named ? say("approvedby", { name: d.approver, day }) : say("approved", { day })}`;
  };

  const glossOf = e => {
    for (const want of [lang, "en"]) {
      if (want === e.lang) return "";
      const i = (e.glosses ?? []).findIndex(g => g.lang === want && g.words !== "");
      if (i >= 0)
        return `<p lang="${want}" dir="${dirOf(want)}" ${F(`glosses/${i}/words`)}>${esc(e.glosses[i].words)}</p>`;
    }
    return "";
  };

  /** Which of the words printed a machine wrote. */
  const machinesOf = e => {
    const gloss = [lang, "en"].find(want => want === e.lang || (e.glosses ?? []).some(g => g.lang === want && g.words));
    return each(e.by_machines ?? [], (m, i) => {
      if (m.of === "statement" ? !e.statement : m.of !== "gloss" || m.lang !== gloss || gloss === e.lang) return "";
      const name = !m.machine ? m.model : m.model ? `${m.machine} (${m.model})` : m.machine;
      return `<p class="small" dir="auto" ${X("machine", `by_machines/${i}/`)}>` +
        `${esc(say("machine " + m.of, { name }))}</p>`;
    });
  };

  /** A claim, the n-th of all, as the page has it; was is what an earlier version said of it. */
  const claimHTML = (article, e, n, all, was) => {
    const id = `set-${file.head.set}-claim-${e.claim}`;
    const number = esc(say("claim", { n: e.claim }));
    const of = e.stretches?.length ? e.stretches : [e.quotation];
    const quote = e.stretches?.length ? i => `stretches/${i}/exact` : () => "quotation/exact";
    const said = e.attribution && e.attribution !== "article" && say("saidby", { name: e.attribution });
    const corrected = was && (was.verdict !== e.verdict || was.reason !== e.reason);
    const from = source(article, ofArticle(e.article), "article/");
    const reasons = [...(e.reviews ?? []).map((r, i) => [r.rationale, `reviews/${i}/rationale`]),
      [e.decision.rationale, "decision/rationale"]];
    const once = reasons.filter(([t], i) => t && reasons.findIndex(([other]) => other === t) === i);
    const mark = { corroborated: "✓", disputed: "✗", unverified: "?" }[e.verdict] ?? "";
    return `<article class="claim" id="${esc(id)}" aria-labelledby="${esc(id)}-words">` +
      `<p class="small"><span ${X("place")}>${esc(say("place", { i: n + 1, n: all }))}</span> · ` +
      `<span ${X("claim")}>${number}</span></p>` +
      `<h2 id="${esc(id)}-words"` + (e.statement
        ? ` lang="${esc(e.lang)}" dir="${esc(e.dir)}" ${F("statement")}>${esc(e.statement)}`
        : ` ${X("claim")}>${number}`) + "</h2>" + glossOf(e) + machinesOf(e) +
      `<p class="verdict"><span aria-hidden="true" ${X("mark")}>${mark} </span>` +
      `<span ${X("ruling")}>${esc(`${say(e.verdict)}: ${say(e.reason)}.`)}</span></p>` +
      (corrected ? `<p class="note" data-free="older">${esc(say("was", { n: file.older[0].version,
        verdict: say(was.verdict), reason: say(was.reason) }))}</p>` : "") +
      when(e.explanation, t =>
        `<div lang="${esc(e.explanation_lang ?? "")}" ${L("explanation")}>${paragraphs(t)}</div>`) +
      words("said", "h3") + (e.quotation.exact
        ? `<figure><blockquote lang="${esc(e.lang)}" dir="${esc(e.dir)}">` +
          around(e, "", of.map((q, i) => `<mark ${F(quote(i))}>${esc(q.exact)}</mark>`).join(" … ")) +
          `</blockquote><figcaption class="small">${from}` +
          when(said, t => ` <bdi ${X("saidby")}>${esc(t)}</bdi>.`) + "</figcaption></figure>"
        : words("withheld", "p", 'class="note" ') + `<p class="small">${from}</p>`) +
      words("evidence", "h3") +
      (e.evidence?.length ? `<ol>${each(e.evidence, item(article))}</ol>` : words("none", "p")) +
      when(e.already_checked?.length, () => words("others", "h3") +
        `<ul>${each(e.already_checked, (x, i) => also(x, i)(article))}</ul>`) +
      when(e.replies?.length, () => words("replies", "h3") + `<ul>${each(e.replies, reply)}</ul>`) +
      when(once.length, () => words("rationales", "h3") +
        each(once, ([t, path]) => `<p dir="auto" ${F(path)}>${esc(t)}</p>`)) +
      when(decided(e.decision), t => `<p class="small" ${X("decided", "decision/")}>${esc(t)}</p>`) +
      `${script(JSON_TYPE)}</article>`;
  };

  const edition = () => say("set", { set: file.head.set, n: file.head.version });

  /** The page around the claims; how the words of the method are rendered is seen apart. */
  const aroundHTML = (all, fonts, methodHTML) => {
    const head = file.head;
    const m = head.method;
    const earlier = s => esc(say("earlier", { n: s.version, day: dayOf(s.day) }));
    const note = when(head.note, t => `<div ${L("note")}>${paragraphs(t)}</div>`);
    const before = `<header data-head=""><p class="small" ${X("set")}>${esc(edition())}</p>` +
      `<h1><bdi ${F("title")}>${esc(head.title)}</bdi></h1>${note}<dl>` +
      when(head.publisher, t => words("published", "dt") + `<dd><bdi ${F("publisher")}>${esc(t)}</bdi></dd>`) +
      words("frozen", "dt") + `<dd><time datetime="${esc(head.frozen_at)}" ${X("frozen")}>` +
      `${esc(dayOf(head.frozen_at))}</time></dd>` + words("holds", "dt") +
      `<dd ${X("claims")}>${esc(say("claims", { n: all }))}</dd></dl>` +
      when(file.by, by => `<p class="note" data-free="older">` +
        `${esc(say("superseded", { n: by.version, day: dayOf(by.day) }))}</p>`) + "</header>" +
      when(file.older?.length, () => `<section aria-labelledby="corrections" data-free="older">` +
        `<h2 id="corrections">${esc(say("corrections"))}</h2>` +
        `${each(file.older, s => `<p>${earlier(s)}</p>`)}</section>`);
    const dropped = (file.dropped ?? []).map((id, i) => (i < 500 ? numeral(id) : "…")).join(", ");
    const step = (s, i) => `<dt><span ${X("step", `method/scale/${i}/`)}>${esc(say(s.name))}</span>` +
      when(s.rating, t => ` <span class="small" lang="en" dir="ltr" ${X("rating", `method/scale/${i}/`)}>` +
        `(${esc(t)})</span>`) + `</dt><dd dir="auto" ${F(`method/scale/${i}/means`)}>${esc(s.means)}</dd>`;
    const method = () => `<section class="claim" aria-labelledby="method" data-head=""><h2 id="method" ` +
      `${X("method", "method/")}>${esc(say("method", { n: m.version }))}</h2>` +
      `<div lang="${esc(m.lang)}" dir="${dirOf(m.lang)}" data-m="method/words">${methodHTML}</div>` +
      words("meanings", "h3") + `<dl>${each(m.scale, step)}</dl><p class="small">${words("methodhash", "span")} ` +
      `<span class="mono" dir="ltr" ${F("method/sha256")}>${esc(m.sha256)}</span></p></section>`;
    const scale = () => `<section class="claim" aria-labelledby="scale" data-head="">` +
      words("scale", "h2", 'id="scale" ') + "<dl>" + each(["corroborated", "disputed", "unverified"],
        v => words(v, "dt") + words("about " + v, "dd")) + "</dl></section>";
    const name = `claim-set-${head.set}-version-${head.version}.report.html`;
    const families = [...new Set(fonts.map(f => f.replace(/ Latin$/, "")))].join(", ");
    const behind = when(dropped, t => `<p class="note" data-free="older">` +
      `${esc(say("dropped", { n: file.older?.[0]?.version ?? 0, claims: t }))}</p>`) + (m ? method() : scale()) +
      `<section aria-labelledby="check"><h2 id="check">${esc(say("check"))}</h2><dl><dt>${esc(say("hash"))}</dt>` +
      `<dd class="mono" dir="ltr" data-head=""><span ${F("sha256")}>${esc(head.sha256)}</span></dd>` +
      `<dt>${esc(say("point"))}</dt><dd class="mono" dir="ltr"><pre>${esc(head.checkpoint)}</pre></dd></dl>` +
      `<p>${esc(say("trusts"))}</p>` +
      `<p class="mono" dir="ltr">workbench verify ${name} --key ${esc(file.key || "KEY")}</p>` +
      `<div class="screen" id="self" hidden><p><label for="key">${esc(say("askkey"))}</label> <input id="key" ` +
      `dir="ltr" spellcheck="false" autocomplete="off" value="${esc(file.key ?? "")}"></p>` +
      `<p><button type="button" id="check-file">${esc(say("checkfile"))}</button></p></div>` +
      `<div class="screen" id="found" role="status"></div></section>` +
      when(families, t => `<p class="small">${esc(say("fonts", { names: t }))}` +
        when(file.other_signs, n => " " + esc(say("otherfonts", { n }))) + "</p>");
    return { before, behind };
  };

  // The head of the file.
  const css = text => `"${text.replace(/[^ \p{L}\p{Nd}]/gu, c => `\\${c.codePointAt(0).toString(16)} `)}"`;
  const clipped = text => ([...text].length > 70 ? [...text].slice(0, 70).join("") + "…" : text);
  const dirOfFirst = text => {
    for (const c of text) {
      if (/[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(c)) return "rtl";
      if (/\p{L}/u.test(c)) return "ltr";
    }
    return "ltr";
  };
  const heads = () => [clipped(file.head.title),
    clipped(file.head.publisher ? `${file.head.publisher} · ${edition()}` : edition())];
  const headHTML = policy => `<meta charset="utf-8">` +
    `<meta name="viewport" content="width=device-width, initial-scale=1">` +
    `<meta http-equiv="Content-Security-Policy" content="${esc(policy)}"><title>${esc(file.head.title)}` +
    when(file.head.publisher, t => ` · ${esc(t)}`) + "</title><style></style>";

  /** The style sheet without what a set and its signs put into it, and the rules of its fonts. */
  const styleParts = style => {
    const at = style.indexOf("/* The fonts in this file");
    let plain = at < 0 ? style : style.slice(0, at);
    for (const head of heads())
      plain = plain.replace(`content: ${css(head)}; direction: ${dirOfFirst(head)};`, () => "");
    const end = style.indexOf("*/\n", at) + 3;
    const fonts = at < 0 ? [] : [style.slice(at, end), ...style.slice(end).split("\n")];
    if (fonts.at(-1) === "") fonts.pop();
    return { plain, fonts, families: fonts.slice(1).map(f => /font-family:"?([^;"]+)/.exec(f)?.[1] ?? "") };
  };

  /** The letters of Markdown that a page has to have: a pattern in which those of addresses and numbers may be out. */
  const rendered = source => {
    const entity = document.createElement("textarea");
    const plain = source.replace(/&#?\w+;/g, sign => ((entity.innerHTML = sign), entity.value));
    const letters = text => text.replace(/[\s\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e]/g, "");
    const parts = [
      /\]\([^)\n]*(?:\([^)\n]*\)[^)\n]*)*\)/, /\]\[[^\]]*\]/, /^[ >]*\[[^\]]+\]:.*$/, // addresses
      /^[\s>*+-]*\d+[.)]/, /^[\s>]*(?:```|~~~).*$/, /<[^>]*>/, // numbers of lists, names of code, tags
    ];
    const skipped = new RegExp(parts.map(part => part.source).join("|"), "gmu");
    let [pattern, at] = ["^", 0];
    const exact = text => letters(text).replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
    for (const found of plain.matchAll(skipped)) {
      pattern += exact(plain.slice(at, found.index)) + `(?:${exact(found[0])})?`;
      at = found.index + found[0].length;
    }
    return { has: new RegExp(pattern + exact(plain.slice(at)) + "$", "u"), letters };
  };

  /** What is wrong with a rendered page of Markdown: what none has, and letters that are not those of the words. */
  const renderedWrong = (element, source) => {
    const known = { A: ["href", "title"], OL: ["start", "dir"], CODE: ["class"], BR: [], HR: [], EM: [], STRONG: [] };
    for (const name of ["P", "UL", "LI", "BLOCKQUOTE", "PRE", "H3", "H4", "H5", "H6"]) known[name] = ["dir"];
    for (const e of $$("*", element)) {
      const may = known[e.nodeName];
      if (!may) return [`<${e.nodeName.toLowerCase()}>`];
      for (const a of e.attributes) {
        const says = a.name === "dir" ? a.value === "auto" : a.name === "start" ? /^\d+$/.test(a.value) : true;
        if (!may.includes(a.name) || !says) return [`<${e.nodeName.toLowerCase()} ${a.name}>`];
      }
      if (e.nodeName === "A" && !leads(e.getAttribute("href") ?? "", source)) return [e.textContent];
    }
    const { has, letters } = rendered(shown(source));
    return has.test(letters(element.textContent)) ? [] : ["method/words"];
  };
  /** Whether the words name the address to which a link of theirs leads. */
  const leads = (to, source) => {
    const plain = text => {
      let out = text.replace(/&amp;/g, "&").replace(/\\(?=[!-/:-@[-`{-~])/g, "");
      try {
        out = decodeURI(out);
      } catch {
        // it is compared as it is
      }
      return out;
    };
    return plain(source).includes(plain(to).replace(/^mailto:/, "")) || source.includes(to);
  };

  // The comparison.
  const space = /^[ \t\n\f\r]*$/;
  const collapsed = text => text.replace(/[ \t\n\f\r]+/g, " ").trim();
  const named = e => e.dataset?.f ?? e.dataset?.l ?? e.dataset?.m ??
    (e.dataset?.x ? (e.dataset.of ?? "") + e.dataset.x : e.dataset?.k);
  const clip = text => ([...text].length > 80 ? [...text].slice(0, 80).join("") + "…" : text);
  const quoted = n => {
    if (n.nodeType === 3) return `“${clip(collapsed(n.data))}”`;
    if (n.nodeType !== 1) return `<${"!--"} ${clip(n.data ?? n.nodeName)}`;
    return `<${n.nodeName.toLowerCase()}> “${clip(collapsed(n.textContent))}”`;
  };
  /** What stands in an element, with the texts that follow each other as one, and without mere space. */
  const inside = (e, skip) => {
    const out = [];
    for (const n of e.childNodes) {
      if (skip.has(n)) continue;
      if (n.nodeType === 3 && out.at(-1)?.nodeType === 3) out[out.length - 1] = new Text(out.at(-1).data + n.data);
      else out.push(n);
    }
    return out.filter(n => n.nodeType !== 3 || !space.test(n.data));
  };
  const alike = (a, b) => a && b && a.nodeType === b.nodeType && (a.nodeType !== 1 ||
    (a.nodeName === b.nodeName && a.namespaceURI === b.namespaceURI && named(a) === named(b)));

  /** Names what of an element is not as it has to be. What is in skip or in opaque elements is not seen. */
  const compare = (is, has, place, skip, opaque) => {
    const wrong = [];
    const here = named(is) ?? place;
    for (const a of is.attributes)
      if (has.getAttribute(a.name) !== a.value) wrong.push(`${here || is.nodeName.toLowerCase()} (${a.name})`);
    for (const a of has.attributes)
      if (!is.hasAttribute(a.name)) wrong.push(`${here || is.nodeName.toLowerCase()} (${a.name})`);
    if (is.shadowRoot) wrong.push(`${here || is.nodeName.toLowerCase()} (shadowrootmode)`);
    if (opaque(is)) return wrong;
    const [a, b] = [inside(is, skip), inside(has, skip)];
    for (let i = 0, j = 0; i < a.length || j < b.length; ) {
      if (alike(a[i], b[j])) {
        if (a[i].nodeType === 1) wrong.push(...compare(a[i], b[j], here, skip, opaque));
        else if (a[i].nodeType !== 3) wrong.push(quoted(a[i]));
        else if (collapsed(a[i].data) !== collapsed(b[j].data))
          wrong.push(here || `<${is.nodeName.toLowerCase()}> ${quoted(a[i])}`);
        i++;
        j++;
        continue;
      }
      const added = a.slice(i, i + 20).findIndex(n => alike(n, b[j]));
      const missing = b.slice(j, j + 20).findIndex(n => alike(a[i], n));
      if (i < a.length && (j >= b.length || added > 0 || missing < 0)) wrong.push(quoted(a[i++]));
      else wrong.push(named(b[j]) ?? (quoted(b[j]) || here)), j++;
    }
    return wrong;
  };

  /** Whether an element, which is not in the page any more, had something of its own in front of what it holds. */
  const shadowed = old => {
    const hosts = "article,blockquote,body,div,footer,h1,h2,h3,header,main,p,section,span";
    return [old, ...$$(hosts, old)].filter(e => e.matches(hosts)).some(e => {
      try {
        e.attachShadow({ mode: "open" });
        return false;
      } catch {
        return true;
      }
    });
  };

  const parsed = html => new DOMParser().parseFromString(`<!doctype html><body>${html}`, "text/html").body;

  return { bound, say, dayOf, shown, linesOf, claimHTML, aroundHTML, headHTML, styleParts, renderedWrong, compare,
    shadowed, parsed, script, JSON_TYPE };
};
