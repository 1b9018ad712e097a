package watches

import (
	"context"
	"regexp"
	"strings"
	"time"

	"claimbench/internal/addresses"
	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/internal/intake"
	"claimbench/internal/notices"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// seen is what one visit saw.
type seen struct {
	text   string // "" it is as it was, or gone
	points int
	sha    string
	stated string
}

// Came is told what a visit brought, and proposes a text that is another than the article's.
func (s *Service) Came(ctx context.Context, actor auth.Actor, v addresses.Visit) (err error) {
	defer fault.In(&err, "watches.Came(watch %d)", v.Address.Object)
	who, err := s.policy.May(actor, auth.ThingArticle, auth.Import, v.Address.CollectionID)
	if err != nil {
		return err
	}
	var is seen
	if v.Gone == nil && !v.Page.Unchanged {
		if is, err = read(v); err != nil {
			return err
		}
	}
	return s.db.Write(ctx, func(tx *store.Tx) error { return s.keep(tx, who, v, is) })
}

// read reads the page of a visit, which must be a text that can be a revision.
func read(v addresses.Visit) (is seen, err error) {
	doc, err := v.Read()
	if err != nil {
		return is, err
	}
	if strings.TrimSpace(doc.Text) == "" || len(doc.Items) > 0 {
		return is, fault.New(fault.Invalid, "There is no text at this address now, so it is not compared.")
	}
	if len(doc.Text) > intake.MaxText {
		return is, fault.New(fault.TooLarge, "The text at this address has %s; an article has at most %s.",
			intake.Over(int64(len(doc.Text)), intake.MaxText), intake.MiB(intake.MaxText))
	}
	d, err := text.NewDoc(doc.Text)
	if err != nil {
		return is, fault.Wrap(fault.Invalid, err, "The text at this address cannot be read: %s.", err)
	}
	return seen{text: d.Raw(), points: d.Len(), sha: hashOf(d.Raw()), stated: stated(doc)}, nil
}

// aMoment is what a page may state: a day or a part of it, or a moment with its zone.
var aMoment = regexp.MustCompile(`^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?)?)?)?$`)

// stated is the newest day that a page states of itself: that of its last change, else that of its publication.
func stated(doc intake.Document) string {
	for _, day := range []string{doc.ChangedAt, doc.PublishedAt, doc.Published} {
		if aMoment.MatchString(day) {
			return day
		}
	}
	return ""
}

// keep writes down what a visit saw, in one Write.
func (s *Service) keep(tx *store.Tx, who history.Who, v addresses.Visit, is seen) error {
	id := ID(v.Address.Object)
	a, w, err := holdBoth(tx, id)
	if err != nil {
		return err
	}
	last, known, err := store.One[visitRow](&tx.Rx, "SELECT * FROM watch_visits WHERE watch_id = ?", id)
	if err != nil {
		return err
	}
	news := is.text != "" && is.sha != last.Seen
	next := last
	next.WatchID, next.AskedAt, next.Step = id, tx.Now(), last.Step+1
	if news || !known {
		next.Step = 0
	}
	if err := addresses.Later(tx, v, s.steps[min(next.Step, len(s.steps)-1)]); err != nil {
		return err
	}
	if err := Watchable(a); err != nil {
		return err
	}
	if err := v.Open(&tx.Rx); err != nil { // it leads to a document that is protected
		return err
	}
	if _, err = s.keepGone(tx, who, w, v); err != nil {
		return err
	}
	if is.text != "" {
		silent := news && known && last.Seen != "" && is.stated != "" && is.stated == last.Stated
		if err := s.propose(tx, who, a, is, silent); err != nil {
			return err
		}
		next.Seen, next.Stated = is.sha, is.stated
	}
	return tx.Gorm().Save(&next).Error
}

// holdBoth reads a watch and its article, which nobody takes away nor protects until the Write has ended. The article
// is held first, as whoever ends a watch does.
func holdBoth(tx *store.Tx, id ID) (a articles.Article, w Watch, err error) {
	const query = "SELECT * FROM watches WHERE id = ?"
	if w, err = store.Get[Watch](&tx.Rx, "such watch", query, id); err != nil {
		return a, w, err
	}
	if a, err = hold(tx, w.ArticleID); err != nil {
		return a, w, err
	}
	w, err = store.Get[Watch](&tx.Rx, "such watch", query, id)
	return a, w, err
}

// keepGone notes since when a page is gone, and that it is there again.
func (s *Service) keepGone(tx *store.Tx, who history.Who, w Watch, v addresses.Visit) (Watch, error) {
	if (v.Gone != nil) == (w.GoneDay != "") {
		return w, nil
	}
	before, action := fields(w), "watch.back"
	w.GoneDay = ""
	if v.Gone != nil {
		w.GoneDay, action = v.Page.Day.UTC().Format(time.DateOnly), "watch.gone"
		if err := s.tell(tx, w.CollectionID, w.ArticleID, notices.PageGone); err != nil {
			return w, err
		}
	} else if err := s.untell(tx, w.CollectionID, w.ArticleID, notices.PageGone); err != nil {
		return w, err
	}
	w.Version++
	if err := tx.Gorm().Save(&w).Error; err != nil {
		return w, err
	}
	return w, record(tx, who, action, w.CollectionID, Object(w.ID), before, fields(w))
}

// propose proposes a text, unless it is the article's, waits already or was refused. One that waited is replaced.
func (s *Service) propose(tx *store.Tx, who history.Who, a articles.Article, is seen, silent bool) error {
	if silent {
		if err := s.tell(tx, a.CollectionID, a.ID, notices.ChangedInSilence); err != nil {
			return err
		}
	}
	now, err := articles.RevisionFacts(&tx.Rx, []articles.RevisionID{*a.RevisionID})
	if err != nil {
		return err
	}
	open, waits, err := openOf(&tx.Rx, a.ID)
	if err != nil || waits && open.SHA256 == is.sha {
		return err
	}
	same := now[*a.RevisionID].SHA256 == is.sha
	if waits {
		fate := Replaced
		if same {
			fate = Withdrawn
			if err := s.untell(tx, a.CollectionID, a.ID, notices.TextChanged); err != nil {
				return err
			}
		}
		if err := decide(tx, who, a.CollectionID, open, fate); err != nil {
			return err
		}
	}
	if same {
		return nil
	}
	refused, _, err := store.One[bool](&tx.Rx, "SELECT EXISTS (SELECT 1 FROM proposed_revisions WHERE article_id = ? "+
		"AND state = ? AND sha256 = ?) AS refused", a.ID, Refused, is.sha)
	if err != nil || refused {
		return err
	}
	p := Proposed{ArticleID: a.ID, State: Open, Raw: is.text, SHA256: is.sha, CodePoints: is.points, Silent: silent,
		Stated: is.stated, FoundAt: tx.Now(), Version: 1}
	if err := tx.Gorm().Create(&p).Error; err != nil {
		return err
	}
	if err := s.tell(tx, a.CollectionID, a.ID, notices.TextChanged); err != nil {
		return err
	}
	return record(tx, who, "proposed_revision.found", a.CollectionID, proposedObject(p.ID), nil, proposedFields(p))
}
