package desk

import (
	"math"

	"claimbench/internal/agree"
	"claimbench/internal/auth"
)

// AgreementJSON is how far reviewers agree, for programs; over closed rounds only.
type AgreementJSON struct {
	All       AgreedJSON       `json:"all"`
	Languages List[AgreedJSON] `json:"languages"`
	Reasons   AgreedJSON       `json:"reasons"`   // every reason a name of its own
	ByReason  List[AgreedJSON] `json:"by_reason"` // one reason against all others
	Mine      *AgreedJSON      `json:"mine,omitempty"`
	Pairs     List[AgreedJSON] `json:"pairs"` // none but for editors and auditors
	People    List[AgreedJSON] `json:"people"`
	More      bool             `json:"more_pairs,omitempty"`
}

// AgreedJSON is one line of it.
type AgreedJSON struct {
	Language string        `json:"language,omitempty"`
	Reason   string        `json:"reason,omitempty"`
	People   []auth.UserID `json:"people,omitempty"`  // for those who read names
	Letters  []string      `json:"letters,omitempty"` // for editors
	N        int           `json:"n"`                 // rounds with two reviews and more
	Raw      MeasureJSON   `json:"raw"`               // the share of pairs of reviews that agree
	Fleiss   MeasureJSON   `json:"fleiss_kappa"`
	Alpha    MeasureJSON   `json:"krippendorff_alpha"`
	Cohen    *CohenJSON    `json:"cohen_kappa,omitempty"` // of a pair; else the mean over pairs, weighed by claims
}

// MeasureJSON is a number to four decimals, or why there is none.
type MeasureJSON struct {
	Value     *float64 `json:"value,omitempty"`
	Low       *float64 `json:"low,omitempty"` // the bounds of 95 %
	High      *float64 `json:"high,omitempty"`
	Undefined string   `json:"undefined,omitempty"`
}

// CohenJSON is Cohen's κ with what it rests on.
type CohenJSON struct {
	MeasureJSON
	N int `json:"n"`
}

// JSON is the page for programs.
func (p AgreementPage) JSON() AgreementJSON { return p.Agreement.JSON() }

// JSON is the agreement for programs.
func (a Agreement) JSON() AgreementJSON {
	out := AgreementJSON{All: a.All.json(true), Reasons: a.Reasons.json(false), More: a.More}
	for _, x := range a.Langs {
		line := x.json(true)
		line.Language = x.Of
		out.Languages.Items = append(out.Languages.Items, line)
	}
	for _, x := range a.ByReason {
		line := x.json(false)
		line.Reason = x.Of
		out.ByReason.Items = append(out.ByReason.Items, line)
	}
	if a.Mine != nil {
		line := a.Mine.json(true)
		out.Mine = &line
	}
	for _, x := range a.Pairs {
		out.Pairs.Items = append(out.Pairs.Items, x.json(true))
	}
	for _, x := range a.People {
		out.People.Items = append(out.People.Items, x.json(true))
	}
	return out
}

func (x Agreed) json(cohen bool) AgreedJSON {
	out := AgreedJSON{People: x.Who, Letters: x.Letters, N: x.N, Raw: measureOf(x.Raw), Fleiss: measureOf(x.Fleiss),
		Alpha: measureOf(x.Alpha)}
	if cohen {
		out.Cohen = &CohenJSON{measureOf(x.Cohen), x.CohenN}
	}
	return out
}

func measureOf(x agree.Number) MeasureJSON {
	if x.Undefined != "" {
		return MeasureJSON{Undefined: x.Undefined}
	}
	round := func(f float64) *float64 { f = math.Round(f*10_000) / 10_000; return &f }
	out := MeasureJSON{Value: round(x.Value)}
	if x.Interval {
		out.Low, out.High = round(x.Low), round(x.High)
	}
	return out
}
