package desk

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

// plains are one of each that may be kept.
var plains = []Plain{ArrivedJSON{}, ArrivalChangedJSON{}, AskedJSON{}, ChangedJSON{}, CountedJSON{},
	DistributedJSON{}, DoneJSON{}, DuplicateRefusedJSON{}, ExtractedJSON{}, FeedSetJSON{}, FollowedJSON{},
	RequestDoneJSON{}, GivingJSON{}, Job{},
	MachineImportedJSON{}, OriginRefusalJSON{}, OriginStatedJSON{}, OfferRefusedJSON{},
	PassageRefusedJSON{},
	PersonChangedJSON{}, ReadsJSON{}, SentJSON{}, SnoozedJSON{}, TakenDownJSON{}, ThemeJSON{}, TurnedJSON{}, ZoneJSON{}}

// ours are the strings that a plain answer may have: codes, and words of the program itself. What a person or an
// article can put into a string is none of them. A job's message says why it failed; one that was just asked for has
// not, nor has it refused anything of a model.
var ours = []string{"CountedJSON.Done", "DoneJSON.Done", "Job.Kind", "Job.Message", "ReadsJSON.Langs",
	"RefusalJSON.Statement", "RefusalJSON.What",
	"List[claimbench/internal/desk.RefusalJSON].Next", "ThemeJSON.Theme",
	"TurnedJSON.Kind", "TurnedJSON.Words", "TurnedJSON.State", "TurnJSON.Words", "ZoneJSON.Zone"}

// TestPlainAnswersHaveNoWords walks the fields of all that is kept of an answer: numbers, moments and names of a
// vocabulary, and strings of ours.
func TestPlainAnswersHaveNoWords(t *testing.T) {
	t.Parallel()
	for _, p := range plains {
		for _, bad := range wordsIn(reflect.TypeOf(p), reflect.TypeOf(p).Name()) {
			t.Errorf("%s is a string that anybody may fill: such an answer is not kept", bad)
		}
	}
}

func wordsIn(of reflect.Type, at string) (bad []string) {
	switch of.Kind() {
	case reflect.Pointer, reflect.Slice:
		return wordsIn(of.Elem(), at)
	case reflect.String:
		if of.PkgPath() == "" && !slices.Contains(ours, at) {
			bad = append(bad, at)
		}
	case reflect.Struct:
		if strings.HasSuffix(of.Name(), "Time") {
			return nil
		}
		for f := range of.Fields() {
			bad = append(bad, wordsIn(f.Type, of.Name()+"."+f.Name)...)
		}
	case reflect.Interface, reflect.Map:
		bad = append(bad, at)
	}
	return bad
}
