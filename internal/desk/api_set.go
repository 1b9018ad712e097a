package desk

import (
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/fault"
	"claimbench/internal/jobs"
)

// SetJSON is a claim set as programs read it.
type SetJSON struct {
	ID         claimset.ID       `json:"id"`
	Collection auth.CollectionID `json:"collection"`
	Title      string            `json:"title"`
	N          int               `json:"n"`
	State      claimset.State    `json:"state"`
	Supersedes *claimset.ID      `json:"supersedes,omitempty"`
	StartedBy  auth.UserID       `json:"started_by"`
	StartedAt  Time              `json:"started_at"`
	FrozenBy   *auth.UserID      `json:"frozen_by,omitempty"`
	FrozenAt   *Time             `json:"frozen_at,omitempty"`
	SHA256     string            `json:"sha256"` // "" of a draft
	Version    int64             `json:"version"`
	Imprint    ImprintJSON       `json:"imprint"`
	// the version of the collection's method that a frozen set is bound to; left out: none
	Method *MethodRef `json:"method,omitempty"`
	// how far a job is that freezes the draft, or why it failed
	Freezing *Job `json:"freezing,omitempty"`
	// in a list: how many alarms about what it prints wait for an answer
	AlarmsWaiting int `json:"alarms_waiting,omitempty"`
}

// SetOf is a set for programs. Where in the history it was frozen is not in it: that counts veiled events.
func SetOf(s claimset.Set) SetJSON {
	var method *MethodRef
	if s.MethodN > 0 {
		method = &MethodRef{s.MethodN, s.Method}
	}
	return SetJSON{Method: method, ID: s.ID, Collection: s.CollectionID, Title: s.Title, N: s.N, State: s.State,
		Supersedes: s.Supersedes, StartedBy: s.StartedBy, StartedAt: Time(s.StartedAt), FrozenBy: s.FrozenBy,
		FrozenAt: timeOf(s.FrozenAt), SHA256: s.SHA256, Version: s.Version, Imprint: ImprintJSON(s.Imprint)}
}

// MethodRef names a version of a collection's method.
type MethodRef struct {
	N      int    `json:"n"`
	SHA256 string `json:"sha256"`
}

// ImprintJSON is what a set prints beside its claims, as programs read it.
type ImprintJSON struct {
	Publisher  string          `json:"publisher"`
	Note       string          `json:"note"`
	Address    string          `json:"address"`
	People     claimset.People `json:"people"`
	Rationales bool            `json:"rationales"`
	Captures   bool            `json:"captures"` // what is kept of outside documents goes with the export
}

// SetFreezing is a set for programs, with the job that freezes it.
func SetFreezing(s claimset.Set, j *jobs.Job) SetJSON {
	out := SetOf(s)
	if j != nil {
		job := JobOf(*j)
		out.Freezing = &job
	}
	return out
}

// JSON is the list for programs.
func (s Sets) JSON() List[SetJSON] {
	var out List[SetJSON]
	for _, x := range s.List {
		one := SetOf(x)
		one.AlarmsWaiting = s.Alarms[x.ID]
		out.Items = append(out.Items, one)
	}
	if s.Next != 0 {
		out.Next = decimal(s.Next)
	}
	return out
}

// SetPageJSON is a set with a page of its claims: those of a draft as they are, those of a frozen set as they were.
type SetPageJSON struct {
	SetJSON
	Size         int                   `json:"size"`
	Before       int                   `json:"before,omitempty"`  // how many claims of a draft stand before this page
	Claims       *List[ClaimJSON]      `json:"claims,omitempty"`  // of a draft
	Entries      *List[claimset.Entry] `json:"entries,omitempty"` // of a frozen set, as it is exported
	SupersededBy *SetJSON              `json:"superseded_by,omitempty"`
	FrozenSeq    int64                 `json:"frozen_seq,omitempty"` // for those who read the whole history
	// the frozen claims have the hash they were frozen with
	Intact bool `json:"intact"`
	// path of its status list, for those who may read that; left out: it is not published
	StatusAddress string `json:"status_address,omitempty"`
	// what happened to what it prints: those that wait first, at most 50; the rest are in the alarms of the collection
	Alarms *List[AlarmJSON] `json:"alarms,omitempty"`
	// how the claims of this page stand today, those that do not stand as printed
	Conditions *List[ConditionJSON] `json:"conditions,omitempty"`
	// what the version before prints and this one does not, at most 50
	Omitted *List[OmittedJSON] `json:"omitted,omitempty"`
	// how it was exported, the newest first, at most 50; the rest is in the history
	Exports *List[ExportJSON] `json:"exports,omitempty"`
	// when that was looked at, at most a minute ago
	CheckedAt *Time `json:"checked_at,omitempty"`
}

// JSON is the answer for programs.
func (s Set) JSON() SetPageJSON {
	out := SetPageJSON{SetJSON: SetFreezing(s.Opened.Set, s.Freezing), Size: s.Size, Before: s.Before,
		Intact: s.Intact}
	if s.SupersededBy != nil {
		by := SetOf(*s.SupersededBy)
		out.SupersededBy = &by
	}
	if s.CheckedAt != 0 {
		out.CheckedAt = timeOf(&s.CheckedAt)
	}
	out.Omitted = s.Left.json()
	if s.Position != nil {
		out.FrozenSeq = s.Position.FrozenSeq
	}
	if s.Status != nil {
		out.StatusAddress = StatusPath(s.Status.Name)
	}
	next := ""
	if s.Next != 0 {
		next = decimal(s.Next)
	}
	if s.Draft {
		out.Claims = &List[ClaimJSON]{Items: JSONOfAll(s.Claims).Items, Next: next}
		for i, c := range s.Claims {
			out.Claims.Items[i].Unsupported = lacksOf(s.Rows.Lacks[c.ID])
		}
	} else {
		out.Entries = &List[claimset.Entry]{Items: whole(s.Entries), Next: next}
		out.Alarms = &List[AlarmJSON]{Items: alarmsOf(s.Alarms)}
		exports := exportsJSON(s.Exports)
		out.Exports, out.Conditions = &exports, &List[ConditionJSON]{}
		for _, e := range s.Entries {
			if at, there := s.Standings[e.Claim]; there {
				out.Conditions.Items = append(out.Conditions.Items, conditionOf(e.Claim, at))
			}
		}
	}
	return out
}

// whole gives entries without null lists: a copy of what was frozen may have some, where there was nothing.
func whole(all []claimset.Entry) []claimset.Entry {
	out := make([]claimset.Entry, len(all))
	for i, e := range all {
		e.Glosses, e.Evidence, e.Reviews = some(e.Glosses), some(e.Evidence), some(e.Reviews)
		out[i] = e
	}
	return out
}

// PrintingJSON is what a freeze of a draft would print, for programs.
type PrintingJSON struct {
	Set     SetJSON              `json:"set"`
	Size    int                  `json:"size"`
	Entries List[claimset.Entry] `json:"entries"`           // as they would be exported
	LeftOut List[LeftJSON]       `json:"left_out"`          // at most 50
	MoreOut bool                 `json:"more_left_out"`     // there are more that it would not take
	Omitted *List[OmittedJSON]   `json:"omitted,omitempty"` // what the version before prints and this one does not
	Why     string               `json:"why,omitempty"`     // why it cannot be frozen now
	// the method in force, to which a freeze binds the set; left out: there is none, and the set prints none
	Method *MethodRef `json:"method,omitempty"`
	// of the entries: their words name a protected source that you may see; left out when there are none
	Tells   []claims.ID `json:"names_protected,omitempty"`
	Unasked []claims.ID `json:"unasked"` // of the entries: a person is disputed, and nobody was asked
	// of the entries: those whose statement says what the claim's words in the article do not
	Unsupported []LackingJSON `json:"unsupported"`
}

// LackingJSON is a claim with what its statement says and its words do not.
type LackingJSON struct {
	Claim       claims.ID  `json:"claim"`
	Unsupported []LackJSON `json:"unsupported"`
}

// OmittedJSON is a claim that the version before prints and this one does not, and where it stands now.
type OmittedJSON struct {
	Claim   claims.ID    `json:"claim"`
	State   claims.State `json:"state"`
	Why     string       `json:"why"`
	Said    string       `json:"said,omitempty"` // why, in the words of an editor; public
	Version int64        `json:"version"`        // of what was said, 0: nothing was
}

func (l Left) json() *List[OmittedJSON] {
	if len(l.Claims) == 0 {
		return nil
	}
	var out List[OmittedJSON]
	for _, c := range l.Claims {
		said := l.Said[c.ID]
		out.Items = append(out.Items, OmittedJSON{c.ID, c.State, claimset.WhyOmitted(c), said.Reason, said.Version})
	}
	return &out
}

// LeftJSON is a claim that cannot be printed.
type LeftJSON struct {
	Claim claims.ID `json:"claim"`
	Why   string    `json:"why"`
}

// JSON is the answer for programs.
func (p Printing) JSON() PrintingJSON {
	out := PrintingJSON{Set: SetOf(p.Set), Size: p.Size, Entries: List[claimset.Entry]{Items: whole(p.Entries)},
		MoreOut: p.MoreOut, Unasked: some(p.Unasked), Tells: p.Tells, Unsupported: []LackingJSON{}}
	for _, c := range p.Lacking.Claims {
		out.Unsupported = append(out.Unsupported, LackingJSON{c.ID, lacksOf(p.Lacking.Lacks[c.ID])})
	}
	if p.Next != 0 {
		out.Entries.Next = decimal(p.Next)
	}
	for _, x := range p.Out {
		out.LeftOut.Items = append(out.LeftOut.Items, LeftJSON{x.Claim.ID, fault.Message(x.Why)})
	}
	out.Omitted = p.Before.json()
	if p.Method.N > 0 {
		out.Method = &MethodRef{p.Method.N, p.Method.SHA256}
	}
	if p.Hindrance != nil {
		out.Why = fault.Message(p.Hindrance)
	}
	return out
}

// OmissionJSON is why a correction leaves out a claim, as an editor said it.
type OmissionJSON struct {
	Set     claimset.ID `json:"set"`
	Claim   claims.ID   `json:"claim"`
	Version int64       `json:"version"` // of what was said
}
