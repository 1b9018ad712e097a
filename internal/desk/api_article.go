package desk

import (
	"strconv"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/evidence"
	"claimbench/internal/intake"
)

// ArticleLineJSON is an article in a list, as programs read it.
type ArticleLineJSON struct {
	ArticleJSON
	SourceName  string `json:"source_name"`
	Reliability string `json:"reliability"` // as the collection rated the source
	CodePoints  int    `json:"code_points"`
	Sentences   int    `json:"sentences"`
	Candidates  int    `json:"candidates"`
	Claims      int    `json:"claims"`
	Decided     int    `json:"decided"` // of the claims
}

// JSON is the list for programs.
func (a Articles) JSON() List[ArticleLineJSON] {
	var out List[ArticleLineJSON]
	for _, x := range a.Lines {
		out.Items = append(out.Items, ArticleLineJSON{ArticleJSON: ArticleOf(x.Article), SourceName: x.Source,
			Reliability: x.Rating, CodePoints: x.CodePoints, Sentences: x.Sentences, Candidates: x.Claims.Candidates,
			Claims: x.Claims.Claims, Decided: x.Claims.Decided})
	}
	if a.Next != 0 {
		out.Next = decimal(a.Next)
	}
	return out
}

// JSON is the page of revisions for programs, oldest first; next leads to earlier ones.
func (r Revisions) JSON() List[RevisionJSON] {
	var out List[RevisionJSON]
	for _, x := range r.All {
		out.Items = append(out.Items, RevisionOf(x.Revision))
	}
	if r.Earlier {
		out.Next = strconv.Itoa(r.All[0].N)
	}
	return out
}

// ImportedJSON is what an import made, or found.
type ImportedJSON struct {
	Article  ArticleJSON  `json:"article"`
	Revision RevisionJSON `json:"revision"`
	Existing bool         `json:"existing"`      // the very text was there already
	Job      *Job         `json:"job,omitempty"` // what is still done to it in the background
	// other articles of the collection with the same address: this may be a newer text of theirs
	SameAddress []articles.ID `json:"same_address,omitempty"`
	DayAhead    string        `json:"day_ahead,omitempty"` // the file says that it was published then; it was not kept
}

// ImportedOf is what an import made, for programs.
func ImportedOf(x articles.Imported) ImportedJSON {
	out := ImportedJSON{Article: ArticleOf(x.Article), Revision: RevisionOf(x.Revision), Existing: x.Existing,
		SameAddress: x.SameAddress, DayAhead: x.DayAhead}
	if x.Job != nil {
		j := JobOf(*x.Job)
		out.Job = &j
	}
	return out
}

// RevisedJSON is what became of a new text, and of what stood in the earlier ones.
type RevisedJSON struct {
	ImportedJSON
	Claims   MovedJSON      `json:"claims"`
	Evidence ItemsMovedJSON `json:"evidence"`
}

// MovedJSON says what became of the claims that stood in older revisions.
type MovedJSON struct {
	Revision articles.RevisionID `json:"revision"` // the newest
	Moved    []claims.ID         `json:"moved"`    // words unchanged and found once: in the newest revision now
	Asking   []claims.ID         `json:"asking"`   // a person is asked
	Kept     []claims.ID         `json:"kept"`     // a person left them in their revision already
	Locked   []claims.ID         `json:"locked"`   // decided: they keep their revision until they are reopened
}

// ItemsMovedJSON says what became of the linked passages that stood in older revisions.
type ItemsMovedJSON struct {
	Moved  []evidence.ID `json:"moved"`  // words unchanged and found once: in the newest revision now
	Behind []evidence.ID `json:"behind"` // they keep their revision; a person unlinks them and links anew
}

// RevisedOf is what became of a new text, for programs.
func RevisedOf(x articles.Imported, c claims.Reanchored, e evidence.Reanchored) RevisedJSON {
	return RevisedJSON{ImportedJSON: ImportedOf(x), Claims: MovedJSON{Revision: c.Revision, Moved: some(c.Moved),
		Asking: some(c.Asking), Kept: some(c.Kept), Locked: some(c.Locked)},
		Evidence: ItemsMovedJSON{Moved: some(e.Moved), Behind: some(e.Behind)}}
}

// FollowedJSON is what is kept of a RevisedJSON: all of it but the article and its text.
type FollowedJSON struct {
	Existing bool           `json:"existing"`
	Claims   MovedJSON      `json:"claims"`
	Evidence ItemsMovedJSON `json:"evidence"`
}

// With is the whole answer again.
func (f FollowedJSON) With(in ImportedJSON) RevisedJSON {
	in.Existing = f.Existing
	return RevisedJSON{in, f.Claims, f.Evidence}
}

// ImportAskJSON says how large a pasted text may be, and which files are read.
type ImportAskJSON struct {
	MaxBytes int          `json:"max_bytes"`
	Readers  []ReaderJSON `json:"readers"` // the usual one first
	// Arrivals are what the person who asks has brought, and not taken in.
	Arrivals List[ArrivalJSON] `json:"arrivals"`
}

// ReaderJSON is what one kind of file is read by.
type ReaderJSON struct {
	Name     string   `json:"name"`
	Version  int      `json:"version"` // counts up when the reader makes another text of the same bytes
	Word     string   `json:"word"`
	Media    []string `json:"media"`   // media types, the usual one first
	Endings  []string `json:"endings"` // of file names, with the dot
	MaxBytes int64    `json:"max_bytes"`
}

// JSON is what may be imported, and what waits, for programs.
func (a Arrivals) JSON() ImportAskJSON {
	out := ImportAskJSON{MaxBytes: intake.MaxText, Readers: []ReaderJSON{}, Arrivals: a.list()}
	for _, r := range intake.Readers() {
		out.Readers = append(out.Readers, ReaderJSON{Name: r.Name, Version: r.Version, Word: r.Word,
			Media: some(r.Media), Endings: some(r.Endings), MaxBytes: r.Most})
	}
	return out
}

// ExtractedJSON says how many candidates were proposed, or which job proposes them.
type ExtractedJSON struct {
	Added int  `json:"added"`
	Job   *Job `json:"job,omitempty"`
}

// TakenDownJSON is an article whose words were withheld, or shown again, and how it stands now.
type TakenDownJSON struct {
	Article articles.ID    `json:"article"`
	State   articles.State `json:"state"`
}

// OriginStatedJSON says where an article's text truly comes from, and who said so.
type OriginStatedJSON struct {
	Article     articles.ID       `json:"article"`
	Origin      evidence.OriginID `json:"origin"`
	ConfirmedBy auth.UserID       `json:"confirmed_by"`
	ConfirmedAt Time              `json:"confirmed_at"`
	Version     int64             `json:"version"`
}

// OriginStatedOf is a stated origin for programs.
func OriginStatedOf(o evidence.ArticleOrigin) OriginStatedJSON {
	return OriginStatedJSON{Article: o.ArticleID, Origin: o.OriginID, ConfirmedBy: o.ConfirmedBy,
		ConfirmedAt: Time(o.ConfirmedAt), Version: o.Version}
}

// OriginJSON is where texts truly come from.
type OriginJSON struct {
	ID         evidence.OriginID `json:"id"`
	Collection auth.CollectionID `json:"collection"`
	Name       string            `json:"name"`
}

// OriginOf is an origin for programs.
func OriginOf(o evidence.Origin) OriginJSON {
	return OriginJSON{ID: o.ID, Collection: o.CollectionID, Name: o.Name}
}

// OriginRefusalJSON says that two articles are not of one origin.
type OriginRefusalJSON struct {
	ID         evidence.RefusalID `json:"id"`
	Collection auth.CollectionID  `json:"collection"`
	A          articles.ID        `json:"a"`
	B          articles.ID        `json:"b"`
	RefusedBy  auth.UserID        `json:"refused_by"`
	RefusedAt  Time               `json:"refused_at"`
}

// OriginRefusalOf is a refusal for programs.
func OriginRefusalOf(x evidence.OriginRefusal) OriginRefusalJSON {
	return OriginRefusalJSON{ID: x.ID, Collection: x.CollectionID, A: x.A, B: x.B, RefusedBy: x.RefusedBy,
		RefusedAt: Time(x.RefusedAt)}
}
