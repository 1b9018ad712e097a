// Fonts for Han and kana come when a page has such text.
//
// Markup: link[data-script][data-href], without rel and href. The sheet that names the many parts of such a font is as
// large as a page, so "han" is asked for once the page holds a letter of the script: in what came, in what htmx puts
// there later, in what was fetched ahead ("desk:ahead"; a sheet that comes has the whole page styled and laid out once
// more, for which no press should wait), or in what somebody types; and "rare" once it holds one that the first sheet
// does not name. Without script the page asks for both itself. Until a font is there, and where it never comes, the
// machine's own face shows the text.
import { afterNextPaint } from "./paint";

const han = /[\u2e80-\u2fdf\u3005-\u30ff\u31f0-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\u{20000}-\u{3ffff}]/gu;
const family = "Noto Sans JP";

/** Watches the page for text whose font waits. */
export function startFonts(page: Document): void {
  let named: Set<number> | undefined; // what the sheet of the common signs names, once it is there
  const waiting = (script: string) => page.querySelector<HTMLLinkElement>(`link[data-script="${script}"][data-href]`);
  const look = (text: string) => {
    const signs = text.match(han);
    if (!signs) return;
    const common = waiting("han");
    if (common) {
      common.addEventListener("load", () => {
        named = pointsNamed(page);
        lookAtAll();
      });
      ask(common);
    }
    const rare = waiting("rare");
    const all = named;
    if (rare && all && signs.some(sign => !all.has(sign.codePointAt(0) ?? 0))) ask(rare);
  };
  const lookAtAll = () => {
    const fields = page.querySelectorAll<HTMLInputElement>("input[type=text], input[type=search]");
    look([page.title, page.body.textContent ?? "", ...[...fields].map(field => field.value)].join(" "));
  };
  lookAtAll();
  page.addEventListener("htmx:after:swap", () => afterNextPaint(page, lookAtAll));
  page.addEventListener("desk:ahead", event => look((event as CustomEvent<string>).detail));
  page.addEventListener("input", event => {
    const field = event.target;
    if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) look(field.value);
  });
}

function ask(sheet: HTMLLinkElement): void {
  sheet.rel = "stylesheet";
  sheet.href = sheet.dataset["href"] ?? "";
  delete sheet.dataset["href"];
}

/** The signs that the faces of the page name. */
function pointsNamed(page: Document): Set<number> {
  const out = new Set<number>();
  for (const face of page.fonts) {
    if (!face.family.includes(family)) continue;
    for (const range of face.unicodeRange.split(",")) {
      const [first = 0, last = first] = range.trim().slice(2).split("-").map(hex => Number.parseInt(hex, 16));
      for (let point = first; point <= last; point++) out.add(point);
    }
  }
  return out;
}
