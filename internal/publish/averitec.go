package publish

import (
	"bufio"
	"fmt"
	"time"

	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/evidence"
)

// averitec is a claim as the data of AVeriTeC has it, with all members of its README. What this program does not know
// is null.
type averitec struct {
	Claim      string             `json:"claim"`
	Reannotate bool               `json:"required_reannotation"`
	Label      string             `json:"label"`
	Justify    string             `json:"justification"`
	Date       *string            `json:"claim_date"` // day-month-year, without leading zeros
	Speaker    *string            `json:"speaker"`
	URL        *string            `json:"original_claim_url"`
	Cached     *string            `json:"cached_original_claim_url"`
	CheckedAt  *string            `json:"fact_checking_article"`
	Source     *string            `json:"reporting_source"`
	Location   *string            `json:"location_ISO_code"`
	Types      []string           `json:"claim_types"`
	Strategies []string           `json:"fact_checking_strategies"`
	Questions  []averitecQuestion `json:"questions"`
}

type averitecQuestion struct {
	Question string           `json:"question"`
	Answers  []averitecAnswer `json:"answers"`
}

type averitecAnswer struct {
	Answer string  `json:"answer"`
	Type   string  `json:"answer_type"` // Extractive, Abstractive, Boolean or Unanswerable
	URL    *string `json:"source_url"`
	Cached *string `json:"cached_source_url"`
	Medium *string `json:"source_medium"`
}

// averitecKinds are the claim types of the data that our kinds of claim are.
var averitecKinds = map[claims.Kind]string{
	claims.Fact: "Event/Property Claim", claims.Background: "Event/Property Claim",
	claims.Prediction: "Event/Property Claim", claims.Pledge: "Position Statement",
	claims.Opinion: "Position Statement", claims.Speech: "Quote Verification", claims.Meta: "Quote Verification",
}

func writeAVeriTeC(w *bufio.Writer, p *Print, _ Options) error {
	_ = w.WriteByte('[') // the last write tells of an error
	l := list{w: w}
	if err := p.Entries(0, func(e claimset.Entry) error { return l.add(averitecOf(p, e)) }); err != nil {
		return err
	}
	_, err := w.WriteString("\n]\n")
	return err
}

func averitecOf(p *Print, e claimset.Entry) averitec {
	out := averitec{Claim: e.Statement, Label: ratingOf(e).label, Justify: e.Explanation,
		Date: averitecDate(e.Article.Published), URL: orNull(e.Article.URL), Source: orNull(e.Article.Source),
		CheckedAt: orNull(p.Set.PageOf(p.Set.ID, p.Set.N, e.Claim)), Types: []string{averitecKinds[e.Kind]},
		Strategies: []string{"Written Evidence"}}
	if out.Types[0] == "" {
		out.Types[0] = averitecKinds[claims.Fact]
	}
	if e.Withheld {
		out.Claim = withheldWords
	}
	if s := saidBy(e); s != nil {
		out.Speaker = &s.Name
	}
	for _, x := range e.Evidence {
		out.Questions = append(out.Questions, averitecQuestionOf(x))
	}
	if len(out.Questions) == 0 {
		out.Questions = []averitecQuestion{{"What bears on the claim?",
			[]averitecAnswer{{Answer: "No answer could be found.", Type: "Unanswerable"}}}}
	}
	return out
}

// averitecQuestionOf asks what the text of an item says; its words are the answer.
func averitecQuestionOf(x claimset.EntryEvidence) averitecQuestion {
	f, of := factsOf(x), "this source"
	if x.Protected != "" {
		f = facts{title: "a protected source"}
	}
	for _, name := range []string{f.title, f.publisher, f.address} {
		if name != "" {
			of = name
			break
		}
	}
	a := averitecAnswer{Answer: x.Exact, Type: "Extractive", URL: orNull(f.address), Cached: orNull(x.ArchivedURL)}
	medium := "Web text"
	a.Medium = &medium
	if x.Exact == "" { // taken down
		a.Answer, a.Type = "No answer could be found.", "Unanswerable"
	}
	return averitecQuestion{fmt.Sprintf("What does “%s” say that %s the claim?", of, averitecStance[x.Stance]),
		[]averitecAnswer{a}}
}

var averitecStance = map[evidence.Stance]string{
	evidence.Supports: "supports", evidence.Refutes: "refutes", evidence.Context: "gives context to",
}

// averitecDate is a day as the data has it: 2026-02-01 is 1-2-2026. A date without a day is not known there.
func averitecDate(day string) *string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return nil
	}
	s := t.Format("2-1-2006")
	return &s
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
