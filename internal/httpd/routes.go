package httpd

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"claimbench/internal/auth"
	"claimbench/internal/captures"
	"claimbench/internal/fault"
	"claimbench/internal/intake"
	"claimbench/internal/requests"
	"claimbench/internal/term"
)

const livePath = "/live"

// access is what a route asks of whoever comes, and what it takes from them. The services ask again about the very
// object.
type access struct {
	open     bool // anybody
	nobody   bool // whoever is signed in is not known here
	signed   bool // anybody who is signed in
	thing    auth.Thing
	action   auth.Action
	body     int64   // the largest body in bytes; 0: smallBody
	params   []param // what the query may carry
	past     bool    // auditors may ask for it as it stood at a moment
	noPast   string  // why auditors, who may open it, may not
	streams  bool    // the answer may take any time, as long as the reader takes it
	hand     bool    // no token opens it: handOnly
	machines bool    // machines may open it: forMachines
	speaks   speaks  // what it takes and gives in JSON: its line of spoken
}

// Limits of bodies, in bytes. A route takes a small form unless its line says more.
const (
	signInBody = 4 << 10
	smallBody  = 64 << 10
	reviewBody = 256 << 10
	// a page of guidelines in a form, where a letter may take nine bytes
	guidelineBody = 1 << 20
)

// importBody is the largest body with a text or a file. A pasted text grows about threefold in a form, and a file has
// its form around it; the reader's own limit speaks first.
var importBody = max(3*intake.MaxText, intake.Most()) + 9<<20

// captureBody is the largest body with the file of a capture, and the form around it.
const captureBody = captures.MostBytes + 1<<20

// takes sets the largest body, in bytes.
func (a access) takes(body int64) access {
	a.body = body
	return a
}

// streaming says that the answer has no total deadline, only one of progress.
func (a access) streaming() access {
	a.streams = true
	return a
}

// ofPast says that auditors may read the page as it stood at a moment.
func (a access) ofPast() access {
	a.past = true
	return a.asks(words(asOfParam))
}

// ofNow says why a page that auditors may open shows today only, in a sentence for them.
func (a access) ofNow(why string) access {
	a.noPast = why
	return a
}

// bodyLimit is the largest body in bytes.
func (a access) bodyLimit() int64 {
	if a.body == 0 {
		return smallBody
	}
	return a.body
}

// anybody may open the route without being signed in.
func anybody() access { return access{open: true} }

// inPublic lets in anybody, to read what an admin published and nothing else. Nobody is asked who they are, so the
// answer is the same for all.
func inPublic() access { return access{open: true, nobody: true} }

// signedInOnly lets in everybody who is signed in.
func signedInOnly() access { return access{signed: true} }

// may lets in who may do this in the collection that the path names, or, where it names none, in any collection.
func may(t auth.Thing, a auth.Action) access { return access{thing: t, action: a} }

// route is one line of the table. Every route names its permission: the zero access lets nobody in.
type route struct {
	method string
	path   string
	access access
	handle echo.HandlerFunc
}

const (
	get  = http.MethodGet
	post = http.MethodPost
)

// routes is the whole table. A page of a collection is under /collections/:collection.
func (s *Server) routes() []route {
	all := slices.Concat([]route{
		{get, "/healthz", anybody(), s.healthz},
		{get, "/readyz", anybody(), s.readyz},
		{get, livePath, signedInOnly().streaming().ofNow("It tells what happens now."), s.live},
		{get, "/status/:name", inPublic(), s.statusPublic},
		{get, "/status/:name/corrections.atom", inPublic(), s.statusAtom},
		{get, "/status/:name/corrections.json", inPublic(), s.statusFeed},
		{get, "/ask/:name", inPublic().asks(choice("lang", requests.Languages)), s.askForm},
		{post, "/ask/:name", inPublic(), s.askSend},
		{get, "/asked/:secret", inPublic().asks(choice("lang", requests.Languages)), s.asked},
	}, s.routesSignIn(), s.routesPeople(), s.routesRequests(), s.routesFeeds(), s.routesReading(),
		s.routesDeciding(), s.routesForPrograms(), s.routesOfTokens())
	for i, r := range all {
		if n := slices.IndexFunc(spoken, func(l spokenLine) bool { return l.route == r.name() }); n >= 0 {
			all[i].access.speaks = spoken[n].speaks
		}
		all[i].access.hand = slices.Contains(handOnly, r.name())
		all[i].access.machines = r.access.open && !all[i].access.hand || slices.Contains(forMachines, r.name())
	}
	return all
}

// guard asks the route's permission before its handler runs.
func (s *Server) guard(a access, next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		actor, in := signedIn(c)
		if err := byToken(a, c.Request().Method, actor); err != nil {
			return err
		}
		if a.open {
			return next(c)
		}
		if !in {
			return fault.New(fault.Unauthenticated, "Sign in first.")
		}
		if a.signed {
			return next(c)
		}
		var err error
		if c.Param("collection") != "" {
			var id auth.CollectionID
			if id, err = pathID[auth.CollectionID](c, "collection"); err == nil {
				err = s.mayIn(actor, a, id)
			}
		} else {
			_, err = s.Policy.MayAnywhere(actor, a.thing, a.action)
		}
		if err != nil {
			return err
		}
		return next(c)
	}
}

// mayIn asks a route's permission in a collection. Whoever may not even read the collection is not told that it is.
func (s *Server) mayIn(actor auth.Actor, a access, in auth.CollectionID) error {
	_, err := s.Policy.May(actor, a.thing, a.action, in)
	if fault.KindOf(err) == fault.Forbidden && !s.Policy.Allows(actor, auth.ThingCollection, auth.Read, in) {
		return fault.Wrap(fault.NotFound, err, "There is no such collection.")
	}
	return err
}

// param is a name that the query of a route may carry. check refuses a value that is none of a closed vocabulary; nil
// where the handler reads what was typed.
type param struct {
	name  string
	check func(value string) error
	terms []term.Term[string] // the values that there are; nil: what was typed
}

// words are parameters whose values are typed: words, numbers, dates.
func words(names ...string) []param {
	out := make([]param, len(names))
	for i, n := range names {
		out[i] = param{name: n}
	}
	return out
}

// choice is a parameter whose value is a name of a vocabulary.
func choice[T ~string](name string, of term.Table[T]) []param {
	p := param{name: name, check: func(value string) error { return of.Check(name, T(value)) }}
	for _, t := range of.Terms() {
		p.terms = append(p.terms, term.Term[string]{Name: string(t.Name), Word: t.Word, About: t.About})
	}
	return []param{p}
}

// oneOrNot is a parameter that is "1" or not there.
func oneOrNot(name string) []param {
	return choice(name, term.New("value of "+name, term.Term[string]{Name: "1"}))
}

// asks names the parameters that the route's address may carry; without it there are none.
func (a access) asks(params ...[]param) access {
	a.params = slices.Concat(append([][]param{a.params}, params...)...)
	return a
}

// knownQuery refuses a request whose address carries a name or a value that the route does not know: a filter that is
// misspelt must not look as if it had filtered, and what belongs in a body must not be lost.
func (s *Server) knownQuery(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := s.routeOf(c)
		if r.path == "" {
			return next(c)
		}
		for name, values := range c.QueryParams() {
			if err := r.access.knows(name, values); err != nil {
				c.Set(inAddressKey, true)
				return err
			}
		}
		return next(c)
	}
}

// inAddressKey says that a field of the fault is a parameter of the address, whatever the method.
const inAddressKey = "in address"

// knows says whether a parameter is one that the route may carry, once, with a value that it can have.
func (a access) knows(name string, values []string) error {
	i := slices.IndexFunc(a.params, func(p param) bool { return p.name == name })
	switch {
	case i < 0 && name == asOfParam:
		return fault.New(fault.Invalid, "This page has no past. %s Every page of reading can be asked “asof” a "+
			"moment, as /history can; the others say why they cannot.",
			cmp.Or(a.noPast, "It is for work, and shows today.")).With(name, "This page has no past.")
	case i < 0 && len(a.params) == 0:
		return fault.New(fault.Invalid, "“%s” in the address is not known here: this page takes no parameters. Leave "+
			"it out.", short(name)).With(short(name), "This page takes no parameters.")
	case i < 0:
		known := make([]string, len(a.params))
		for j, p := range a.params {
			known[j] = p.name
		}
		return fault.New(fault.Invalid, "“%s” in the address is not known here. Known are %s.", short(name),
			strings.Join(known, ", ")).With(short(name), "This parameter is not known here.")
	case len(values) > 1:
		return fault.New(fault.Invalid, "“%s” stands %d times in the address; write it once.", name,
			len(values)).With(name, "Write it once.")
	case values[0] == "" || a.params[i].check == nil:
		return nil
	}
	return a.params[i].check(values[0])
}
