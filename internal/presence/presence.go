// Package presence knows who looks at which claim or set now, and in which windows. It lies in the memory of the
// process: no row, no event, no export; a restart forgets it, and each of several servers knows its own visitors only.
//
// A window looks at one object at a time, and says so again and again (Sign); what it does not repeat ends by itself.
// Two things are answered: who else is at the same place, and since when another window of the same person has the
// object open. The first is the business of others, the second of that person alone: it is read from their own windows
// and from nothing else, so no other person can move it.
//
// The one rule not to break: whoever calls Sign says the place, and says none ("") for what nobody else may know, above
// all a claim whose round is open. Somebody without a place is seen by nobody, and sees nobody.
package presence

import (
	"slices"
	"sync"

	"claimbench/internal/auth"
	"claimbench/internal/store"
)

// Bounds. Whoever comes beyond one of them is not kept, or takes the place of their own oldest window; nothing else
// depends on it, for all this only advises.
const (
	Lasts       = 90 * 1_000_000 // µs: how long a sign of life holds
	MostAt      = 50             // people seen at one place
	MostWindows = 16             // windows of one person
	MostPeople  = 10_000         // people who are kept at once
)

// Sign is a sign of life of one window.
type Sign struct {
	Who    auth.UserID
	Window string // a name that the window gave itself
	Object string // what it looks at: "claim:42"
	Place  string // where others are told of it: the object in one state; "": nowhere
}

// Seen is the answer to a sign.
type Seen struct {
	Others []auth.UserID // who else is at the place, by number
	Since  store.Micros  // since when another window of the same person looks at the object; 0: none does
}

// Room holds who is where. The zero value is ready; it is safe for use by several goroutines.
type Room struct {
	mu     sync.Mutex
	people map[auth.UserID]map[string]*stay
	places map[string]map[auth.UserID]int // how many windows each has there
	swept  store.Micros
}

// stay is one window at one object.
type stay struct {
	object, place string
	since, last   store.Micros
}

func (s *stay) over(now store.Micros) bool { return now-s.last >= Lasts || now < s.last-Lasts }

// Sign keeps that a window looks at an object now, in the place of what it looked at before, and answers who else does.
func (r *Room) Sign(now store.Micros, s Sign) Seen {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.people == nil {
		r.people, r.places = map[auth.UserID]map[string]*stay{}, map[string]map[auth.UserID]int{}
	}
	r.sweep(now)
	r.keep(now, s)
	return Seen{Others: r.others(now, s), Since: r.since(now, s)}
}

// keep puts a window where it is now.
func (r *Room) keep(now store.Micros, s Sign) {
	mine := r.people[s.Who]
	was := mine[s.Window]
	if mine == nil {
		if len(r.people) >= MostPeople {
			return
		}
		mine = map[string]*stay{}
		r.people[s.Who] = mine
	}
	next := &stay{object: s.Object, since: now, last: now}
	if was != nil {
		if was.object == s.Object && !was.over(now) {
			next.since = was.since
		}
		r.end(s.Who, s.Window)
		r.people[s.Who] = mine // it may have been the last one
	}
	for len(mine) >= MostWindows {
		r.end(s.Who, oldest(mine))
	}
	mine[s.Window] = next
	if at := r.places[s.Place]; s.Place != "" && (len(at) < MostAt || at[s.Who] > 0) {
		if at == nil {
			at = map[auth.UserID]int{}
			r.places[s.Place] = at
		}
		at[s.Who]++
		next.place = s.Place
	}
}

// end forgets a window.
func (r *Room) end(who auth.UserID, window string) {
	mine := r.people[who]
	gone := mine[window]
	if delete(mine, window); len(mine) == 0 {
		delete(r.people, who)
	}
	at := r.places[gone.place]
	if at == nil {
		return
	}
	if at[who]--; at[who] <= 0 {
		delete(at, who)
	}
	if len(at) == 0 {
		delete(r.places, gone.place)
	}
}

// others are those who are at the place of a sign.
func (r *Room) others(now store.Micros, s Sign) (out []auth.UserID) {
	if s.Place == "" {
		return nil
	}
	for who := range r.places[s.Place] {
		if who != s.Who && r.at(now, who, s.Place) {
			out = append(out, who)
		}
	}
	slices.Sort(out)
	return out
}

func (r *Room) at(now store.Micros, who auth.UserID, place string) bool {
	for _, st := range r.people[who] {
		if st.place == place && !st.over(now) {
			return true
		}
	}
	return false
}

// since asks only the person's own windows.
func (r *Room) since(now store.Micros, s Sign) (first store.Micros) {
	for window, st := range r.people[s.Who] {
		if window != s.Window && st.object == s.Object && !st.over(now) && (first == 0 || st.since < first) {
			first = st.since
		}
	}
	return first
}

// sweep forgets everything that is over, at most once in the time that a sign holds.
func (r *Room) sweep(now store.Micros) {
	if now >= r.swept && now-r.swept < Lasts {
		return
	}
	r.swept = now
	for who, mine := range r.people {
		for window, st := range mine {
			if st.over(now) {
				r.end(who, window)
			}
		}
	}
}

func oldest(mine map[string]*stay) (name string) {
	var last store.Micros
	for window, st := range mine {
		if name == "" || st.last < last || st.last == last && window < name {
			name, last = window, st.last
		}
	}
	return name
}
