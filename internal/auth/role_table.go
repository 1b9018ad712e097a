package auth

import (
	"slices"

	"claimbench/internal/term"
)

// Role is what a person may be in a collection, or everywhere.
type Role string

// The roles.
const (
	Reviewer Role = "reviewer"
	Editor   Role = "editor"
	Auditor  Role = "auditor"
	Admin    Role = "admin"
	// AsMachine is what machines are in their collections. No person holds it, and nobody is granted it.
	AsMachine Role = "machine"
)

// Roles are all roles, with their words and what each is for, the lesser first: where several roles of one person
// allow an act, the history names the least. What exactly a role may do stands in policies/policy.csv.
var Roles = term.New("role",
	term.Term[Role]{Name: Reviewer, Word: "reviewer", About: "makes claims of candidates, links evidence, reviews"},
	term.Term[Role]{Name: Editor, Word: "editor", About: "imports, adjudicates, approves, freezes sets"},
	term.Term[Role]{Name: Auditor, Word: "auditor", About: "reads everything, the history included"},
	term.Term[Role]{Name: Admin, Word: "admin", About: "users, roles, collections; no verdicts"},
)

// judging are the roles that decide about claims. One person holds them, or others, never both: see mayHold.
var judging = []Role{Reviewer, Editor}

func judges(r Role) bool { return slices.Contains(judging, r) }

// allRoles are the names of the table, made once: every question of permission walks them.
var allRoles = append(Roles.Names(), AsMachine)
