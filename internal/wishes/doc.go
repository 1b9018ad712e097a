// Package wishes lets the language model of a workbench, if there is one, say something of single claims, in
// collections whose admin said so: a gloss, when a person asks for one, and the order of the passages that are proposed
// for it.
//
// A tour of the files:
//
//   - rows.go: Wish, what the model is to be asked, and how far that is.
//   - ask.go: a person asks for a gloss; a claim that is opened, and texts that come in, ask for an order.
//   - ask_passage.go: a person asks for a gloss of a passage, which they alone read.
//   - run.go: one wish after the other; pauses after an outage; what ends it.
//   - answer.go: what is sent, if it still may be, and what is kept of the answer.
//
// A wish is work, as a break-down is: it has no event of its own. What comes of it are proposals, and what people do
// with these has its events. It spends the questions of the day that break-downs spend.
//
// The one rule not to break: nobody asks for an order. It is asked for when a claim is opened or texts come in, which
// everybody sees, and made of the claim and of passages alone, so that it tells of nobody's review.
package wishes
