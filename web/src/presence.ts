// Who else looks at what is looked at here, and whether it is open in another window of one's own.
//
// Contract: [data-presence="URL"] is an empty line beside what is looked at. While the page is visible a sign of life
// goes to URL, at once and every half a minute, with the name of this tab; the answer fills the line. The line says
// what the last answer said, and nothing once there is none. It has a clock of its own and never hears the stream of
// news, so that a stream that is cut again and again asks for nothing more. Whoever touched nothing for a while is not
// there: no sign is given, so that a page left open keeps no session alive.
import { tabName } from "./draftstore";

const every = 30_000;
const away = 300_000;
const settles = 700; // ms: whoever goes through a list fast is nowhere

interface Person {
  name: string;
  lang: string;
  dir: string;
}

interface Present {
  others: Person[];
  own_window_clock: string;
}

const named = 3; // people named; more are counted

export function startPresence(doc: Document): void {
  let url = "";
  let last: Present | undefined;
  let said = ""; // what was read out of this object
  let due: ReturnType<typeof setTimeout> | undefined;
  let asking: AbortController | undefined;
  let touched = Date.now();
  const line = () => doc.querySelector<HTMLElement>("[data-presence]");

  const show = () => {
    const place = line();
    if (!place) return;
    const parts = last ? words(doc, last) : [];
    const now = parts.map(part => (typeof part === "string" ? part : part.textContent)).join("");
    if (place.textContent === now) return;
    place.setAttribute("aria-live", now === said ? "off" : "polite"); // put back after a change of the page: not news
    said = now;
    place.replaceChildren(...parts);
  };

  const sign = async () => {
    clearTimeout(due);
    asking?.abort();
    const to = url;
    if (to === "" || doc.visibilityState !== "visible" || Date.now() - touched > away) {
      last = undefined; // what it said grows old
      show();
      return;
    }
    due = setTimeout(() => void sign(), every);
    asking = new AbortController();
    const { signal } = asking;
    const answer = await ask(to, signal);
    if (signal.aborted || to !== url) return;
    last = answer;
    show();
  };

  const look = () => {
    const to = line()?.dataset["presence"] ?? "";
    if (to === url) {
      show();
      return;
    }
    url = to;
    last = undefined;
    said = "";
    asking?.abort();
    clearTimeout(due);
    show();
    soon();
  };

  const soon = () => {
    clearTimeout(due);
    due = setTimeout(() => void sign(), settles);
  };
  const touch = () => {
    const back = Date.now() - touched > away;
    touched = Date.now();
    if (back) soon();
  };
  for (const input of ["keydown", "pointerdown", "pointermove", "wheel"]) {
    doc.addEventListener(input, touch, { passive: true, capture: true });
  }
  doc.addEventListener("htmx:after:swap", look);
  doc.addEventListener("visibilitychange", () => {
    touched = Date.now();
    soon();
  });
  look();
}

async function ask(url: string, signal: AbortSignal): Promise<Present | undefined> {
  try {
    const answer = await fetch(url, {
      method: "POST",
      body: new URLSearchParams({ window: tabName() }),
      headers: { Accept: "application/json" },
      signal,
    });
    return answer.ok ? ((await answer.json()) as Present) : undefined;
  } catch {
    return undefined;
  }
}

/** "A, B and 3 others are here too. You have this open in another window since 10:02." */
function words(doc: Document, { others, own_window_clock: clock }: Present): (string | Node)[] {
  const out: (string | Node)[] = [];
  const shown = others.length > named + 1 ? others.slice(0, named) : others;
  const more = others.length - shown.length;
  shown.forEach((person, i) => {
    if (i > 0) out.push(i === shown.length - 1 && more === 0 ? " and " : ", ");
    const name = doc.createElement("bdi");
    name.textContent = person.name;
    if (person.lang !== "") name.lang = person.lang;
    if (person.dir !== "") name.dir = person.dir;
    out.push(name);
  });
  if (more > 0) out.push(` and ${more} others`);
  if (others.length > 0) out.push(others.length === 1 ? " is here too." : " are here too.");
  if (clock !== "") out.push(`${out.length > 0 ? " " : ""}You have this open in another window since ${clock}.`);
  return out;
}
