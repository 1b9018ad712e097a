package desk

import (
	"time"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/store"
)

// CollectionJSON is a collection with its rules.
type CollectionJSON struct {
	ID      auth.CollectionID `json:"id"`
	Name    string            `json:"name"`
	Quorum  int               `json:"quorum"` // reviews a round needs
	Rule    articles.Rule     `json:"rule"`
	Advice  []articles.Guard  `json:"advice"` // guards that only advise here
	Version int64             `json:"version"`
}

// CollectionOf is a collection for programs.
func CollectionOf(c articles.Collection) CollectionJSON {
	return CollectionJSON{ID: c.ID, Name: c.Name, Quorum: c.Quorum, Rule: c.Rule, Advice: some(c.Advice),
		Version: c.Version}
}

// CollectionLineJSON is a collection in the list of those that a person reads.
type CollectionLineJSON struct {
	CollectionJSON
	Roles    []auth.Role `json:"roles"`              // their own
	Articles *int        `json:"articles,omitempty"` // at most articles.CountCap + 1; left out: they read none
}

// JSON is the list for programs.
func (s Collections) JSON() List[CollectionLineJSON] {
	var out List[CollectionLineJSON]
	for _, c := range s.List {
		out.Items = append(out.Items, CollectionLineJSON{CollectionJSON: CollectionOf(c.Collection),
			Roles: some(c.Roles), Articles: c.Articles})
	}
	return out
}

// SettingsJSON is a person's own name and roles, and the languages that they read, by their tags; none: all.
type SettingsJSON struct {
	User    string   `json:"user"`
	Display string   `json:"display"` // what others call them
	Grants  []Grant  `json:"grants"`
	Langs   []string `json:"langs"`
	// where a daily mail goes, when there is something that was not read; left out: nowhere
	Mail  string `json:"mail,omitempty"`
	Daily bool   `json:"daily_mail"`
}

// JSON is the answer for programs.
func (s Settings) JSON() SettingsJSON {
	return SettingsJSON{User: s.User, Display: s.Display, Grants: some(s.Grants), Langs: some(s.Reads),
		Mail: s.Mail.Address, Daily: s.Mail.Daily}
}

// CalledJSON is what others call the person from now on.
type CalledJSON struct {
	Display string `json:"display"`
}

// ReadsJSON are the languages that a person said that they read.
type ReadsJSON struct {
	Langs []string `json:"langs"`
}

// PersonChangedJSON names the user that was changed.
type PersonChangedJSON struct {
	User auth.UserID `json:"user"`
}

// LinkAskJSON says what a link is for, and for whom.
type LinkAskJSON struct {
	Kind auth.LinkKind `json:"kind"`
	User string        `json:"user"`
}

// LinkMadeJSON is a link that lets a user choose a password, once. It can be read in this answer only.
type LinkMadeJSON struct {
	User    Person `json:"user"`
	Link    string `json:"link"`
	Expires Time   `json:"expires"`
}

// LinkMadeOf is a link for programs.
func LinkMadeOf(p Person, link string, expires time.Time) LinkMadeJSON {
	return LinkMadeJSON{User: p, Link: link, Expires: Time(store.MicrosOf(expires))}
}

// SignInAskJSON says whether this is a demonstration, in which its people sign in without a password.
type SignInAskJSON struct {
	Demo bool `json:"demo"`
}

// SignedInJSON says who is signed in now.
type SignedInJSON struct {
	User    string `json:"user"`
	Display string `json:"display"`
}

// DoneJSON names what was done, where there is nothing to show of it: "signed_out", "sessions_ended".
type DoneJSON struct {
	Done string `json:"done"`
}

// ZoneJSON is the time zone that was chosen, "" that of the browser.
type ZoneJSON struct {
	Zone string `json:"zone"`
}

// ThemeJSON is the colours that were chosen: light, dark, or "" as the system has them.
type ThemeJSON struct {
	Theme string `json:"theme"`
}

// SourceRowOf is a source of the directory for programs, without its ratings.
func SourceRowOf(s articles.Source) Source { return sourceOf(s) }

// RatingOf is how a collection rated a source, for programs, just after it did.
func RatingOf(r articles.Rating) SourceRating {
	return SourceRating{Collection: r.CollectionID, Reliability: r.Reliability, Version: r.Version, May: true}
}
