package auth

import (
	"claimbench/internal/history"
)

// UserID is a user; CollectionID a collection, 0 for everywhere.
type (
	UserID       int64
	CollectionID int64
)

// Thing is a kind of thing that acts are done on.
type Thing string

// The things.
const (
	ThingCollection Thing = "collection"
	ThingSource     Thing = "source"
	ThingArticle    Thing = "article"
	ThingCandidate  Thing = "candidate"
	ThingClaim      Thing = "claim"
	ThingEvidence   Thing = "evidence"
	ThingOrigin     Thing = "origin"
	ThingReview     Thing = "review"
	ThingRound      Thing = "round"
	ThingClaimSet   Thing = "claimset"
	ThingHistory    Thing = "history"
	ThingUser       Thing = "user"
	ThingRole       Thing = "role"
	ThingSettings   Thing = "settings"
	ThingSearch     Thing = "search"
	ThingAssignment Thing = "assignment"
	ThingGuideline  Thing = "guideline"
	ThingStatus     Thing = "status"  // which sets have their status at a public address
	ThingShelf      Thing = "shelf"   // what others have checked already
	ThingRequest    Thing = "request" // what readers ask
	ThingMachine    Thing = "machine"
)

// Action is what is done on a thing.
type Action string

// The actions.
const (
	Read       Action = "read"
	ReadOpen   Action = "read_open" // reviews of a round that is still open
	ReadAll    Action = "read_all"  // the whole history
	Write      Action = "write"
	Import     Action = "import"
	Propose    Action = "propose" // what a machine may: it decides nothing
	TakeDown   Action = "takedown"
	Rate       Action = "rate" // a source, for one collection
	Comment    Action = "comment"
	Link       Action = "link"
	Protect    Action = "protect" // a source: who it is, is read by editors and whom they name
	Prioritise Action = "prioritise"
	Take       Action = "take" // work for oneself
	Give       Action = "give" // work to others
	Confirm    Action = "confirm"
	Submit     Action = "submit"
	Adjudicate Action = "adjudicate"
	Approve    Action = "approve"
	Reopen     Action = "reopen"
	Freeze     Action = "freeze"
	Export     Action = "export"
	Answer     Action = "answer" // an alarm on what is printed
	Erase      Action = "erase"  // a text from the history, with a second person
	GrantRole  Action = "grant"
)

// Grant is a role held in a collection, or everywhere (Collection 0).
type Grant struct {
	Role       Role
	Collection CollectionID
}

// Actor is who acts in one request or command, with the roles held at its start.
type Actor struct {
	UserID  UserID
	Name    string // what they sign in with
	Display string // what others call them
	Grants  []Grant
	Via     history.Via
	Request string
	Reset   *ResetNotice // nil: nothing to tell
	Token   *Acting      // nil: a session or a command
	Reads   []string     // the languages that they read, by their tags; none: they have not said
}
