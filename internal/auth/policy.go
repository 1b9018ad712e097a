package auth

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/casbin/casbin/v2"
	"github.com/casbin/casbin/v2/model"
	stringadapter "github.com/casbin/casbin/v2/persist/string-adapter"

	"claimbench/internal/fault"
	"claimbench/internal/history"
	"claimbench/policies"
)

// Actions gives, for each thing, the actions there are. A policy that names another refuses to load.
func Actions() map[Thing][]Action {
	return map[Thing][]Action{
		ThingCollection: {Read, Write},
		ThingSource:     {Read, Write, Rate},
		ThingArticle:    {Read, Import, TakeDown},
		ThingCandidate:  {Write},
		ThingClaim:      {Read, Write, Comment, Prioritise},
		ThingEvidence:   {Link, Protect},
		ThingOrigin:     {Confirm},
		ThingReview:     {Read, ReadOpen, Submit},
		ThingRound:      {Adjudicate, Approve, Reopen},
		ThingClaimSet:   {Read, Write, Freeze, Export, Answer},
		ThingHistory:    {Read, ReadAll, Export, Erase},
		ThingUser:       {Read, Write},
		ThingRole:       {GrantRole},
		ThingSettings:   {Write},
		ThingSearch:     {Read},
		ThingAssignment: {Take, Give},
		ThingGuideline:  {Read, Write},
		ThingStatus:     {Read, Write},
		ThingRequest:    {Read, Write, TakeDown},
		ThingShelf:      {Read, Write, Confirm, TakeDown, Export},
		ThingMachine:    {Read, Write, Propose},
	}
}

// everywhere stands for collection 0 in casbin's requests.
const everywhere = "*"

// Policy says what a role may do. It is made once and never changed, so it is safe for use by several goroutines.
// casbin answers each question there is when the policy is loaded; a request looks the answer up.
type Policy struct {
	allowed map[question]bool
}

// question is what casbin was asked: may this role do this, when it is held everywhere, or in the collection itself?
type question struct {
	role   Role
	thing  Thing
	action Action
}

// LoadPolicy loads the embedded model and policy, and refuses a role, thing or action that the program does not know,
// naming the line. They are asked once in a program.
func LoadPolicy() (*Policy, error) { return embedded() }

var embedded = sync.OnceValues(func() (*Policy, error) { return loadPolicy(policies.Model, policies.Policy) })

func loadPolicy(modelText, policyText string) (*Policy, error) {
	if err := checkPolicy(policyText); err != nil {
		return nil, err
	}
	m, err := model.NewModelFromString(modelText)
	if err != nil {
		return nil, fmt.Errorf("policies/model.conf: %w", err)
	}
	enforcer, err := casbin.NewEnforcer(m, stringadapter.NewAdapter(policyText))
	if err != nil {
		return nil, fmt.Errorf("policies/policy.csv: %w", err)
	}
	p := &Policy{allowed: map[question]bool{}}
	for thing, actions := range Actions() {
		for _, action := range actions {
			for _, role := range allRoles {
				ok, err := ask(enforcer, role, thing, action)
				if err != nil {
					return nil, fmt.Errorf("policies: %w", err)
				}
				p.allowed[question{role, thing, action}] = ok
			}
		}
	}
	return p, nil
}

// ask puts the three ways to hold a role to casbin, and insists that the model keeps collections apart.
func ask(e *casbin.Enforcer, role Role, thing Thing, action Action) (bool, error) {
	answers := map[string]bool{}
	for name, where := range map[string][2]string{
		"everywhere": {everywhere, "1"}, "nowhere": {everywhere, everywhere}, "same": {"1", "1"},
		"other": {"2", "1"}, "outside": {"1", everywhere},
	} {
		ok, err := e.Enforce("role:"+string(role), where[0], string(thing), string(action), where[1])
		if err != nil {
			return false, err
		}
		answers[name] = ok
	}
	if answers["other"] || answers["outside"] {
		return false, fmt.Errorf("the model lets %s of one collection do “%s %s” outside it", role, thing, action)
	}
	if answers["everywhere"] != answers["same"] || answers["everywhere"] != answers["nowhere"] {
		return false, fmt.Errorf("the model answers “%s %s” for %s by where the role is held, which May does not",
			thing, action, role)
	}
	return answers["same"], nil
}

// May says whether the actor may do this in a collection (0: in none, which only a role held everywhere allows). Who
// carries the role that allowed it, for the history. Otherwise it is fault.Unauthenticated, when nobody is signed in,
// or fault.Forbidden, which names the roles that would do.
func (p *Policy) May(a Actor, t Thing, act Action, c CollectionID) (history.Who, error) {
	if role, ok := p.allows(a, t, act, c); ok {
		return a.Who(role), nil
	}
	if a.UserID == 0 {
		return history.Who{}, fault.New(fault.Unauthenticated, "Sign in first.")
	}
	return history.Who{}, fault.New(fault.Forbidden, "%s", p.refusal(a, t, act, c))
}

// Allows is May for a screen that only wants to know what to offer.
func (p *Policy) Allows(a Actor, t Thing, act Action, c CollectionID) bool {
	_, ok := p.allows(a, t, act, c)
	return ok
}

func (p *Policy) allows(a Actor, t Thing, act Action, c CollectionID) (Role, bool) {
	if a.UserID == 0 {
		return "", false
	}
	for _, role := range allRoles {
		if p.allowed[question{role, t, act}] && a.Has(role, c) {
			return role, true
		}
	}
	return "", false
}

// Collections says in which collections the actor may do this: in all, or in these.
func (p *Policy) Collections(a Actor, t Thing, act Action) (all bool, ids []CollectionID) {
	if a.UserID == 0 {
		return false, nil
	}
	for _, g := range a.Grants {
		switch {
		case !p.allowed[question{g.Role, t, act}]:
		case g.Collection == 0:
			all = true
		case !slices.Contains(ids, g.Collection):
			ids = append(ids, g.Collection)
		}
	}
	slices.Sort(ids)
	return all, ids
}

// HistoryFilter gives the filter under which the actor may read the history: within their collections, and under the
// veil of open rounds unless they read all. Add what they ask for to it. Who may read none of it is fault.Forbidden.
func (p *Policy) HistoryFilter(a Actor) (history.Filter, error) {
	everywhere, within := p.Collections(a, ThingHistory, Read)
	if !everywhere && len(within) == 0 {
		_, err := p.May(a, ThingHistory, Read, 0)
		return history.Filter{}, err
	}
	f := history.Filter{Viewer: history.Viewer{UserID: int64(a.UserID)}}
	if !everywhere {
		f.Within = plain(within)
	}
	var in []CollectionID
	f.Viewer.ReadAll, in = p.Collections(a, ThingHistory, ReadAll)
	f.Viewer.ReadAllIn = plain(in)
	return f, nil
}

func plain(ids []CollectionID) []int64 {
	out := make([]int64, len(ids))
	for i, id := range ids {
		out[i] = int64(id)
	}
	return out
}

// RolesFor gives the roles that may do this.
func (p *Policy) RolesFor(t Thing, act Action) []Role {
	var out []Role
	for _, role := range Roles.Names() { // those that somebody can be given
		if p.allowed[question{role, t, act}] {
			out = append(out, role)
		}
	}
	return out
}

func (p *Policy) refusal(a Actor, t Thing, act Action, c CollectionID) string {
	if c == 0 {
		return p.refusalIn(t, act, "everywhere", held(a, c))
	}
	return p.refusalIn(t, act, "in this collection", held(a, c))
}

func (p *Policy) refusalIn(t Thing, act Action, where, has string) string {
	roles := p.RolesFor(t, act)
	if len(roles) == 0 {
		return "Nobody may do this."
	}
	names := make([]string, len(roles))
	for i, r := range roles {
		names[i] = string(r)
	}
	return fmt.Sprintf("This needs the role %s %s; you have %s. Ask an admin.", strings.Join(names, " or "), where, has)
}

func held(a Actor, c CollectionID) string {
	var here []string
	for _, g := range a.Grants {
		if (g.Collection == 0 || g.Collection == c) && !slices.Contains(here, string(g.Role)) {
			here = append(here, string(g.Role))
		}
	}
	if len(here) == 0 {
		return "none there"
	}
	return strings.Join(here, " and ")
}

// heldAnywhere names the roles that the actor holds, wherever.
func heldAnywhere(a Actor) string {
	var all Actor
	for _, g := range a.Grants {
		all.Grants = append(all.Grants, Grant{Role: g.Role})
	}
	return held(all, 0)
}

// ofTheHouse are the things that are in no collection.
var ofTheHouse = []Thing{ThingSource, ThingCollection, ThingUser, ThingRole, ThingSettings, ThingHistory,
	ThingMachine}

// Who is the actor as the history names them, acting in a role.
func (a Actor) Who(role Role) history.Who {
	who := history.Who{UserID: int64(a.UserID), Name: a.Name, Role: string(role), Via: a.Via, Request: a.Request}
	who.Token = a.ByToken()
	return who
}

// ByToken is the number of the token by which somebody acts; 0 for none.
func (a Actor) ByToken() int64 {
	if a.Token == nil {
		return 0
	}
	return int64(a.Token.ID)
}

// MayAnywhere is May for things that belong to no collection, such as sources: a role held in any collection will do.
func (p *Policy) MayAnywhere(a Actor, t Thing, act Action) (history.Who, error) {
	all, ids := p.Collections(a, t, act)
	switch {
	case all:
		return p.May(a, t, act, 0)
	case len(ids) > 0:
		return p.May(a, t, act, ids[0])
	}
	if _, err := p.May(a, t, act, 0); fault.KindOf(err) != fault.Forbidden || slices.Contains(ofTheHouse, t) {
		return history.Who{}, err // with the roles that would do
	}
	return history.Who{}, fault.New(fault.Forbidden, "%s", p.refusalIn(t, act, "in this collection", heldAnywhere(a)))
}

// Has says whether the actor holds a role in a collection or everywhere.
func (a Actor) Has(r Role, c CollectionID) bool {
	for _, g := range a.Grants {
		if g.Role == r && (g.Collection == 0 || g.Collection == c) {
			return true
		}
	}
	return false
}
