package captures

import "claimbench/internal/term"

// State says whether the bytes of a capture are there.
type State string

// The states.
const (
	Kept     State = "kept"
	Withheld State = "withheld" // taken away by law; the salted hash in the history stays
)

// Way is how the bytes came.
type Way string

// The ways.
const (
	Uploaded Way = "uploaded"
	Fetched  Way = "fetched"
)

// Ways are the ways with their words.
var Ways = term.New("way of a capture",
	term.Term[Way]{Name: Uploaded, Word: "uploaded", About: "Somebody had the file and sent it."},
	term.Term[Way]{Name: Fetched, Word: "fetched", About: "The program asked the address for it."})

// Found is how a quotation stands in the text of a capture.
type Found string

// How a quotation is found.
const (
	Exact    Found = "exact"
	Folded   Found = "folded"
	NotFound Found = "not_found"
)

// Founds are the ways of finding with their words.
var Founds = term.New("finding of a quotation",
	term.Term[Found]{Name: Exact, Word: "found in the capture, word for word",
		About: "The quotation stands in the text of the capture sign for sign."},
	term.Term[Found]{Name: Folded, Word: "found in the capture, apart from spaces and forms of letters",
		About: "It stands there when spaces, line ends, marks and forms of letters are passed over; digits never are."},
	term.Term[Found]{Name: NotFound, Word: "not found in the capture",
		About: "The text that the program read of the capture does not hold the quotation."})

// Word is the finding as people read it.
func (f Found) Word() string { return Founds.Word(f) }
