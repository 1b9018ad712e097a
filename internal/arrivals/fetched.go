package arrivals

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"claimbench/internal/addresses"
	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/fetch"
	"claimbench/internal/files"
	"claimbench/internal/intake"
	"claimbench/internal/jobs"
	"claimbench/internal/store"
)

// FetchingIn is the task of the addresses that are fetched for arrivals: the object is the arrival's number.
const FetchingIn = "arrival"

// Fetch brings pages by their addresses, one a line, each an arrival that is fetched first and then read as a file is.
// With a line that is no address, or no such as is fetched, nothing is brought; the fault names the line at the field
// "addresses". An address of the person's that waits here already is not brought again: that arrival is given.
func (s *Service) Fetch(ctx context.Context, actor auth.Actor, in auth.CollectionID, lines string) (out []Arrival,
	err error) {
	defer fault.In(&err, "arrivals.Fetch(%d)", in)
	if _, err := s.policy.May(actor, auth.ThingArticle, auth.Import, in); err != nil {
		return nil, err
	}
	list, err := s.web.Lines(lines)
	if err != nil {
		return nil, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		out = nil
		if _, err := articles.CollectionByID(&tx.Rx, in); err != nil {
			return err
		}
		if _, err := addresses.Fetches(&tx.Rx, in); err != nil {
			return switchedOff(err)
		}
		if err := alone(tx, in, actor.UserID); err != nil {
			return err
		}
		waits, err := waitingAt(&tx.Rx, in, actor.UserID)
		if err != nil {
			return err
		}
		n, _, err := waitingOf(&tx.Rx, in, actor.UserID)
		if err != nil {
			return err
		}
		if n+len(list) > MostOpen {
			return fault.New(fault.Conflict, "%d of yours wait here already, and at most %d may. Take them in, or "+
				"discard them, and bring more then.", n, MostOpen).With("addresses", "There is no room for them.")
		}
		out, err = s.bringAddresses(tx, actor, in, list, waits)
		return err
	})
	return out, err
}

// waitingAt are the arrivals of a person by the address that they gave, those that may still be taken in.
func waitingAt(r *store.Rx, in auth.CollectionID, user auth.UserID) (map[string]Arrival, error) {
	found, err := store.Select[Arrival](r, "SELECT * FROM arrivals WHERE collection_id = ? AND user_id = ? AND "+
		"address <> '' AND state NOT IN ('taken', 'refused', 'failed') ORDER BY id LIMIT ?", in, user, MostOpen)
	out := map[string]Arrival{}
	for _, a := range found {
		out[articles.Bare(a.Address)] = a
	}
	return out, err
}

// switchedOff says at the field of addresses that no page is fetched here: what else was brought with them is kept.
func switchedOff(err error) error {
	if fault.KindOf(err) != fault.Forbidden {
		return err
	}
	return fault.New(fault.Forbidden, "%s", fault.Message(err)).With("addresses", fault.Message(err))
}

// bringAddresses keeps addresses to be fetched, those that wait left out, and gives an arrival for each. The address of
// what is closed is refused, and no site is asked for it.
func (s *Service) bringAddresses(tx *store.Tx, actor auth.Actor, in auth.CollectionID, list []string,
	waits map[string]Arrival) ([]Arrival, error) {
	hidden, err := articles.ProtectedAt(&tx.Rx, in, list)
	if err != nil {
		return nil, err
	}
	rows, at := []Arrival{}, map[string]int{}
	for _, address := range list {
		bare := articles.Bare(address)
		if _, known := at[bare]; known || waits[bare].ID != 0 {
			continue
		}
		a := Arrival{CollectionID: in, UserID: actor.UserID, Via: actor.Via, Request: actor.Request, State: Fetching,
			Version: 1, Name: written(short(address)), Address: written(address), Mapped: "{}", Found: "{}",
			AddedAt: tx.Now(), ChangedAt: tx.Now()}
		if hidden[address] != 0 {
			err := s.texts.Takes(tx, actor, articles.Import{Collection: in, Reached: []string{address}})
			if !isClosed(err) {
				return nil, err
			}
			a.State, a.Message = Refused, fault.Message(err)
		}
		at[bare], rows = len(rows), append(rows, a)
	}
	if len(rows) > 0 {
		if err := tx.Gorm().CreateInBatches(&rows, 50).Error; err != nil {
			return nil, err
		}
	}
	var wanted []addresses.Wanted
	for _, a := range rows {
		if a.State == Fetching {
			wanted = append(wanted, addresses.Wanted{Task: FetchingIn, Object: int64(a.ID), Address: a.Address})
		}
	}
	s.stir(tx)
	out := make([]Arrival, len(list))
	for i, address := range list {
		bare := articles.Bare(address)
		if n, is := at[bare]; is {
			out[i] = rows[n]
		} else {
			out[i] = waits[bare]
		}
	}
	return out, s.web.ScheduleNew(tx, actor, in, wanted)
}

// short is an address as a list names it.
func short(address string) string {
	if r := []rune(address); len(r) > 200 {
		return string(r[:200])
	}
	return address
}

// Again lets addresses of a person be fetched once more that could not be: those of ids, or of none all of them. It
// gives how many wait for it now.
func (s *Service) Again(ctx context.Context, actor auth.Actor, in auth.CollectionID, ids []ID) (n int64, err error) {
	defer fault.In(&err, "arrivals.Again(%d)", in)
	if _, err := s.policy.May(actor, auth.ThingArticle, auth.Import, in); err != nil {
		return 0, err
	}
	err = s.db.Write(ctx, func(tx *store.Tx) error {
		n = 0
		if err := alone(tx, in, actor.UserID); err != nil {
			return err
		}
		q := tx.Gorm().Where("collection_id = ? AND user_id = ? AND state = ?", in, actor.UserID, Failed)
		if len(ids) > 0 {
			q = q.Where("id IN ?", ids)
		}
		var all []Arrival
		if err := q.Order("id").Limit(MostOpen).Find(&all).Error; err != nil {
			return err
		}
		n = int64(len(all))
		return s.askAgain(tx, actor, in, all)
	})
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "No address of yours failed here. Look at the page again.")
	}
	return n, err
}

// askAgain lets the addresses of arrivals that failed be fetched, in a few statements however many they are.
func (s *Service) askAgain(tx *store.Tx, actor auth.Actor, in auth.CollectionID, all []Arrival) error {
	if len(all) == 0 {
		return nil
	}
	ids, wanted := make([]ID, len(all)), make([]addresses.Wanted, len(all))
	for i, a := range all {
		ids[i] = a.ID
		wanted[i] = addresses.Wanted{Task: FetchingIn, Object: int64(a.ID), Address: a.Address}
	}
	if err := unschedule(tx, ids); err != nil {
		return err
	}
	s.stir(tx)
	if err := tx.Gorm().Exec("UPDATE arrivals SET state = ?, message = '', via = ?, request = ?, version = version + "+
		"1, changed_at = ? WHERE id IN ?", Fetching, actor.Via, actor.Request, tx.Now(), ids).Error; err != nil {
		return err
	}
	return s.web.ScheduleNew(tx, actor, in, wanted)
}

// came does the task FetchingIn.
type came struct{ s *Service }

// Came keeps the page that an address led to, and has it read, in one Write: whatever dies, a page is kept once.
func (c came) Came(ctx context.Context, actor auth.Actor, v addresses.Visit) (err error) {
	defer fault.In(&err, "arrivals.Came(%d)", v.Address.Object)
	packed, err := files.Packed(v.Page.Body)
	if err != nil {
		return err
	}
	return c.s.db.Write(ctx, func(tx *store.Tx) error {
		if err := addresses.EndOwn(tx, v.Address); err != nil {
			return err
		}
		a, is, err := c.s.fetched(tx, v.Address)
		if err != nil || !is {
			return err
		}
		for _, address := range append([]string{v.Address.Address}, v.Page.Redirects...) {
			a.Reached = append(a.Reached, written(address))
		}
		_, bytes, err := waitingOf(&tx.Rx, a.CollectionID, a.UserID)
		if err != nil {
			return err
		}
		closed := c.s.texts.Takes(tx, actor, articles.Import{Collection: a.CollectionID, Reached: a.Reached})
		switch {
		case isClosed(closed):
			return c.s.refuse(tx, a, fault.Message(closed))
		case closed != nil:
			return closed
		case len(v.Page.Body) == 0:
			return c.s.refuse(tx, a, "The page is empty. Open it in your browser, and save what you see there.")
		case bytes+int64(len(packed)) > MostHeld:
			return c.s.refuse(tx, a, noRoom)
		}
		return c.s.keepPage(tx, actor, a, v.Page, packed)
	})
}

func (s *Service) keepPage(tx *store.Tx, actor auth.Actor, a Arrival, page fetch.Page, packed []byte) error {
	sum := sha256.Sum256(page.Body)
	a.State, a.Message, a.Final, a.Media = Reading, "", written(page.Final), written(page.Media)
	a.Size, a.SHA256, a.Held = int64(len(page.Body)), hex.EncodeToString(sum[:]), int64(len(packed))
	if err := tx.Gorm().Create(&held{ID: a.ID, File: packed}).Error; err != nil {
		return err
	}
	if err := s.put(tx, a, "state", "message", "final", "reached", "media", "size", "sha256", "held"); err != nil {
		return err
	}
	_, err := s.work.Add(tx, actor, jobs.Wanted{Kind: ReadingIn, Object: objectOf(a.ID), Collection: a.CollectionID})
	return err
}

// Failed says of an arrival why its address was not fetched.
func (c came) Failed(tx *store.Tx, of addresses.Address, message string) error {
	a, is, err := c.s.fetched(tx, of)
	if err != nil || !is {
		return err
	}
	a.State, a.Message = Failed, written(message)
	return c.s.put(tx, a, "state", "message")
}

// fetched reads, in the Write, the arrival for which an address was fetched; false when it was discarded.
func (s *Service) fetched(tx *store.Tx, of addresses.Address) (a Arrival, is bool, err error) {
	if err := alone(tx, of.CollectionID, of.UserID); err != nil {
		return a, false, err
	}
	a, is, err = store.One[Arrival](&tx.Rx, "SELECT * FROM arrivals WHERE id = ?", of.Object)
	return a, is && a.State == Fetching, err
}

// readPage reads a page that was fetched.
func readPage(a Arrival, body []byte) (intake.Document, error) {
	doc, err := addresses.ReadPage(fetch.Page{Final: a.Final, Media: a.Media, Body: bytes.Clone(body)}, a.Charset,
		a.Columns())
	if err == nil && len(doc.Items) == 0 {
		if u, is := articles.WebAddress(strings.TrimSpace(a.Final)); is && u.User == nil {
			doc.URL = a.Final // what answered; what the page says of itself may be another's
		}
	}
	return doc, err
}

// unschedule lets addresses of arrivals be fetched no more: what is on its way comes to nothing.
func unschedule(tx *store.Tx, ids []ID) error {
	objects := make([]int64, len(ids))
	for i, id := range ids {
		objects[i] = int64(id)
	}
	return addresses.Unschedule(tx, FetchingIn, objects...)
}
