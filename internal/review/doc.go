// Package review owns rounds, reviews, decisions and approvals: who decides a claim, when, on what, and who may see it.
//
// A tour of the files:
//
//   - terms.go, rows.go, public.go: verdicts and reasons, the rows, and names drawn at random in place of numbers.
//   - service.go: Service, and what happens to the round of a claim that ends.
//   - submit.go: Submit records one review, from the lock to the quorum, in one Write.
//   - judge.go: Check, the guards of a review, and Judge, what a round's reviews come to; both are pure.
//   - guards.go: what may be done in which state, and by whom; pure functions.
//   - decide.go: Adjudicate, Approve and Reopen, on the common road onRound.
//   - question.go: a conflict sent back to one reviewer with a question; and how conflicts were resolved.
//   - queue.go: what waits for a reviewer, and why.
//   - unsent.go, unsent_gone.go: what a person typed and did not send, which is theirs alone; and when it must go.
//   - agreement.go: how many closed rounds agreed on what, counted as they close.
//   - whole.go, veil.go: all of a claim's reviewing for the desk, and how long a round hides its events.
//
// The one rule not to break: nothing that this room gives tells readers how a round under way stands, or that there is
// one. Whole goes to the desk, never to a door.
package review
