package review

import (
	"context"
	"fmt"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// Giving is the rule by which a collection gives claims out. A collection without a row gives out by hand.
type Giving struct {
	ID           int64             `gorm:"column:id;primaryKey" json:"-"`
	CollectionID auth.CollectionID `gorm:"column:collection_id" json:"collection"`
	How          How               `gorm:"column:how" json:"how"`
	Share        int               `gorm:"column:share" json:"share"`         // of a hundred; of ByShare
	AsAccepted   bool              `gorm:"column:as_accepted" json:"accepts"` // also each claim as it is accepted
	ChangedBy    auth.UserID       `gorm:"column:changed_by" json:"-"`
	Version      int64             `gorm:"column:version" json:"version"` // 0: nobody has set it
}

// TableName names the table.
func (Giving) TableName() string { return "giving_rules" }

func (g Giving) object() string { return fmt.Sprintf("giving:%d", g.ID) }

func (g Giving) fields() history.Fields {
	accepts := "0"
	if g.AsAccepted {
		accepts = "1"
	}
	return history.Fields{"collection": history.Num(g.CollectionID), "how": string(g.How),
		"share": history.Num(g.Share), "as_accepted": accepts, "changed_by": history.Num(g.ChangedBy),
		"version": history.Num(g.Version)}
}

func listGivings(r *store.Rx, yield func(string, history.Fields, history.Texts) error) error {
	return store.Each(r, func(g Giving) error { return yield(g.object(), g.fields(), nil) })
}

// GivingOf reads the rule of a collection; one that nobody has set gives out by hand. It asks no permission.
func GivingOf(r *store.Rx, in auth.CollectionID) (Giving, error) {
	g, there, err := store.One[Giving](r, "SELECT * FROM giving_rules WHERE collection_id = ?", in)
	if !there {
		g = Giving{CollectionID: in, How: ByHand}
	}
	return g, err
}

// SetGiving sets the rule of a collection. g.Version is the one that the person had before them.
func (s *Service) SetGiving(ctx context.Context, actor auth.Actor, g Giving) (set Giving, err error) {
	defer fault.In(&err, "review.SetGiving(%d, %q)", g.CollectionID, g.How)
	who, err := s.policy.May(actor, auth.ThingAssignment, auth.Give, g.CollectionID)
	if err != nil {
		return set, err
	}
	if err := checkGiving(g); err != nil {
		return set, err
	}
	if g.ChangedBy = actor.UserID; g.How == ByHand {
		g.AsAccepted = false
	}
	err = s.write(ctx, func(tx *store.Tx) error {
		if _, err := articles.CollectionByID(&tx.Rx, g.CollectionID); err != nil {
			return err
		}
		was, err := GivingOf(&tx.Rx, g.CollectionID)
		if err != nil {
			return err
		}
		if was.Version != g.Version {
			return fault.Stale("The rule was changed while you had it open; it is version %d now. Look at it again.",
				was.Version)
		}
		now := g
		now.ID, now.Version = was.ID, was.Version+1
		if was.Version == 0 {
			err = tx.Gorm().Create(&now).Error
		} else {
			err = store.Changed(tx.Gorm().Model(&Giving{}).Where("id = ? AND version = ?", was.ID, was.Version).
				Select("*").Omit("id").Updates(&now), "this rule")
		}
		if err != nil {
			return err
		}
		e := history.Event{Action: "assignment.rule_set", Object: now.object(), Collection: int64(g.CollectionID),
			After: now.fields()}
		if was.Version != 0 {
			e.Before = was.fields()
		}
		set = now
		_, err = history.Append(tx, who, e)
		return err
	})
	return set, err
}

func checkGiving(g Giving) error {
	if err := Hows.Check("how", g.How); err != nil {
		return err
	}
	if g.Share < 0 || g.Share > 100 {
		return fault.New(fault.Invalid, "A share is 0 to 100 of a hundred.").With("share", "Give 0 to 100.")
	}
	return nil
}

// needed says to how many people a claim is given under a rule.
func (g Giving) needed(quorum int) func(claims.Claim) int {
	return func(c claims.Claim) int {
		if g.How == ByShare && drawOf(c.ID, 0)%100 >= uint64(g.Share) {
			return 1
		}
		return quorum
	}
}

// turned follows claims that are opened, in the Write that opens them: under a rule that says so, one that nobody has
// is given out. When the opening is taken back, so is what was given out with it. It asks no permission of who opens:
// whoever set the rule has it (Stands).
func (s *Service) turned(tx *store.Tx, who history.Who, before, after claims.Claim, batch string) error {
	switch {
	case after.State == claims.Open && (before.State == claims.Candidate || before.ID == 0):
		return s.giveOpened(tx, who, after, batch)
	case before.State == claims.Open && after.State == claims.Candidate && before.OpenedAt != nil:
		rows, err := store.Select[Assignment](&tx.Rx, "SELECT * FROM assignments WHERE claim_id = ? AND how <> ? AND "+
			"given_at = ? ORDER BY id", before.ID, ByHand, *before.OpenedAt)
		if err != nil {
			return err
		}
		return strike(tx, who, rows, "", batch)
	}
	return nil
}

// Stands says whether a rule gives out by itself: whoever set it is enabled, and may give out there still. It asks no
// permission of who asks.
func (s *Service) Stands(r *store.Rx, g Giving) (bool, error) {
	if g.Version == 0 {
		return true, nil
	}
	u, err := auth.UserByID(r, g.ChangedBy)
	return u.Enabled && s.policy.Allows(auth.Actor{UserID: u.ID, Grants: u.Grants}, auth.ThingAssignment, auth.Give,
		g.CollectionID), err
}

func (s *Service) giveOpened(tx *store.Tx, who history.Who, c claims.Claim, batch string) error {
	g, err := GivingOf(&tx.Rx, c.CollectionID)
	if err != nil || !g.AsAccepted || g.How == ByHand {
		return err
	}
	if stands, err := s.Stands(&tx.Rx, g); err != nil || !stands {
		return err
	}
	col, err := articles.CollectionByID(&tx.Rx, c.CollectionID)
	if err != nil {
		return err
	}
	had, err := assigneesOf(&tx.Rx, []claims.ID{c.ID})
	if err != nil || len(had) > 0 {
		return err
	}
	people, err := reviewersIn(&tx.Rx, c.CollectionID)
	if err != nil {
		return err
	}
	var rows []Assignment
	for _, gift := range deal([]claims.Claim{c}, people, g.needed(col.Quorum)) {
		rows = append(rows, Assignment{CollectionID: c.CollectionID, ClaimID: gift.claim, UserID: gift.to,
			GivenBy: g.ChangedBy, GivenAt: tx.Now(), How: g.How})
	}
	given, err := write(tx, who, rows, "", batch)
	if err != nil {
		return err
	}
	return tellAssigned(tx, auth.UserID(who.UserID), c.CollectionID, given)
}
