// What is typed and not known to be on the server, in localStorage: apart for each user, tab and URL.
import { pageOf } from "./draftform";
import type { Kept } from "./fields";
import { newKey } from "./outbox";
import { local, session } from "./store";

const prefix = "claimbench.draft.";
const tabKey = "claimbench.tab";
const tabLeft = 150_000; // what a tab keeps and does not touch for so long is another tab's to send

/** What is typed and not known to be on the server. */
export interface Typed {
  fields: Kept;
  boxes: Kept; // those that could be ticked
  base: number; // the version that it builds on
  since: string;
  seen: string;
  at?: number; // when its tab last touched it
  held?: boolean; // it is on its way as a review: kept until that is answered, and not saved
  after?: boolean; // something was typed after the review was sent off
  other?: Other; // what another tab or device saved, until the person says which to keep
  stuck?: string; // why the server does not keep it; it is not sent again as it stands
  late?: boolean; // it is stuck because the review was sent, and with that whatever is typed in the same form
}

/** What was saved elsewhere, and its version. */
export interface Other {
  version: number;
  fields: Kept;
}

/** What lies in this browser only: the name by which it is thrown away, where it is typed, and why it stays here. */
export interface Stuck {
  name: string;
  page: string;
  why: string;
  fields: Kept;
}

export class DraftStore {
  readonly #tab = tabName();

  constructor(private readonly user: string) {}

  #name(url: string, tab = this.#tab + " "): string {
    return `${prefix}${encodeURIComponent(this.user)} ${tab}${url}`;
  }

  /** The URLs of which this tab keeps something. */
  all(): string[] {
    const mine = this.#name("");
    return local.names()
      .filter(name => name.startsWith(mine))
      .map(name => name.slice(mine.length));
  }

  /** Takes over what a tab that is gone had kept, or (whole) what any tab has. */
  adopt(whole = false): void {
    const mine = this.#name("", "");
    for (const name of local.names()) {
      const [tab, url] = name.startsWith(mine) ? name.slice(mine.length).split(" ") : [];
      if (!url || tab === this.#tab || local.getItem(this.#name(url)) !== null) continue;
      const typed = readItem(name);
      if (!typed || (!whole && Date.now() - (typed.at ?? 0) < tabLeft)) continue;
      if (this.set(url, typed)) local.removeItem(name);
    }
  }

  get(url: string): Typed | undefined {
    return readItem(this.#name(url));
  }

  /** Keeps what was typed; false: this browser keeps no more, and only the page remembers it. */
  set(url: string, typed: Typed): boolean {
    return local.setItem(this.#name(url), JSON.stringify({ ...typed, at: Date.now() }));
  }

  drop(url: string): void {
    local.removeItem(this.#name(url));
  }

  /** What the server does not keep, of every tab of this browser. */
  stuck(): Stuck[] {
    const mine = this.#name("", "");
    const out: Stuck[] = [];
    for (const name of local.names()) {
      const typed = name.startsWith(mine) ? readItem(name) : undefined;
      if (typed?.stuck === undefined) continue;
      const page = pageOf(name.slice(mine.length).split(" ")[1] ?? "");
      out.push({ name, page, why: typed.stuck, fields: typed.fields });
    }
    return out;
  }

  /** Throws away what is kept under a name of Stuck. */
  discard(name: string): void {
    local.removeItem(name);
  }

  /** Empties the browser of what this person typed, in any tab. */
  clear(): void {
    const mine = this.#name("", "");
    for (const name of local.names()) if (name.startsWith(mine)) local.removeItem(name);
  }
}

function readItem(name: string): Typed | undefined {
  const raw = local.getItem(name);
  return raw === null ? undefined : (JSON.parse(raw) as Typed);
}

/** The name of this tab, which it keeps while it lives. */
export function tabName(): string {
  const name = session.getItem(tabKey) ?? newKey().slice(0, 8);
  session.setItem(tabKey, name);
  return name;
}
