package review_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"claimbench/internal/articles"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/review"
)

func supports(id evidence.ID, kind evidence.Kind, origin evidence.OriginID) review.Weighed {
	return review.Weighed{ID: id, Stance: evidence.Supports, Kind: kind, Origin: origin}
}

func own(w review.Weighed) review.Weighed {
	w.Own = true
	return w
}

func TestCheck(t *testing.T) {
	t.Parallel()
	refutes := review.Weighed{ID: 8, Stance: evidence.Refutes, Kind: evidence.Report, Origin: 8}
	context := review.Weighed{ID: 9, Stance: evidence.Context, Kind: evidence.Report, Origin: 9}
	one, other := supports(1, evidence.Report, 1), supports(2, evidence.Report, 2)
	cor := func(reason review.Reason) review.Draft {
		return review.Draft{Verdict: claims.Corroborated, Reason: reason}
	}
	dis := func(reason review.Reason) review.Draft { return review.Draft{Verdict: claims.Disputed, Reason: reason} }
	unv := func(reason review.Reason) review.Draft {
		return review.Draft{Verdict: claims.Unverified, Reason: reason}
	}
	type drafts = review.Draft
	met := map[articles.Guard]bool{}
	for _, c := range []struct {
		name   string
		draft  drafts
		linked []review.Weighed
		named  []evidence.ID // nil: all
		want   []articles.Guard
	}{
		{"two origins", cor(review.IndependentSources), []review.Weighed{one, other}, nil, nil},
		{"one origin", cor(review.IndependentSources), []review.Weighed{one}, nil,
			[]articles.Guard{articles.GuardCorroborated}},
		{"one origin twice", cor(review.IndependentSources), []review.Weighed{one, supports(2, evidence.Report, 1)},
			nil, []articles.Guard{articles.GuardCorroborated}},
		{"an origin not stated is never independent", cor(review.IndependentSources), []review.Weighed{one,
			supports(2, evidence.Report, 0)}, nil, []articles.Guard{articles.GuardCorroborated}},
		{"two not stated", cor(review.IndependentSources), []review.Weighed{supports(1, evidence.Report, 0),
			supports(2, evidence.Report, 0)}, nil, []articles.Guard{articles.GuardCorroborated}},
		{"the claim's own origin", cor(review.IndependentSources), []review.Weighed{one, own(other)}, nil,
			[]articles.Guard{articles.GuardCorroborated}},
		{"context does not support", cor(review.IndependentSources), []review.Weighed{one, context}, nil,
			[]articles.Guard{articles.GuardCorroborated}},
		{"an item not named", cor(review.IndependentSources), []review.Weighed{one, other}, []evidence.ID{1},
			[]articles.Guard{articles.GuardCorroborated}},
		{"primary document", cor(review.PrimaryDocument), []review.Weighed{supports(1, evidence.PrimaryDocument, 0)},
			nil, nil},
		{"a report is no primary document", cor(review.PrimaryDocument), []review.Weighed{one, other}, nil,
			[]articles.Guard{articles.GuardCorroborated}},
		{"own primary document", cor(review.PrimaryDocument), []review.Weighed{own(supports(1, evidence.PrimaryDocument,
			1))}, nil, []articles.Guard{articles.GuardCorroborated}},
		{"official record", cor(review.OfficialRecord), []review.Weighed{supports(1, evidence.OfficialRecord, 0)}, nil,
			nil},
		{"a primary document is no official record", cor(review.OfficialRecord),
			[]review.Weighed{supports(1, evidence.PrimaryDocument, 0)}, nil,
			[]articles.Guard{articles.GuardCorroborated}},
		{"refuting unanswered", cor(review.IndependentSources), []review.Weighed{one, other, refutes},
			[]evidence.ID{1, 2}, []articles.Guard{articles.GuardUnanswered}},
		{"refuting answered", with(cor(review.IndependentSources), "#8 is about another year."), []review.Weighed{one,
			other, refutes}, []evidence.ID{1, 2}, nil},
		{"answered another number", with(cor(review.IndependentSources), "#80 is about another year."),
			[]review.Weighed{one, other, refutes}, nil, []articles.Guard{articles.GuardUnanswered}},

		{"refuted", dis(review.Refuted), []review.Weighed{refutes}, nil, nil},
		{"refuted by nothing", dis(review.Refuted), []review.Weighed{one, context}, nil,
			[]articles.Guard{articles.GuardDisputed}},
		{"misattributed", dis(review.Misattributed), []review.Weighed{context}, nil,
			[]articles.Guard{articles.GuardDisputed}},
		{"conflicting", dis(review.Conflicting), []review.Weighed{one, refutes}, nil, nil},
		{"conflicting one way", dis(review.Conflicting), []review.Weighed{refutes}, nil,
			[]articles.Guard{articles.GuardConflicting}},
		{"conflicting the other way", dis(review.Conflicting), []review.Weighed{one}, nil,
			[]articles.Guard{articles.GuardConflicting}},
		{"out of context takes context", dis(review.OutOfContext), []review.Weighed{context}, nil, nil},
		{"out of context of nothing", dis(review.OutOfContext), []review.Weighed{one}, nil,
			[]articles.Guard{articles.GuardOutOfContext}},

		{"unverified", searched(unv(review.NoEvidence)), nil, nil, nil},
		{"unverified without a note", unv(review.SingleOrigin), []review.Weighed{one}, nil,
			[]articles.Guard{articles.GuardUnverified}},
		{"unverified, only spaces", review.Draft{Verdict: claims.Unverified, Reason: review.Insufficient,
			Searched: "  "}, nil, nil, []articles.Guard{articles.GuardUnverified}},
		{"not checkable", with(unv(review.NotCheckable), "An opinion."), nil, nil, nil},
		{"not checkable without why", searched(unv(review.NotCheckable)), nil, nil,
			[]articles.Guard{articles.GuardNotCheckable}},
		{"pending", searched(unv(review.PendingEvent)), nil, nil, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.draft.Evidence = c.named
			if c.named == nil {
				for _, w := range c.linked {
					c.draft.Evidence = append(c.draft.Evidence, w.ID)
				}
			}
			var got []articles.Guard
			for _, f := range review.Check(c.draft, c.linked) {
				got = append(got, f.Guard)
				met[f.Guard] = true
				if f.Msg == "" || f.Remedy == "" || f.Field == "" {
					t.Errorf("guard %s does not say what and how: %+v", f.Guard, f)
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("Check = %v, want %v", got, c.want)
			}
		})
	}
	for _, g := range articles.Guards.Names() { // the rules of a collection offer no guard that nothing asks
		if !met[g] {
			t.Errorf("no draft here fails the guard %s", g)
		}
		delete(met, g)
	}
	if len(met) > 0 {
		t.Errorf("guards that no collection can turn into advice: %v", met)
	}
}

func with(d review.Draft, rationale string) review.Draft {
	d.Rationale = rationale
	return d
}

func searched(d review.Draft) review.Draft {
	d.Searched = "Both archives."
	return d
}

func TestJudge(t *testing.T) {
	t.Parallel()
	c, d, u := claims.Corroborated, claims.Disputed, claims.Unverified
	for _, x := range []struct {
		name    string
		voices  string // one letter a review; capital: stale
		quorum  int
		rule    articles.Rule
		state   claims.State
		verdict claims.Verdict
	}{
		{"nobody", "", 2, articles.Unanimous, claims.Open, ""},
		{"one of two", "c", 2, articles.Unanimous, claims.Open, ""},
		{"agreed", "cc", 2, articles.Unanimous, claims.Decided, c},
		{"disagreed", "cd", 2, articles.Unanimous, claims.InConflict, ""},
		{"a stale one does not count", "cC", 2, articles.Unanimous, claims.Open, ""},
		{"a stale dissent does not count", "ccD", 2, articles.Unanimous, claims.Decided, c},
		{"majority", "uuc", 3, articles.Majority, claims.Decided, u},
		{"majority is not unanimity", "uuc", 3, articles.Unanimous, claims.InConflict, ""},
		{"half is no majority", "ddcc", 4, articles.Majority, claims.InConflict, ""},
		{"three ways", "cdu", 3, articles.Majority, claims.InConflict, ""},
		{"quorum of one", "d", 1, articles.Unanimous, claims.Decided, d},
	} {
		t.Run(x.name, func(t *testing.T) {
			got := review.Judge(voices(x.voices), review.Terms{Quorum: x.quorum, Rule: x.rule})
			if got.State != x.state || got.Verdict != x.verdict {
				t.Errorf("Judge = %+v, want %s %s", got, x.state, x.verdict)
			}
		})
	}
}

func voices(s string) []review.Voice {
	var out []review.Voice
	for _, r := range s {
		v := review.Voice{Stale: r < 'a'}
		switch r | 0x20 {
		case 'c':
			v.Verdict, v.Reason = claims.Corroborated, review.PrimaryDocument
		case 'd':
			v.Verdict, v.Reason = claims.Disputed, review.Refuted
		case 'u':
			v.Verdict, v.Reason = claims.Unverified, review.NoEvidence
		}
		out = append(out, v)
	}
	return out
}

// Whatever the reviews: below the quorum nothing is decided, a decided verdict has its majority, a unanimous round has
// one verdict only, and the order of the reviews does not matter.
func TestJudgeInvariants(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOfN(rapid.RuneFrom([]rune("cduCDU")), 0, 12, -1).Draw(t, "voices")
		terms := review.Terms{Quorum: rapid.IntRange(1, 8).Draw(t, "quorum"),
			Rule: rapid.SampledFrom(articles.Rules.Names()).Draw(t, "rule")}
		vs := voices(s)
		got := review.Judge(vs, terms)
		slices.Reverse(vs)
		if again := review.Judge(vs, terms); again != got {
			t.Fatalf("the order of reviews matters: %+v, %+v", got, again)
		}
		count := map[claims.Verdict]int{}
		n := 0
		for _, v := range vs {
			if !v.Stale {
				count[v.Verdict]++
				n++
			}
		}
		if got.Counted != n || (n < terms.Quorum) != (got.State == claims.Open) {
			t.Fatalf("%q with quorum %d gives %+v", s, terms.Quorum, got)
		}
		if got.State == claims.Decided && (2*count[got.Verdict] <= n || terms.Rule == articles.Unanimous &&
			count[got.Verdict] != n) {
			t.Fatalf("%q is decided as %s", s, got.Verdict)
		}
	})
}
