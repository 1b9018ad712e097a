package articles

import (
	"fmt"
	"time"

	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/store"
	"claimbench/internal/value"
)

// Look is what a text would be taken in as.
type Look struct {
	Title, Lang       string
	Points, Sentences int
}

// LookAt says what a text would be taken in as, or why it would be refused, by what can be told without a collection.
func LookAt(in Import) (Look, error) {
	doc, sentences, err := prepare(&in)
	if err != nil {
		return Look{}, err
	}
	return Look{Title: in.Title, Lang: in.Lang, Points: doc.Len(), Sentences: len(sentences)}, nil
}

// Takes says whether a document is open to be taken in, as every import asks again: the error of one that is closed
// has a Closed in its chain.
func (s *Service) Takes(tx *store.Tx, actor auth.Actor, in Import) error {
	return s.open(tx, actor, in, 0)
}

// SourceShown is a name of a source as a file gives it; "" when it cannot be one of ours, for nobody typed it.
func SourceShown(source string) string { return shown(source) }

// DayAhead says that a day of publication (YYYY, YYYY-MM or YYYY-MM-DD) has not come yet, in any place on earth.
func DayAhead(day string, now store.Micros) bool {
	tomorrow := time.UnixMicro(int64(now)).UTC().Add(14 * time.Hour).Format(time.DateOnly)
	_, err := value.ParsePublished(day)
	return err == nil && day > tomorrow[:len(day)]
}

// dayAhead refuses a day that has not come yet where a person gives it, and takes it away, and gives it, where a file
// says so of itself.
func (s *Service) dayAhead(in *Import) (ahead string, err error) {
	switch {
	case !DayAhead(in.Published, s.db.Now()):
		return "", nil
	case in.Read != nil && in.Read.Published == in.Published:
		ahead, in.Published = in.Published, ""
		return ahead, nil
	}
	msg := fmt.Sprintf("%s has not come yet. Write the day on which it was published, or leave it empty.", in.Published)
	return "", fault.New(fault.Invalid, "%s", msg).With("published", msg)
}

// WithTexts finds the live articles of a collection whose newest text has these SHA-256, by them. It asks no
// permission.
func WithTexts(r *store.Rx, in auth.CollectionID, sums []string) (map[string]ID, error) {
	out := map[string]ID{}
	if len(sums) == 0 {
		return out, nil
	}
	found, err := store.Select[struct {
		ID     ID
		SHA256 string `gorm:"column:sha256"`
	}](r, "SELECT a.id, rv.sha256 FROM revisions rv JOIN articles a ON a.revision_id = rv.id WHERE rv.sha256 IN ? AND "+
		"a.collection_id = ? AND a.state = ? ORDER BY a.id DESC", sums, in, Live)
	for _, x := range found {
		out[x.SHA256] = x.ID
	}
	return out, err
}
