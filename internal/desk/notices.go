package desk

import (
	"context"
	"strings"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/notices"
	"claimbench/internal/store"
)

// noticesPage is how many notices a page has.
const noticesPage = 50

// Notices are what a person was told of, newest first.
type Notices struct {
	Frame Frame
	List  []NoticeSeen
	Next  store.Drawn // the last one, when there are more
	Names Names
}

// NoticeSeen is a notice with what it leads to.
type NoticeSeen struct {
	notices.Notice
	Claim   *claims.Claim  // nil: it is of none, or of one that the person does not read
	By      auth.UserID    // who did it; 0: nobody is named
	Words   string         // the first of what they wrote
	Verdict claims.Verdict // of a decision
}

// Notices answers a person's own notices, those before one of them.
func (d *Desk) Notices(ctx context.Context, actor auth.Actor, before store.Drawn) (out Notices, err error) {
	defer fault.In(&err, "desk.Notices(%q)", before)
	err = d.look(ctx, actor, func(l *look) error {
		out = Notices{Names: l.names}
		if out.Frame, err = l.frame(0); err != nil {
			return err
		}
		rows, err := notices.Of(l.rx, actor.UserID, notices.For(l.h.Policy, actor), before, noticesPage+1)
		if err != nil {
			return err
		}
		if len(rows) > noticesPage {
			rows = rows[:noticesPage]
			out.Next = rows[noticesPage-1].Public
		}
		ids := map[claims.ID]bool{}
		for _, n := range rows {
			ids[claims.ID(n.ClaimID)] = true
		}
		all, err := claims.Some(l.rx, ids)
		if err == nil {
			err = claims.Fill(l.rx, all)
		}
		by := map[claims.ID]claims.Claim{}
		for _, c := range all {
			by[c.ID] = c
		}
		for _, n := range rows {
			seen := NoticeSeen{Notice: n}
			if c, there := by[claims.ID(n.ClaimID)]; there && l.may(auth.ThingClaim, auth.Read, c.CollectionID) {
				seen.Claim = &c
			}
			out.List = append(out.List, seen)
		}
		if err != nil {
			return err
		}
		return l.toldOf(out.List)
	})
	return out, err
}

// Place is the address to which a notice leads, "" for none that the person reads.
func (n NoticeSeen) Place() string {
	switch kind, id, _ := strings.Cut(n.Ref, ":"); {
	case n.Claim != nil && n.Kind == notices.Mentioned:
		return "/claims/" + decimal(n.ClaimID) + "#comment-" + n.Ref
	case n.Claim != nil:
		return "/claims/" + decimal(n.ClaimID)
	case n.Kind == notices.SourceNamed && kind == "article":
		return "/articles/" + id
	case n.Kind == notices.TextChanged || n.Kind == notices.ChangedInSilence || n.Kind == notices.PageGone:
		return "/articles/" + id + "/watch"
	case n.ClaimID == 0 && kind == "article":
		return "/articles/" + id + "/work"
	case n.ClaimID == 0 && (kind == "arrival" || kind == "arrivals"):
		return "/collections/" + decimal(n.CollectionID) + "/articles/import"
	case n.ClaimID == 0 && kind == "claimset":
		return "/sets/" + id
	case n.ClaimID == 0 && kind == "alarms":
		return "/collections/" + id + "/alarms"
	case n.ClaimID == 0 && kind == "erasure":
		return "/erasures"
	case n.ClaimID == 0 && kind == "collection":
		return "/collections/" + id + "/queue?assignee=me"
	}
	return ""
}

// NoticeJSON is a notice for the programs of the person who is told.
type NoticeJSON struct {
	ID     store.Drawn  `json:"id"`
	Kind   notices.Kind `json:"kind"`
	Claim  claims.ID    `json:"claim,omitempty"`
	Place  string       `json:"place,omitempty"` // the address to which it leads
	By     auth.UserID  `json:"by,omitempty"`    // who did it; left out where nobody is named
	Says   string       `json:"says"`            // who did what, as one sentence
	Words  string       `json:"words,omitempty"` // the first of what they wrote
	ToldAt Time         `json:"told_at"`
	ReadAt *Time        `json:"read_at,omitempty"` // left out: not yet
}

// NoticesJSON are a person's notices; Unread stops at 100.
type NoticesJSON struct {
	Unread int              `json:"unread"`
	List   List[NoticeJSON] `json:"notices"` // next, as ?before=, leads to earlier ones
}

// NoticeOf is a notice for programs.
func NoticeOf(n NoticeSeen, names Names) NoticeJSON {
	who, did := n.Did(names)
	out := NoticeJSON{ID: n.Public, Kind: n.Kind, Place: n.Place(), ToldAt: Time(n.ToldAt), ReadAt: timeOf(n.ReadAt),
		By: n.By, Says: strings.TrimSpace(who + " " + did), Words: n.Words}
	if n.Claim != nil {
		out.Claim = n.Claim.ID
	}
	return out
}

// JSON is the answer for programs.
func (n Notices) JSON() NoticesJSON {
	out := NoticesJSON{Unread: n.Frame.Unread, List: List[NoticeJSON]{Next: string(n.Next)}}
	for _, x := range n.List {
		out.List.Items = append(out.List.Items, NoticeOf(x, n.Names))
	}
	return out
}
