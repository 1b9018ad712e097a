package main

import (
	"os/exec"
	"path/filepath"
	"testing"
)

// TestChaos is the short form: some sixty acts of all kinds.
func TestChaos(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	program := filepath.Join(dir, "workbench")
	if out, err := exec.Command("go", "build", "-tags", "sqlite_fts5", "-o", program,
		"claimbench/cmd/workbench").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	r, err := run(t.Context(), program, filepath.Join(dir, "chaos.db"), 60, 3)
	if err == nil {
		err = r.fault()
	}
	if err != nil {
		t.Fatalf("%v\n%v", err, r)
	}
	acknowledged := 0
	for _, x := range r.rows {
		if x.acknowledged > 0 {
			acknowledged++
		}
	}
	if acknowledged < 15 {
		t.Errorf("only %d kinds of acts were acknowledged, so this test would not notice much\n%v", acknowledged, r)
	}
	t.Logf("\n%v", r)
}

// TestCountingNotices is the counting itself: what is missing, there twice, or there though it was refused.
func TestCountingNotices(t *testing.T) {
	t.Parallel()
	accepted := func(n int64) place { return place{"reviewer-1", mark{"candidate.accepted", about(n)}} }
	for name, c := range map[string]struct {
		there         map[place]int
		lost, doubled int
		answerDied    bool
	}{
		"all there":              {there: map[place]int{accepted(1): 1}},
		"one is lost":            {there: map[place]int{}, lost: 1},
		"one is there twice":     {there: map[place]int{accepted(1): 2}, doubled: 1},
		"another is there too":   {there: map[place]int{accepted(1): 1, accepted(2): 1}, doubled: 1},
		"its answer was lost":    {there: map[place]int{accepted(1): 1, accepted(2): 1}, answerDied: true},
		"and one that never was": {there: map[place]int{accepted(1): 1, accepted(2): 2}, answerDied: true, doubled: 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newReport()
			r.heard("reviewer-1", "accept", answer{status: 200}, left{marks: []mark{accepted(1).mark}})
			if c.answerDied {
				r.heard("reviewer-1", "accept", answer{status: 200, lost: true},
					left{marks: []mark{{kind: accepted(1).kind}}})
			}
			r.compareMarks(c.there)
			if x := r.rows["accept"]; x.lost != c.lost || x.doubled != c.doubled {
				t.Errorf("lost %d, doubled %d, want %d and %d: %v", x.lost, x.doubled, c.lost, c.doubled, r.odd)
			}
		})
	}
}

// TestCountingOfTurns: what is taken back, and done again.
func TestCountingOfTurns(t *testing.T) {
	t.Parallel()
	r := newReport()
	for _, back := range []bool{true, false, true} {
		r.heard("editor-1", "undo", answer{status: 200}, left{turn: &turn{act: 7, kind: "claim.edited", back: back}})
	}
	r.heard("editor-1", "undo", answer{status: 200, lost: true}, left{turn: &turn{back: true}})
	r.compareTurns(map[owner]int{{"editor-1", 7}: 1, {"editor-1", 6}: 1})
	if len(r.odd) > 0 {
		t.Errorf("what is right is said to differ: %v", r.odd)
	}
	r.compareTurns(map[owner]int{{"editor-1", 7}: 0, {"editor-2", 6}: 1})
	if x := r.rows["undo"]; x.lost != 1 || x.doubled != 1 {
		t.Errorf("lost %d, doubled %d, want one of each: %v", x.lost, x.doubled, r.odd)
	}
}

// TestCountingOfTyping: what was saved and is gone, was sent and is there, or was overwritten.
func TestCountingOfTyping(t *testing.T) {
	t.Parallel()
	r := newReport()
	saves := func(n int64, form, words string) {
		r.heard("reviewer-1", "type a "+form, answer{status: 200}, left{typed: &typed{about(n), form, words}})
	}
	saves(1, reviewForm, "first")
	saves(1, reviewForm, "second")
	saves(1, commentForm, "beside it")
	saves(2, reviewForm, "sent later")
	r.heard("reviewer-1", "review", answer{status: 200}, left{marks: []mark{{"review.submitted", about(2)}}})
	at := func(n int64, form string) typedAt { return typedAt{"reviewer-1", about(n), form} }
	r.compareTyped(map[typedAt]string{at(1, reviewForm): "second", at(1, commentForm): "beside it"})
	if len(r.odd) > 0 {
		t.Errorf("what is right is said to differ: %v", r.odd)
	}
	r.compareTyped(map[typedAt]string{at(1, reviewForm): "first", at(2, reviewForm): "sent later"})
	review, comment := r.rows["type a review"], r.rows["type a comment"]
	if review.lost != 1 || review.doubled != 1 || comment.lost != 1 {
		t.Errorf("%+v, %+v, want one review lost and one left, and the comment lost: %v", review, comment, r.odd)
	}
}
