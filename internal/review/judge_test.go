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

func supports(id evidence.ID, kind string, origin evidence.OriginID) review.Weighed {
	return review.Weighed{ID: id, Stance: evidence.Supports, Kind: kind, Origin: origin}
}

func own(w review.Weighed) review.Weighed {
	w.Own = true
	return w
}

func TestCheck(t *testing.T) {
	refutes := review.Weighed{ID: 8, Stance: evidence.Refutes, Kind: evidence.Report, Origin: 8}
	context := review.Weighed{ID: 9, Stance: evidence.Context, Kind: evidence.Report, Origin: 9}
	one, other := supports(1, evidence.Report, 1), supports(2, evidence.Report, 2)
	cor := func(reason string) review.Draft { return review.Draft{Verdict: claims.Corroborated, Reason: reason} }
	dis := func(reason string) review.Draft { return review.Draft{Verdict: claims.Disputed, Reason: reason} }
	unv := func(reason string) review.Draft { return review.Draft{Verdict: claims.Unverified, Reason: reason} }
	type drafts = review.Draft
	for _, c := range []struct {
		name   string
		draft  drafts
		linked []review.Weighed
		named  []evidence.ID // nil: all
		want   []string
	}{
		{"two origins", cor(review.IndependentSources), []review.Weighed{one, other}, nil, nil},
		{"one origin", cor(review.IndependentSources), []review.Weighed{one}, nil, []string{review.GuardCorroborated}},
		{"one origin twice", cor(review.IndependentSources), []review.Weighed{one, supports(2, evidence.Report, 1)},
			nil, []string{review.GuardCorroborated}},
		{"an origin not stated is never independent", cor(review.IndependentSources), []review.Weighed{one,
			supports(2, evidence.Report, 0)}, nil, []string{review.GuardCorroborated}},
		{"two not stated", cor(review.IndependentSources), []review.Weighed{supports(1, evidence.Report, 0),
			supports(2, evidence.Report, 0)}, nil, []string{review.GuardCorroborated}},
		{"the claim's own origin", cor(review.IndependentSources), []review.Weighed{one, own(other)}, nil,
			[]string{review.GuardCorroborated}},
		{"context does not support", cor(review.IndependentSources), []review.Weighed{one, context}, nil,
			[]string{review.GuardCorroborated}},
		{"an item not named", cor(review.IndependentSources), []review.Weighed{one, other}, []evidence.ID{1},
			[]string{review.GuardCorroborated}},
		{"primary document", cor(review.PrimaryDocument), []review.Weighed{supports(1, evidence.PrimaryDocument, 0)},
			nil, nil},
		{"a report is no primary document", cor(review.PrimaryDocument), []review.Weighed{one, other}, nil,
			[]string{review.GuardCorroborated}},
		{"own primary document", cor(review.PrimaryDocument), []review.Weighed{own(supports(1, evidence.PrimaryDocument,
			1))}, nil, []string{review.GuardCorroborated}},
		{"official record", cor(review.OfficialRecord), []review.Weighed{supports(1, evidence.OfficialRecord, 0)}, nil,
			nil},
		{"a primary document is no official record", cor(review.OfficialRecord),
			[]review.Weighed{supports(1, evidence.PrimaryDocument, 0)}, nil, []string{review.GuardCorroborated}},
		{"refuting unanswered", cor(review.IndependentSources), []review.Weighed{one, other, refutes},
			[]evidence.ID{1, 2}, []string{review.GuardUnanswered}},
		{"refuting answered", with(cor(review.IndependentSources), "#8 is about another year."), []review.Weighed{one,
			other, refutes}, []evidence.ID{1, 2}, nil},
		{"answered another number", with(cor(review.IndependentSources), "#80 is about another year."),
			[]review.Weighed{one, other, refutes}, nil, []string{review.GuardUnanswered}},

		{"refuted", dis(review.Refuted), []review.Weighed{refutes}, nil, nil},
		{"refuted by nothing", dis(review.Refuted), []review.Weighed{one, context}, nil,
			[]string{review.GuardDisputed}},
		{"misattributed", dis(review.Misattributed), []review.Weighed{context}, nil, []string{review.GuardDisputed}},
		{"conflicting", dis(review.Conflicting), []review.Weighed{one, refutes}, nil, nil},
		{"conflicting one way", dis(review.Conflicting), []review.Weighed{refutes}, nil,
			[]string{review.GuardConflicting}},
		{"conflicting the other way", dis(review.Conflicting), []review.Weighed{one}, nil,
			[]string{review.GuardConflicting}},
		{"out of context takes context", dis(review.OutOfContext), []review.Weighed{context}, nil, nil},
		{"out of context of nothing", dis(review.OutOfContext), []review.Weighed{one}, nil,
			[]string{review.GuardOutOfContext}},

		{"unverified", searched(unv(review.NoEvidence)), nil, nil, nil},
		{"unverified without a note", unv(review.SingleOrigin), []review.Weighed{one}, nil,
			[]string{review.GuardUnverified}},
		{"unverified, only spaces", review.Draft{Verdict: claims.Unverified, Reason: review.Insufficient,
			Searched: "  "}, nil, nil, []string{review.GuardUnverified}},
		{"not checkable", with(unv(review.NotCheckable), "An opinion."), nil, nil, nil},
		{"not checkable without why", searched(unv(review.NotCheckable)), nil, nil, []string{review.GuardNotCheckable}},
		{"pending", searched(unv(review.PendingEvent)), nil, nil, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.draft.Evidence = c.named
			if c.named == nil {
				for _, w := range c.linked {
					c.draft.Evidence = append(c.draft.Evidence, w.ID)
				}
			}
			var got []string
			for _, f := range review.Check(c.draft, c.linked) {
				got = append(got, f.Guard)
				if f.Msg == "" || f.Remedy == "" || f.Field == "" {
					t.Errorf("guard %s does not say what and how: %+v", f.Guard, f)
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("Check = %v, want %v", got, c.want)
			}
		})
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

func TestEveryGuardCanBeAdvice(t *testing.T) {
	want := []string{review.GuardCorroborated, review.GuardUnanswered, review.GuardDisputed, review.GuardConflicting,
		review.GuardOutOfContext, review.GuardUnverified, review.GuardNotCheckable}
	if got := articles.Guards(); !slices.Equal(got, want) {
		t.Errorf("articles.Guards = %v; package review has %v", got, want)
	}
}

func TestJudge(t *testing.T) {
	c, d, u := claims.Corroborated, claims.Disputed, claims.Unverified
	for _, x := range []struct {
		name    string
		voices  string // one letter a review; capital: stale
		quorum  int
		rule    string
		state   string
		verdict string
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
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOfN(rapid.RuneFrom([]rune("cduCDU")), 0, 12, -1).Draw(t, "voices")
		terms := review.Terms{Quorum: rapid.IntRange(1, 8).Draw(t, "quorum"),
			Rule: rapid.SampledFrom([]string{articles.Unanimous, articles.Majority}).Draw(t, "rule")}
		vs := voices(s)
		got := review.Judge(vs, terms)
		slices.Reverse(vs)
		if again := review.Judge(vs, terms); again != got {
			t.Fatalf("the order of reviews matters: %+v, %+v", got, again)
		}
		count := map[string]int{}
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
