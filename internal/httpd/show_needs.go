package httpd

import (
	"slices"
	"strings"

	"claimbench/internal/desk"
	"claimbench/internal/evidence"
	"claimbench/internal/httpd/view"
	"claimbench/internal/review"
)

// showNeeds says what each verdict needs, with the acts that mend what is missing on the page at here.
func showNeeds(seen desk.Deciding, here string) (out []view.Need) {
	for _, n := range seen.Needs {
		x := view.Need{Verdict: view.Verdict(n.Verdict), Allowed: allowedWords(n.Allowed, len(seen.Evidence) > 0)}
		for _, m := range n.Missing {
			x.Lacks = append(x.Lacks, showLacking(seen, n, m, here))
		}
		out = append(out, x)
	}
	return out
}

// allowedWords name the reasons that may be given. Beside linked items “no evidence” says what becomes of their ticks:
// choosing it takes them away (web/src/verdict.ts).
func allowedWords(all []review.Reason, linked bool) string {
	words := reasonWords(all)
	if !linked || !slices.Contains(all, review.NoEvidence) {
		return words
	}
	bare := review.ReasonWord(review.NoEvidence)
	return strings.Replace(words, bare, bare+" (then nothing is ticked)", 1)
}

func reasonWords(all []review.Reason) string {
	words := make([]string, len(all))
	for i, r := range all {
		words[i] = review.ReasonWord(r)
	}
	return strings.Join(words, ", ")
}

func showLacking(seen desk.Deciding, n review.Need, m review.Missing, here string) view.Lacking {
	out := view.Lacking{Lacks: m.Lacks}
	if len(m.Reasons) < len(review.Reasons(n.Verdict).Names()) {
		out.Reasons = reasonWords(m.Reasons)
	}
	for _, mend := range m.Mends {
		switch mend {
		case review.MendAnswer:
			for _, id := range m.Items {
				out.Answer = append(out.Answer, int64(id))
			}
		case review.MendReason:
			out.Field = "why"
		case review.MendNote:
			out.Field = "searched"
		case review.MendOrigin:
			out.Origins = originAsks(seen, m.Items, here)
		case review.MendLink:
			if out.Link = seen.Acts.Has(desk.Link) && here != ""; !out.Link || documented(m.Reasons) {
				out.Link, out.Outside = false, claimURL(seen.Claim.ID)+"/evidence#out-h"
			}
		}
	}
	return out
}

// documented says that only a document will do, which is linked from outside.
func documented(reasons []review.Reason) bool {
	return !slices.ContainsFunc(reasons, func(r review.Reason) bool {
		return r != review.PrimaryDocument && r != review.OfficialRecord
	})
}

// originAsks asks for the origins of the articles of items; that of an outside document is stated when it is linked.
func originAsks(seen desk.Deciding, items []evidence.ID, here string) (out []view.OriginAsk) {
	for _, it := range seen.Evidence {
		if it.Article == nil || !slices.Contains(items, it.ID) {
			continue
		}
		out = append(out, view.OriginAsk{ID: int64(it.ID), Source: sourceName(it.Source), Version: it.OriginVersion,
			Action: "/articles/" + itoa(it.Article.ID) + "/origin", Back: here, InPlace: hasWork(here)})
	}
	return out
}
