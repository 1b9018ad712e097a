// How a draft goes between a form, the browser and the server: where it is kept, what is read of its form, and what is
// sent and answered.
import type { Typed } from "./draftstore";
import { type Kept, read } from "./fields";

/** What the server says of a draft. */
export interface Answer {
  version: number;
  verdict?: string;
  reason?: string;
  confidence?: string;
  rationale?: string;
  searched?: string;
  evidence?: number[];
  sent?: boolean;
  fields?: Kept; // of another form than a review
}

/** The pages of forms that keep drafts, where it is not the page of their claim. */
const pages: Record<string, string> = {
  "/draft": "/review",
  "/drafts/adjudication": "/adjudicate",
  "/drafts/approval": "/approve",
  "/drafts/edit": "/edit",
  "/drafts/split": "/edit?open=split",
  "/drafts/question": "/adjudicate",
  "/drafts/outside": "/evidence",
  "/drafts/reopening": "/reopen",
};

/** The page on which a form stands whose draft is kept at an address. */
export function pageOf(draft: string): string {
  const at = draft.search(/\/drafts?(\/|$)/);
  return at < 0 ? draft : draft.slice(0, at) + (pages[draft.slice(at)] ?? "");
}

/** The version of the draft that the page was made of, 0 none. */
export function versionOf(form: HTMLFormElement): number {
  const hidden = form.querySelector<HTMLInputElement>('input[name="draft"]')?.value;
  return Number(form.dataset["version"] ?? hidden ?? 0);
}

/** What stands in a form; of one that is no review also on which words and text it was typed. */
export function fieldsOf(form: HTMLFormElement): Kept {
  const out = read(form);
  if (form.dataset["version"] === undefined) return out;
  for (const name of ["words_version", "revision", ...(form.dataset["on"]?.split(" ") ?? [])]) {
    const hidden = form.querySelector<HTMLInputElement>(`input[type="hidden"][name="${name}"]`);
    if (hidden) out[name] = [hidden.value];
  }
  return out;
}

export function request(url: string, typed: Typed, user: string): RequestInit {
  const headers = { Accept: "application/json", "X-Acting-As": encodeURIComponent(user) };
  if (url.endsWith("/draft")) {
    return sending(reviewBody(typed), headers);
  }
  const body = JSON.stringify({ version: typed.base, fields: typed.fields });
  return sending(body, { ...headers, "Content-Type": "application/json" });
}

function sending(body: string | URLSearchParams, headers: Record<string, string>): RequestInit {
  return { method: "POST", body, keepalive: body.toString().length < 60_000, headers };
}

function reviewBody(typed: Typed): URLSearchParams {
  const body = new URLSearchParams({ draft: String(typed.base), since: typed.since, seen: typed.seen });
  for (const [name, values] of Object.entries(typed.fields)) for (const value of values) body.append(name, value);
  return body;
}

/** What the server has, as a form's fields. */
export function keptOf(draft: Answer): Kept {
  if (draft.fields) return draft.fields;
  const verdict = draft.verdict ?? "";
  return {
    verdict: [verdict],
    [`reason_${verdict}`]: [draft.reason ?? ""],
    confidence: [draft.confidence ?? ""],
    rationale: [draft.rationale ?? ""],
    searched: [draft.searched ?? ""],
    evidence: (draft.evidence ?? []).map(String),
  };
}
