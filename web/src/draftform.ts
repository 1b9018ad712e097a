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

/** The forms that keep drafts: where they are sent, where their drafts are kept, and the page on which they stand. */
const forms = [
  { action: "/reviews", draft: "/draft", page: "/review" },
  { action: "/adjudications", draft: "/drafts/adjudication", page: "/adjudicate" },
  { action: "/approvals", draft: "/drafts/approval", page: "/approve" },
  { action: "/comments", draft: "/drafts/comment", page: "" },
  { action: "/edit", draft: "/drafts/edit", page: "/edit" },
  { action: "/split", draft: "/drafts/split", page: "/edit?open=split" },
  { action: "/glosses", draft: "/drafts/gloss", page: "" },
  { action: "/questions", draft: "/drafts/question", page: "/adjudicate" },
  { action: "/answers", draft: "/drafts/answer", page: "" },
];

/** The address beside one, from one part of a form to another: the action's draft, the draft's page. */
export function beside(url: string, from: keyof (typeof forms)[number], to: keyof (typeof forms)[number]): string {
  const form = forms.find(form => url.endsWith(form[from]));
  return form ? url.slice(0, url.length - form[from].length) + form[to] : url;
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
  for (const name of ["words_version", "revision"]) {
    const hidden = form.querySelector<HTMLInputElement>(`input[type="hidden"][name="${name}"]`);
    if (hidden) out[name] = [hidden.value];
  }
  return out;
}

export function request(url: string, typed: Typed, user: string): RequestInit {
  const headers = { Accept: "application/json", "X-Acting-As": encodeURIComponent(user) };
  if (beside(url, "draft", "action").endsWith("/reviews")) {
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
