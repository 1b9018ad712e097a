package desk

import (
	"claimbench/internal/auth"
	"claimbench/internal/claims"
)

// DashboardJSON is how a collection stands, for programs.
type DashboardJSON struct {
	At            Time               `json:"at"`
	Zone          string             `json:"zone"` // whose days they are
	All           ProgressJSON       `json:"all"`
	Languages     List[ProgressJSON] `json:"languages"`
	VerdictsByDay List[DayJSON]      `json:"verdicts_by_day"`
	Backlog       BacklogJSON        `json:"backlog"`
	TimeToVerdict List[TookJSON]     `json:"time_to_verdict"`     // all first, then by language
	Agreement     *AgreementJSON     `json:"agreement,omitempty"` // not there of a moment that has been
	// what machines proposed, and what became of it; as agreement
	Proposals List[AcceptanceJSON] `json:"proposals"`
	// of the candidates that wait, how many may be worth a check; left out until enough was drawn by lot
	WorthChecking *EstimateJSON `json:"worth_checking,omitempty"`
}

// EstimateJSON is a number with its bounds (95 %), from how many draws by lot.
type EstimateJSON struct {
	Low    int `json:"low"`
	Likely int `json:"likely"`
	High   int `json:"high"`
	Draws  int `json:"draws"`
}

// AcceptanceJSON is what became of what one machine proposed of one kind in one language.
type AcceptanceJSON struct {
	Kind     string `json:"kind"` // a kind of proposal, or bracket
	Maker    string `json:"maker"`
	Model    string `json:"model,omitempty"`
	Language string `json:"language"`
	// the user that is the machine whose token proposed; 0: the rules or the model
	Machine  auth.UserID `json:"machine"`
	Name     string      `json:"machine_name,omitempty"`
	Waiting  int         `json:"waiting"`
	Accepted int         `json:"accepted"`
	Edited   int         `json:"edited"`
	Refused  int         `json:"refused"`
	Letters  int         `json:"letters_changed"` // of all that were edited and could be counted
	Counted  int         `json:"letters_counted"`
}

// ProgressJSON is how many claims stand where.
type ProgressJSON struct {
	Language     string `json:"language,omitempty"`
	Corroborated int    `json:"corroborated"`
	Disputed     int    `json:"disputed"`
	Unverified   int    `json:"unverified"`
	Open         int    `json:"open"` // with those in conflict
	InConflict   int    `json:"in_conflict"`
	Candidates   int    `json:"candidates"`
	Rejected     int    `json:"rejected"`
}

// DayJSON is one day with its verdicts.
type DayJSON struct {
	Day          string `json:"day"` // 2026-11-28
	Corroborated int    `json:"corroborated"`
	Disputed     int    `json:"disputed"`
	Unverified   int    `json:"unverified"`
}

// BacklogJSON is how long open claims have waited.
type BacklogJSON struct {
	Groups     List[AgeJSON] `json:"groups"`
	Oldest     claims.ID     `json:"oldest_claim,omitempty"`
	OldestFor  int64         `json:"oldest_seconds"`
	HalfLonger int64         `json:"half_longer_than_seconds"` // to the hour
}

// AgeJSON is how many claims have waited from so many days on, up to the next group.
type AgeJSON struct {
	FromDays int `json:"from_days"`
	N        int `json:"n"`
}

// TookJSON is how long decisions took.
type TookJSON struct {
	Language string `json:"language,omitempty"`
	N        int    `json:"n"`
	Median   int64  `json:"median_seconds"`
	Low      int64  `json:"lower_quartile_seconds"`
	High     int64  `json:"upper_quartile_seconds"`
}

// JSON is the page for programs.
func (b Dashboard) JSON() DashboardJSON {
	out := DashboardJSON{At: Time(b.At), Zone: b.Zone.String(), All: b.All.json(),
		Backlog: BacklogJSON{Oldest: b.Oldest, OldestFor: int64(b.OldestFor.Seconds()),
			HalfLonger: int64(b.HalfFor.Seconds())}}
	if !b.Past {
		agreement := b.Agreement.JSON()
		out.Agreement = &agreement
	}
	for _, s := range b.Langs {
		out.Languages.Items = append(out.Languages.Items, s.json())
	}
	for _, d := range b.Days {
		out.VerdictsByDay.Items = append(out.VerdictsByDay.Items, DayJSON{d.Day.Format("2006-01-02"),
			d.Verdicts[claims.Corroborated], d.Verdicts[claims.Disputed], d.Verdicts[claims.Unverified]})
	}
	for i, n := range b.Ages {
		out.Backlog.Groups.Items = append(out.Backlog.Groups.Items, AgeJSON{AgeFrom[i], n})
	}
	for _, t := range b.Took {
		out.TimeToVerdict.Items = append(out.TimeToVerdict.Items, TookJSON{t.Lang, t.N, int64(t.Half.Seconds()),
			int64(t.Low.Seconds()), int64(t.High.Seconds())})
	}
	for _, a := range b.Machines {
		x := AcceptanceJSON{Kind: a.Kind, Maker: a.Maker, Model: a.Model, Language: a.Language, Machine: a.Machine,
			Waiting: a.Waiting, Accepted: a.Accepted, Edited: a.Edited, Refused: a.Refused, Letters: a.Letters,
			Counted: a.Counted}
		if a.Machine != 0 {
			x.Name = b.Names.Of(a.Machine)
		}
		out.Proposals.Items = append(out.Proposals.Items, x)
	}
	if w := b.Left; w.Likely > 0 || w.Low > 0 {
		out.WorthChecking = &EstimateJSON{w.Low, w.Likely, w.High, w.Draws}
	}
	return out
}

func (s Progress) json() ProgressJSON {
	return ProgressJSON{s.Lang, s.Verdicts[claims.Corroborated], s.Verdicts[claims.Disputed],
		s.Verdicts[claims.Unverified], s.Open, s.InConflict, s.Candidates, s.Rejected}
}
