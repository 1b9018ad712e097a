package desk

import (
	"context"

	"claimbench/internal/addresses"
	"claimbench/internal/arrivals"
	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/intake"
)

// How many arrivals a page has, and how many that were taken in.
const (
	arrivalsPage = 50
	takenShown   = 20
)

// Arrivals is what a person brought to a collection and has not taken in, oldest first, and what became of the last.
// It is of the person who asks, and of nobody else.
type Arrivals struct {
	Frame   Frame
	Sources []articles.SourceUse // to choose from; another is named by typing
	List    []arrivals.Line
	Taken   []arrivals.Line
	Counts  map[arrivals.State]int
	Next    arrivals.ID // of which the next page begins; 0: no more
	Off     string      // why pages are not fetched; "" they are
	Web     struct{ Going, Failed int }
	// the arrival that is compared with an article of which it may be a newer text; nil: none
	Compared *Compared
	// the language model that texts are sent to, and where it is; "": to none
	Model, Host string
}

// Compared is an arrival beside the text that an article has now.
type Compared struct {
	Arrival arrivals.ID
	Article articles.Article
	Was, Is string // the texts; Was "": that of the article is not whole yet
}

// ArrivalsAsked says what of a person's arrivals is shown: those after one, and, with Compare, that arrival beside the
// article With.
type ArrivalsAsked struct {
	After, Compare arrivals.ID
	With           articles.ID
}

// Arrivals answers for the page on which articles come in.
func (d *Desk) Arrivals(ctx context.Context, actor auth.Actor, in auth.CollectionID, ask ArrivalsAsked) (out Arrivals,
	err error) {
	defer fault.In(&err, "desk.Arrivals(%d, after %d)", in, ask.After)
	err = d.look(ctx, actor, func(l *look) (err error) {
		out = Arrivals{}
		if err := l.must(auth.ThingArticle, auth.Import, in); err != nil {
			return err
		}
		if out.Frame, err = l.frame(in); err != nil {
			return err
		}
		if out.Sources, err = articles.SourcesUsed(l.rx, false, []auth.CollectionID{in}, "",
			articles.MostOffered); err != nil {
			return err
		}
		if _, err := addresses.Fetches(l.rx, in); fault.KindOf(err) == fault.Forbidden {
			out.Off = fault.Message(err)
		} else if err != nil {
			return err
		}
		if out.Model, out.Host, err = l.sends(in); err != nil {
			return err
		}
		web, err := addresses.Counts(l.rx, in)
		if err != nil {
			return err
		}
		out.Web.Going, out.Web.Failed = web[addresses.Waiting]+web[addresses.Fetching], web[addresses.Failed]
		if err := out.read(l, in, actor.UserID, ask.After); err != nil || ask.Compare == 0 {
			return err
		}
		out.Compared, err = l.compared(in, actor.UserID, ask)
		return err
	})
	return out, err
}

// compared reads an arrival and the article that it may be a newer text of, both of one collection.
func (l *look) compared(in auth.CollectionID, user auth.UserID, ask ArrivalsAsked) (*Compared, error) {
	if err := l.reads(auth.ThingArticle, in, "article"); err != nil {
		return nil, err
	}
	out := Compared{Arrival: ask.Compare}
	words, is, err := arrivals.TextOf(l.rx, in, user, ask.Compare)
	if err == nil && !is {
		err = fault.New(fault.NotFound, "No text of yours with this number is ready here. Look at the page again.")
	}
	if err != nil {
		return nil, err
	}
	out.Is = words
	if out.Article, err = articles.ByID(l.rx, ask.With); err == nil && out.Article.CollectionID != in {
		err = fault.New(fault.NotFound, "There is no such article.")
	}
	if err == nil {
		err = articles.Revisable(out.Article)
	}
	if err != nil {
		return nil, err
	}
	now, err := articles.TextOf(l.rx, ask.With, 0)
	if articles.IsComing(err) {
		return &out, nil
	}
	out.Was = now.Revision.Raw
	return &out, err
}

func (a *Arrivals) read(l *look, in auth.CollectionID, user auth.UserID, after arrivals.ID) (err error) {
	if a.Counts, err = arrivals.Counts(l.rx, in, user); err != nil {
		return err
	}
	if a.List, err = arrivals.List(l.rx, in, user, after, arrivalsPage+1); err != nil {
		return err
	}
	if len(a.List) > arrivalsPage {
		a.List = a.List[:arrivalsPage]
		a.Next = a.List[arrivalsPage-1].ID
	}
	a.Taken, err = arrivals.TakenOf(l.rx, in, user, takenShown)
	return err
}

// Going says how many are being fetched, read or taken in.
func (a Arrivals) Going() int {
	return a.Counts[arrivals.Fetching] + a.Counts[arrivals.Reading] + a.Counts[arrivals.Taking]
}

// ArrivalJSON is what a person brought, for their programs.
type ArrivalJSON struct {
	ID          arrivals.ID         `json:"id"`
	State       arrivals.State      `json:"state"`
	Version     int64               `json:"version"`
	Name        string              `json:"name,omitempty"` // of the file; left out of a pasted text
	Size        int64               `json:"size"`
	SHA256      string              `json:"sha256,omitempty"`
	Title       string              `json:"title"`
	Source      string              `json:"source"`
	Byline      string              `json:"byline"`
	URL         string              `json:"url"`
	Lang        string              `json:"lang"`
	Published   string              `json:"published"`
	PublishedAs string              `json:"published_as,omitempty"` // as it was written in another calendar
	Origin      string              `json:"origin"`
	Reader      string              `json:"reader,omitempty"`
	Partial     string              `json:"partial,omitempty"`
	Notes       []string            `json:"notes,omitempty"`
	LeftOut     int                 `json:"left_out,omitempty"` // pieces
	Proposed    *OriginProposedJSON `json:"proposed_origin,omitempty"`
	Charsets    []string            `json:"charsets,omitempty"` // in which it can be read, where it asks
	Columns     []string            `json:"columns,omitempty"`  // of rows
	Chosen      map[string]string   `json:"chosen,omitempty"`   // which column is read as which part
	Rows        int                 `json:"rows,omitempty"`     // that would become articles
	SameText    articles.ID         `json:"same_text,omitempty"`
	SameAddress articles.ID         `json:"same_address,omitempty"`
	SameHere    arrivals.ID         `json:"same_arrival,omitempty"`
	SameNearly  []NearlyJSON        `json:"nearly_same_arrivals,omitempty"` // earlier ones with nearly this text
	Alike       []LikelyJSON        `json:"alike,omitempty"`
	Address     string              `json:"address,omitempty"`    // that was given to be fetched
	Reached     []string            `json:"reached,omitempty"`    // every address on the way, that one first
	Fetch       *FetchJSON          `json:"fetch,omitempty"`      // of one that is being fetched
	Revised     bool                `json:"revised,omitempty"`    // it became a revision of the article
	Message     string              `json:"message,omitempty"`    // why it was refused
	Article     *articles.ID        `json:"article,omitempty"`    // that it became
	BroughtBy   string              `json:"brought_by,omitempty"` // the machine that brought it to its owner
	Existing    bool                `json:"existing,omitempty"`
	AddedAt     Time                `json:"added_at"`
}

// LikelyJSON is an article that looks like what was brought. Overlap is in per mille.
type LikelyJSON struct {
	Article articles.ID `json:"article"`
	Kind    string      `json:"kind"` // copy or translation
	Overlap int         `json:"overlap"`
}

// NearlyJSON is an arrival with nearly the same text. Overlap is in per mille.
type NearlyJSON struct {
	Arrival arrivals.ID `json:"arrival"`
	Overlap int         `json:"overlap"`
}

// FetchJSON says how far the fetching of an address is.
type FetchJSON struct {
	State   addresses.State `json:"state"` // waiting or fetching
	Tries   int             `json:"tries"` // that failed
	NextAt  Time            `json:"next_at"`
	Message string          `json:"message,omitempty"` // why the last try failed
}

// OriginProposedJSON says whose words a text says that it has.
type OriginProposedJSON struct {
	Kind  string `json:"kind"`
	Name  string `json:"name"`
	Words string `json:"words"`
}

func arrivalOf(l arrivals.Line) ArrivalJSON {
	f := l.Read()
	out := ArrivalJSON{ID: l.ID, State: l.State, Version: l.Version, Name: l.Name, Size: l.Size, SHA256: l.SHA256,
		Title: l.Title, Source: l.Source, Byline: l.Byline, URL: l.URL, Lang: l.Lang, Published: l.Published,
		PublishedAs: l.PublishedAs, Origin: l.Origin, Reader: f.Reader, Partial: f.Partial, Notes: f.Notes,
		LeftOut: f.Left, Columns: f.Columns, Chosen: f.Chosen, Rows: f.Rows, SameText: l.SameText,
		SameAddress: l.SameAddress, SameHere: l.SameHere, Message: l.Message, Article: l.ArticleID,
		Existing: l.Existing, AddedAt: Time(l.AddedAt), Address: l.Address, Reached: l.Reached, Revised: l.Revised,
		BroughtBy: l.Brought}
	for _, x := range l.Nearly {
		out.SameNearly = append(out.SameNearly, NearlyJSON{x.Arrival, x.Overlap})
	}
	if w := l.Work; w != nil {
		out.Fetch = &FetchJSON{State: w.State, Tries: w.Tries, NextAt: Time(w.NextAt), Message: w.Message}
	}
	if o := f.Proposed; o != nil {
		out.Proposed = &OriginProposedJSON{Kind: o.Kind, Name: o.Name, Words: o.Words}
	}
	for _, x := range l.Like {
		out.Alike = append(out.Alike, LikelyJSON{x.Article, x.Kind, x.Overlap})
	}
	for _, p := range f.Readings {
		out.Charsets = append(out.Charsets, p.Charset)
	}
	return out
}

// list is what waits, and then what was taken in.
func (a Arrivals) list() List[ArrivalJSON] {
	var out List[ArrivalJSON]
	for _, l := range append(a.List[:len(a.List):len(a.List)], a.Taken...) {
		out.Items = append(out.Items, arrivalOf(l))
	}
	if a.Next != 0 {
		out.Next = decimal(a.Next)
	}
	return out
}

// ArrivedJSON are the numbers of what was brought: files, a text, and then addresses, in the order in which they came.
// Of an address that waited already it is the number of that arrival.
type ArrivedJSON struct {
	Arrivals []arrivals.ID `json:"arrivals"`
}

// ArrivedOf is what was brought, for programs.
func ArrivedOf(all []arrivals.Arrival) ArrivedJSON {
	out := ArrivedJSON{Arrivals: []arrivals.ID{}}
	for _, a := range all {
		out.Arrivals = append(out.Arrivals, a.ID)
	}
	return out
}

// ArrivalChangedJSON is an arrival after a change.
type ArrivalChangedJSON struct {
	ID      arrivals.ID    `json:"id"`
	State   arrivals.State `json:"state"`
	Version int64          `json:"version"`
}

// ArrivalChangedOf is it for programs.
func ArrivalChangedOf(a arrivals.Arrival) ArrivalChangedJSON {
	return ArrivalChangedJSON{ID: a.ID, State: a.State, Version: a.Version}
}

// LeftWord says what a reader left out.
func LeftWord(l intake.LeftOut) string { return l.Kind.Word() }
