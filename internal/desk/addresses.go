package desk

import (
	"context"

	"claimbench/internal/addresses"
	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/captures"
	"claimbench/internal/fault"
)

// addressesPage is how many addresses a page has.
const addressesPage = 100

// Fetching is whether pages are fetched: for the workbench, and for a collection where one is asked about.
type Fetching struct {
	Frame Frame
	In    auth.CollectionID // 0: the workbench
	House addresses.Switch
	Here  addresses.Switch // of the collection, or that of the workbench
	// Stamping is the service that stamps captures; of the workbench only
	Stamping captures.Stamping
}

// Fetching answers admins.
func (d *Desk) Fetching(ctx context.Context, actor auth.Actor, in auth.CollectionID) (out Fetching, err error) {
	defer fault.In(&err, "desk.Fetching(%d)", in)
	err = d.look(ctx, actor, func(l *look) (err error) {
		out = Fetching{In: in}
		if err := l.must(auth.ThingSettings, auth.Write, in); err != nil {
			return err
		}
		if out.Frame, err = l.frame(in); err != nil {
			return err
		}
		if out.House, err = addresses.SwitchOf(l.rx, 0); err != nil {
			return err
		}
		if out.Here = out.House; in != 0 {
			out.Here, err = addresses.SwitchOf(l.rx, in)
			return err
		}
		out.Stamping, err = captures.StampingOf(l.rx)
		return err
	})
	return out, err
}

// FetchingJSON is whether pages are fetched, as programs read and set it.
type FetchingJSON struct {
	Allowed bool   `json:"allowed"`
	Contact string `json:"contact,omitempty"` // of the workbench
	House   bool   `json:"workbench_allows"`  // whether the workbench fetches at all
	Version int64  `json:"version"`
	// which service stamps captures; left out of a collection
	Stamping *StampingJSON `json:"stamping,omitempty"`
}

// JSON is the switch for programs.
func (f Fetching) JSON() FetchingJSON {
	var stamping *StampingJSON
	if f.In == 0 {
		stamping = new(StampingOf(f.Stamping))
	}
	return FetchingJSON{Stamping: stamping, Allowed: f.Here.Allowed, Contact: f.Here.Contact, House: f.House.Allowed,
		Version: f.Here.Version}
}

// StampingJSON is the service that stamps captures, as programs read and set it.
type StampingJSON struct {
	Address     string `json:"address"` // "" none
	Certificate string `json:"certificate"`
	Version     int64  `json:"version"`
}

// StampingOf is the service for programs.
func StampingOf(s captures.Stamping) StampingJSON {
	return StampingJSON{Address: s.Address, Certificate: s.Certificate, Version: s.Version}
}

// FetchesJSON is what was set, as programs read it.
type FetchesJSON struct {
	Allowed bool  `json:"allowed"`
	Version int64 `json:"version"`
}

// FetchesOf is a switch that was set, for programs.
func FetchesOf(sw addresses.Switch) FetchesJSON {
	return FetchesJSON{Allowed: sw.Allowed, Version: sw.Version}
}

// Addresses are those that are to be fetched into a collection, or were.
type Addresses struct {
	Frame  Frame
	Off    string // why none is fetched, in words for people; "" they are
	Counts map[addresses.State]int
	List   []addresses.Listed
	Next   addresses.ID // before which the next page begins; 0 on the last
	Names  Names
}

// Addresses answers whoever may import.
func (d *Desk) Addresses(ctx context.Context, actor auth.Actor, in auth.CollectionID, before addresses.ID) (
	out Addresses, err error) {
	defer fault.In(&err, "desk.Addresses(%d, before %d)", in, before)
	err = d.look(ctx, actor, func(l *look) (err error) {
		out = Addresses{Names: l.names}
		if err := l.must(auth.ThingArticle, auth.Import, in); err != nil {
			return err
		}
		if out.Frame, err = l.frame(in); err != nil {
			return err
		}
		if _, err := addresses.Fetches(l.rx, in); fault.KindOf(err) == fault.Forbidden {
			out.Off = fault.Message(err)
		} else if err != nil {
			return err
		}
		if out.Counts, err = addresses.Counts(l.rx, in); err != nil {
			return err
		}
		if out.List, err = addresses.List(l.rx, in, before, addressesPage+1); err != nil {
			return err
		}
		if len(out.List) > addressesPage {
			out.List = out.List[:addressesPage]
			out.Next = out.List[addressesPage-1].ID
		}
		for _, a := range out.List {
			l.name(a.UserID)
		}
		return nil
	})
	return out, err
}

// Going says how many are not ended.
func (a Addresses) Going() int { return a.Counts[addresses.Waiting] + a.Counts[addresses.Fetching] }

// Failed says how many failed.
func (a Addresses) Failed() int { return a.Counts[addresses.Failed] }

// AddressJSON is an address for programs.
type AddressJSON struct {
	ID       addresses.ID    `json:"id"`
	Address  string          `json:"address"` // "": the article was taken down
	State    addresses.State `json:"state"`
	Tries    int             `json:"tries"`              // that failed
	NextAt   *Time           `json:"next_at,omitempty"`  // of one that waits: when it is tried at the earliest
	Message  string          `json:"message,omitempty"`  // why the last try failed
	Article  *articles.ID    `json:"article,omitempty"`  // that it is
	Existing bool            `json:"existing,omitempty"` // the collection held the text before
	AskedBy  auth.UserID     `json:"asked_by"`
	AddedAt  Time            `json:"added_at"`
}

func addressOf(a addresses.Address) AddressJSON {
	out := AddressJSON{ID: a.ID, Address: a.Address, State: a.State, Tries: a.Tries, Message: a.Message,
		Article: a.ArticleID, Existing: a.Existing, AskedBy: a.UserID, AddedAt: Time(a.AddedAt)}
	if a.State == addresses.Waiting {
		out.NextAt = timeOf(&a.NextAt)
	}
	return out
}

// JSON is the list for programs.
func (a Addresses) JSON() List[AddressJSON] {
	var out List[AddressJSON]
	for _, x := range a.List {
		out.Items = append(out.Items, addressOf(x.Address))
	}
	if a.Next != 0 {
		out.Next = decimal(a.Next)
	}
	return out
}

// AskedJSON is what became of addresses that were asked for: those that wait since then, those that waited already, and
// the articles that some of them are already, in the order in which they were given.
type AskedJSON struct {
	Added    []addresses.ID `json:"added"`
	Waiting  []addresses.ID `json:"waiting"`
	Articles []articles.ID  `json:"articles"`
}

// AskedOf are addresses that were asked for, for programs.
func AskedOf(all []addresses.Asked) AskedJSON {
	out := AskedJSON{Added: []addresses.ID{}, Waiting: []addresses.ID{}, Articles: []articles.ID{}}
	for _, a := range all {
		switch {
		case a.Added:
			out.Added = append(out.Added, a.Row.ID)
		case a.Article != 0:
			out.Articles = append(out.Articles, a.Article)
		default:
			out.Waiting = append(out.Waiting, a.Row.ID)
		}
	}
	return out
}

// ChangedJSON is how many were changed.
type ChangedJSON struct {
	Changed int64 `json:"changed"`
}
