package desk

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"claimbench/internal/addresses"
	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/fault"
	"claimbench/internal/match"
	"claimbench/internal/requests"
	"claimbench/internal/store"
	"claimbench/internal/text"
)

// How many requests a list has, and how many that are like one its page has.
const (
	requestsPage = 50
	alikePage    = 20
)

// Requests are what readers asked about what is checked in a collection.
type Requests struct {
	Frame Frame
	Form  requests.Form
	State requests.State // of those that are listed; "" all, of those that are alike the first
	List  []requests.Row
	Next  requests.ID // before which the next page begins; 0 on the last
	Sets  bool        // the person may publish the form
}

// Requests answers those who may read what readers ask.
func (d *Desk) Requests(ctx context.Context, actor auth.Actor, in auth.CollectionID, state requests.State,
	before requests.ID) (out Requests, err error) {
	defer fault.In(&err, "desk.Requests(%d, %q, before %d)", in, state, before)
	err = d.look(ctx, actor, func(l *look) (err error) {
		out = Requests{State: state}
		if err := l.must(auth.ThingRequest, auth.Read, in); err != nil {
			return err
		}
		if out.Frame, err = l.frame(in); err != nil {
			return err
		}
		if out.Form, err = requests.FormOf(l.rx, in); err != nil {
			return err
		}
		if out.List, err = requests.List(l.rx, in, state, before, requestsPage+1); err != nil {
			return err
		}
		if len(out.List) > requestsPage {
			out.List = out.List[:requestsPage]
			out.Next = out.List[requestsPage-1].ID
		}
		var words []*string
		for i := range out.List {
			words = append(words, articles.OwnWords(&out.List[i].Request)...)
		}
		return l.forget(in, words...)
	})
	return out, err
}

// Request is one of them.
type Request struct {
	Frame   Frame
	Request requests.Request
	Linked  []claims.Claim
	Alike   []requests.Request
	Next    requests.ID  // after which the next page of those like it begins; 0 on the last
	Contact string       // for editors only; "" none is kept
	Until   store.Micros // when that is erased
	Article articles.ID  // that has its address; 0: none
	Off     string       // why its address cannot be fetched; "" it can
	Decides bool
	TakeOff bool           // may take it down
	Fetches bool           // may have its address fetched
	TakesIn bool           // may take its words in as a text
	Spoken  articles.ID    // an article that has its very words; 0: none
	Text    string         // what claims were looked for by; "" none were
	Found   []claims.Claim // that have these words
	More    bool           // others have them, too
	Likely  []claims.Claim // that may say what is asked; none where somebody looks for others
	Behind  bool           // not all texts of the collection are searched yet
	Names   Names
}

// RequestAsk says which request is asked for.
type RequestAsk struct {
	ID    requests.ID
	After requests.ID // after which the page of those like it begins; 0 the first
	Text  string      // words of the claims that somebody looks for
}

// claimsForRequest is how many claims are shown that have some words.
const claimsForRequest = 20

// Request answers those who may read it. How its asker is reached is told to those only who decide about it. It waits
// for an index that is behind as long as a page waits.
func (d *Desk) Request(ctx context.Context, actor auth.Actor, ask RequestAsk) (out Request, err error) {
	defer fault.In(&err, "desk.Request(%d)", ask.ID)
	err = d.caughtUp(ctx, func() (auth.CollectionID, bool, error) {
		err := d.look(ctx, actor, func(l *look) error {
			out = Request{Names: l.names, Text: strings.TrimSpace(ask.Text)}
			return l.askedOf(&out, ask)
		})
		return out.Request.CollectionID, out.Behind, err
	})
	return out, err
}

// askedOf reads a request with all that its page says.
func (l *look) askedOf(out *Request, ask RequestAsk) (err error) {
	if out.Request, err = requests.ByID(l.rx, ask.ID); err != nil {
		return err
	}
	in := out.Request.CollectionID
	if err := l.reads(auth.ThingRequest, in, "request"); err != nil {
		return err
	}
	if out.Frame, err = l.frame(in); err != nil {
		return err
	}
	if by := out.Request.DecidedBy; by != nil {
		l.name(*by)
	}
	standing := requests.Decidable(out.Request) == nil
	out.Decides = standing && l.may(auth.ThingRequest, auth.Write, in)
	out.TakeOff = standing && l.may(auth.ThingRequest, auth.TakeDown, in)
	if err := l.request(out, ask.After); err != nil {
		return err
	}
	return l.claimsFor(out)
}

func (l *look) request(out *Request, after requests.ID) (err error) {
	x := out.Request
	if out.Linked, err = requests.LinkedOf(l.rx, x.ID); err != nil {
		return err
	}
	if out.Alike, err = requests.AlikeOf(l.rx, x, after, alikePage+1); err != nil {
		return err
	}
	if len(out.Alike) > alikePage {
		out.Alike = out.Alike[:alikePage]
		out.Next = out.Alike[alikePage-1].ID
	}
	if out.Decides {
		if out.Contact, out.Until, err = requests.Contact(l.rx, x.ID, l.h.DB.Now()); err != nil {
			return err
		}
	}
	words := articles.OwnWords(&out.Request)
	for i := range out.Alike {
		words = append(words, articles.OwnWords(&out.Alike[i])...)
	}
	if x.Address != "" {
		if err := l.requestAddress(out); err != nil {
			return err
		}
	}
	return l.forget(x.CollectionID, words...)
}

// claimsFor adds the claims to which a request may be linked, for who links them: those that have some words, or else
// those that may say what it asks; and the article that has its very words.
func (l *look) claimsFor(out *Request) (err error) {
	x := out.Request
	if !out.Decides {
		return nil
	}
	linked := func(c claims.Claim) bool {
		return slices.ContainsFunc(out.Linked, func(o claims.Claim) bool { return o.ID == c.ID })
	}
	if out.Text != "" {
		page, err := claims.ListOf(l.rx, claims.Filter{Collection: x.CollectionID, Text: out.Text,
			Limit: claimsForRequest}, l.actor.UserID)
		out.Found, out.More = slices.DeleteFunc(page.Claims, linked), page.Next != 0
		return err
	}
	if x.Words == "" {
		return nil
	}
	all, current, err := l.h.Evidence.Saying(l.rx, x.CollectionID, match.Item{Lang: text.Detect(x.Words),
		Text: x.Words})
	if err != nil { // the page is whole without
		l.log.Warn("no claims proposed for a request", "request", int64(x.ID), "err", err)
	}
	out.Likely, out.Behind = slices.DeleteFunc(all, linked), !current
	sum := sha256.Sum256([]byte(x.Words))
	name := hex.EncodeToString(sum[:])
	same, err := articles.WithTexts(l.rx, x.CollectionID, []string{name})
	out.Spoken = same[name]
	out.TakesIn = out.Spoken == 0 && l.may(auth.ThingArticle, auth.Import, x.CollectionID)
	return err
}

// requestAddress adds whether the address of a request is an article, or can be fetched.
func (l *look) requestAddress(out *Request) error {
	x := out.Request
	at, err := articles.AtAddresses(l.rx, x.CollectionID, []string{x.Address})
	if err != nil {
		return err
	}
	out.Article = at[x.Address]
	out.Fetches = out.Decides && out.Article == 0 && l.may(auth.ThingArticle, auth.Import, x.CollectionID)
	if !out.Fetches {
		return nil
	}
	if _, err = addresses.Fetches(l.rx, x.CollectionID); fault.KindOf(err) == fault.Forbidden {
		out.Off, out.Fetches, err = fault.Message(err), false, nil
	}
	return err
}

// RequestForm is the form of a collection, for who may publish it.
type RequestForm struct {
	Frame Frame
	Form  requests.Form
}

// RequestForm answers those who set the rules of the collection.
func (d *Desk) RequestForm(ctx context.Context, actor auth.Actor, in auth.CollectionID) (out RequestForm, err error) {
	defer fault.In(&err, "desk.RequestForm(%d)", in)
	err = d.look(ctx, actor, func(l *look) (err error) {
		out = RequestForm{}
		if err := l.must(auth.ThingSettings, auth.Write, in); err != nil {
			return err
		}
		if out.Frame, err = l.frame(in); err != nil {
			return err
		}
		out.Form, err = requests.FormOf(l.rx, in)
		return err
	})
	return out, err
}
