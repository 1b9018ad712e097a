package main

import (
	"fmt"
	"slices"
	"strings"
)

// kind is a kind of act of the desk.
type kind struct {
	name   string
	by     string // "reviewer", "editor"; "" for both
	weight int    // how often it is done, beside the others
	plan   func(p *person, n int) (request, error)
}

// request is one act, and what it leaves when it is acknowledged.
type request struct {
	path   string
	body   any
	leaves func(a answer) (left, error)
}

// left is what an act leaves once: deeds of the person, or, of an act that is none, events; or a deed taken back; or
// what stands in a form that is not sent.
type left struct {
	marks []mark
	turn  *turn
	typed *typed
}

// mark is a deed or an event of a person: its kind and what it is about, a claim where it is about one. Where the
// answer would say what it is about and was lost, that is "".
type mark struct{ kind, about string }

// turn is a deed taken back, or done again; 0 where the answer that would name it was lost.
type turn struct {
	act  int64
	kind string
	back bool
}

// eventsOnly are the marks that no deed is noted for: the act is not taken back, or creates what nothing stands on yet.
var eventsOnly = map[string]bool{"claimset.created": true, "question.answered": true}

// settled are the acts that are acknowledged, and leave nothing, where it is so already: two tabs did the same.
var settled = map[string]bool{"claim.prioritised": true, "duplicate.refused": true}

// edited is the mark of other words, of a candidate too.
const edited = "claim.edited"

func plainKind(kind string) string {
	if kind == "candidate.edited" {
		return edited
	}
	return kind
}

// quiet are the deeds without an event of their own.
func quiet(kind string) bool {
	return strings.HasPrefix(kind, "claim.snoozed") || strings.HasPrefix(kind, "claim.unsnoozed") ||
		kind == "passage.refused" || strings.HasPrefix(kind, "batch.")
}

type fields map[string]any

func about(n int64) string { return fmt.Sprintf("claim:%d", n) }

// of leaves one mark, whatever the answer says.
func of(kind, about string) func(answer) (left, error) {
	return func(answer) (left, error) { return left{marks: []mark{{kind, about}}}, nil }
}

// counted leaves a mark when the answer says that anything was done.
func counted(kind, about string) func(answer) (left, error) {
	return func(a answer) (out left, err error) {
		if a.lost {
			return left{marks: []mark{{kind, ""}}}, nil
		}
		var said struct{ Count int }
		if err = a.into(&said); err == nil && said.Count > 0 {
			out.marks = []mark{{kind, about}}
		}
		return out, err
	}
}

// numbered leaves a mark about what the answer numbers.
func numbered(kind, object string) func(answer) (left, error) {
	return func(a answer) (out left, err error) {
		if a.lost {
			return left{marks: []mark{{kind, ""}}}, nil
		}
		var said struct{ ID int64 }
		if err = a.into(&said); err == nil && said.ID == 0 {
			err = fmt.Errorf("the answer numbers nothing: %.200s", a.body)
		}
		return left{marks: []mark{{kind, fmt.Sprintf("%s:%d", object, said.ID)}}}, err
	}
}

// turned leaves what the answer says was taken back, or done again.
func turned(back bool) func(a answer) (left, error) {
	return func(a answer) (left, error) {
		if a.lost {
			return left{turn: &turn{back: back}}, nil
		}
		var said struct {
			Act         int64
			Kind, State string
		}
		err := a.into(&said)
		if err == nil && (said.Act == 0 || (said.State == "taken_back") != back) {
			err = fmt.Errorf("the answer does not say which act: %.200s", a.body)
		}
		return left{turn: &turn{said.Act, said.Kind, back}}, err
	}
}

// kinds are the acts of the desk.
var kinds = []kind{
	{"accept", "", 6, accept},
	{"reject", "", 2, reject},
	{"restore", "", 1, restore},
	{"edit", "", 3, edit},
	{"split", "", 1, split},
	{"merge", "", 1, merge},
	{"new claim", "", 2, newClaim},
	{"withdraw", "", 1, withdraw},
	{"say two claims are two", "", 1, refuseDuplicate},
	{"gloss", "", 2, gloss},
	{"confirm a gloss", "", 1, confirmGloss},
	{"comment", "", 4, comment},
	{"resolve a comment", "", 2, resolve},
	{"reopen a comment", "", 1, reopenComment},
	{"link", "", 4, link},
	{"link from outside", "", 3, linkOutside},
	{"unlink", "", 2, unlink},
	{"refuse a passage", "", 1, refusePassage},
	{"state an origin", "", 1, stateOrigin},
	{"type a review", "reviewer", 6, typeReview},
	{"type a comment", "", 3, typeComment},
	{"review", "reviewer", 18, reviewClaim},
	{"assign", "", 2, assign},
	{"take back an assignment", "", 1, unassign},
	{"snooze", "", 2, snooze},
	{"end a snooze", "", 1, unsnooze},
	{"answer a question", "", 2, answerQuestion},
	{"prioritise", "editor", 1, prioritise},
	{"ask a reviewer", "editor", 6, ask},
	{"adjudicate", "editor", 2, adjudicate},
	{"approve", "editor", 5, approve},
	{"reopen", "editor", 1, reopen},
	{"new set", "editor", 1, newSet},
	{"add to a set", "editor", 3, addToSet},
	{"take from a set", "editor", 1, takeFromSet},
	{"rename a set", "editor", 1, renameSet},
	{"freeze a set", "editor", 1, freeze},
	{"accept many", "", 1, batch("accept")},
	{"reject many", "", 1, batch("reject")},
	{"withdraw many", "", 1, batch("withdraw")},
	{"undo", "", 6, undo},
	{"redo", "", 1, redo}, // and half of the time when something was taken back just before
}

func kindOf(name string) kind {
	return kinds[slices.IndexFunc(kinds, func(k kind) bool { return k.name == name })]
}

func undo(*person, int) (request, error) {
	return request{"/collections/1/undo", fields{}, turned(true)}, nil
}

func redo(*person, int) (request, error) {
	return request{"/collections/1/redo", fields{}, turned(false)}, nil
}
