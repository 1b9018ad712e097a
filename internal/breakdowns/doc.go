// Package breakdowns lets the language model of a workbench, if there is one, break down the texts that come into the
// collections whose admin said so.
//
// A tour of the files:
//
//   - sending.go: Sending, on which an admin says that a collection's texts are sent, and how many questions a day.
//   - rows.go: Breakdown, a text on its way, and what the history keeps.
//   - run.go: one window of one text after the other; pauses after an outage; what ends it.
//   - spend.go: what is asked before each question: may this text still be sent, and is there anything left of the day.
//
// A text on its way is work, as an address is: it has no event of its own, and the candidates that it becomes have
// theirs, in the name of the person who brought the article in. It is no row of internal/jobs, because a model may be
// silent for minutes, and jobs take turns at the one core.
//
// The one rule not to break: nothing is sent but the sentences of a text that is live, its language and its day, of a
// collection that allows it at that moment; it is asked anew before each question.
package breakdowns
