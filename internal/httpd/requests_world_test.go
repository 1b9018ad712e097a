package httpd

import (
	"fmt"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/feeds"
	"claimbench/internal/history"
	"claimbench/internal/requests"
	"claimbench/internal/roomtest"
	"claimbench/internal/store"
)

// asksOnce publishes the form of a collection, and has a reader ask by it.
func (d *door) asksOnce(in auth.CollectionID) requests.ID {
	d.t.Helper()
	f, err := d.Requests.SetForm(roomtest.Ctx(), d.As("admin-1"), requests.FormSet{In: in, Published: true, Lang: "en",
		Title: "The desk", PerDay: requests.MostPerDay})
	if err != nil {
		d.t.Fatal(err)
	}
	_, id := d.readerAsks(requests.Asking{Form: f.Name, Words: "Is it so?", Address: "https://news.example/so"})
	return id
}

// readerAsks asks as a reader; it gives the secret, and the request.
func (d *door) readerAsks(a requests.Asking) (secret string, id requests.ID) {
	d.t.Helper()
	a.Via = history.Web
	secret, err := d.Requests.Receive(roomtest.Ctx(), a)
	if err == nil {
		err = d.DB.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
			id, _, err = store.One[requests.ID](r, "SELECT MAX(id) FROM requests")
			return err
		})
	}
	if err != nil {
		d.t.Fatal(err)
	}
	return secret, id
}

// asks has readers ask n times and more; the first request is linked to claims, and like all others.
func (w *full) asks(n int) {
	w.t.Helper()
	w.asksOnce(w.Collection.ID)
	var f requests.Form
	if err := w.DB.Read(roomtest.Ctx(), func(r *store.Rx) (err error) {
		f, err = requests.FormOf(r, w.Collection.ID)
		return err
	}); err != nil {
		w.t.Fatal(err)
	}
	w.ask = "/ask/" + f.Name
	for i := range 3 + 3*n {
		secret, _ := w.readerAsks(requests.Asking{Form: f.Name, Words: "Were grants approved in May 2016?",
			Contact: "me@reader.example", Address: fmt.Sprintf("https://news.example/%d", i)})
		w.asked = "/asked/" + secret
	}
	if _, err := w.Requests.Sort(roomtest.Ctx()); err != nil {
		w.t.Fatal(err)
	}
	if _, err := w.Requests.Link(roomtest.Ctx(), w.As("editor-1"), requests.Act{ID: 2, Version: 1, Alike: true},
		[]claims.ID{w.open, w.conflict}); err != nil {
		w.t.Fatal(err)
	}
}

// feedOf is a feed of a collection, with items that wait; nothing is asked for.
func (d *door) feedOf(in auth.CollectionID) feeds.ID {
	d.t.Helper()
	f := feeds.Feed{CollectionID: in, Address: "https://news.example/feed", Mode: feeds.Choose, State: feeds.On,
		SetBy: d.As("editor-1").UserID, SetAt: d.DB.Now(), Version: 1}
	if err := d.DB.Write(roomtest.Ctx(), func(tx *store.Tx) error {
		if err := tx.Gorm().Create(&f).Error; err != nil {
			return err
		}
		if _, err := history.Append(tx, history.Who{Name: "test", Via: history.System}, history.Event{
			Action: "feed.added", Object: feeds.Object(f.ID), Collection: int64(in),
			After: history.Fields{
				"collection": history.Num(in), "address": f.Address, "mode": string(f.Mode), "state": string(f.State),
				"gone": "", "set_by": history.Num(f.SetBy), "set_at": history.Num(f.SetAt),
				"version": "1"}}); err != nil {
			return err
		}
		for i := range 12 {
			it := feeds.Item{FeedID: f.ID, State: feeds.Open, Title: fmt.Sprintf("Grants %d", i), FoundAt: tx.Now(),
				Address: fmt.Sprintf("https://news.example/of/%d", i)}
			if err := tx.Gorm().Create(&it).Error; err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		d.t.Fatal(err)
	}
	return f.ID
}

// deedsOfRequests are those of the form for readers, of readers, and of editors with what they ask.
func (w full) deedsOfRequests() []deedDone {
	one := requestURL(1)
	return []deedDone{
		{"/collections/:collection/requests/form", "admin-1", under(w.Collection.ID, "requests/form"),
			fixed(`{"published":"1","lang":"fa","title":"The desk","intro":"","per_day":200,"version":1}`)},
		{"/ask/:name", "", w.ask, fixed(`{"words":"Is it so?","address":"","contact":"","lang":"fa"}`)},
		{"/requests/:id/links", "editor-1", one + "/links", fixed(`{"version":1,"claim":[` + itoa(w.open) + `]}`)},
		{"/requests/:id/links/remove", "editor-1", one + "/links/remove",
			fixed(`{"version":2,"claim":` + itoa(w.open) + `}`)},
		{"/requests/:id/refuse", "editor-1", one + "/refuse",
			fixed(`{"version":3,"reason":"An opinion.","alike":"1"}`)},
		{"/requests/:id/reopen", "editor-1", one + "/reopen", fixed(`{"version":4}`)},
		{"/requests/:id/withhold", "editor-1", one + "/withhold", fixed(`{"version":5,"reason":"A court asked."}`)},
		{"/requests/:id/fetch", "editor-1", requestURL(2) + "/fetch", fixed(`{}`)},
		{"/requests/:id/place", "editor-1", requestURL(3) + "/place", fixed(`{"version":2,"with":3}`)},
		{"/requests/:id/text", "editor-1", requestURL(3) + "/text", fixed(`{}`)},
		{"/collections/:collection/feeds", "editor-1", under(w.Collection.ID, "feeds"),
			fixed(`{"address":"https://news.example/rss","mode":"take"}`)},
		{"/feeds/:id/items/take", "editor-1", "/feeds/1/items/take", fixed(`{"item":[1]}`)},
		{"/feeds/:id/items/pass", "editor-1", "/feeds/1/items/pass", fixed(`{"item":[2]}`)},
		{"/feeds/:id", "editor-1", "/feeds/1", fixed(`{"mode":"take","version":1}`)},
		{"/feeds/:id/end", "editor-1", "/feeds/1/end", fixed(`{"version":2}`)},
	}
}
