package desk

import (
	"slices"

	"claimbench/internal/auth"
	"claimbench/internal/claims"
	"claimbench/internal/claimset"
	"claimbench/internal/history"
	"claimbench/internal/publish"
	"claimbench/internal/store"
)

// Export is one export of a frozen set: who took it away, when, as what. It is known to be whole when it has a hash.
type Export struct {
	At store.Micros
	By auth.UserID
	publish.Taken
}

// exportsTold is how many exports an answer tells of, over all its sets.
const exportsTold = 50

// exportsOf reads how frozen sets were exported, by their objects, the newest first, and asks the names of those who
// did it. An export is two events of one request; one of which the second is missing was cut off, or goes on.
func (l *look) exportsOf(objects ...string) (map[string][]Export, error) {
	events, err := history.List(l.rx, history.Filter{Among: &history.Among{Partly: objects,
		Actions: []string{publish.Began, publish.Wrote}}, Limit: 2 * exportsTold})
	if err != nil {
		return nil, err
	}
	type key struct {
		object, request, format string
		user                    int64
		claim                   claims.ID
	}
	out, ended, told := map[string][]Export{}, map[key][]publish.Taken{}, 0
	for _, e := range events { // the newest first: an end comes before its beginning
		t := publish.TakenOf(e.Reason.Text)
		k := key{e.Object, e.Who.Request, t.Format, e.Who.UserID, t.Claim}
		if e.Action == publish.Wrote {
			ended[k] = append(ended[k], t)
			continue
		}
		if n := len(ended[k]); n > 0 {
			t, ended[k] = ended[k][n-1], ended[k][:n-1]
		}
		if told++; told > exportsTold {
			break
		}
		out[e.Object] = append(out[e.Object], Export{e.At, auth.UserID(e.Who.UserID), t})
		l.name(auth.UserID(e.Who.UserID))
	}
	return out, nil
}

// setExports adds how a frozen set was exported.
func (l *look) setExports(s *Set) error {
	if s.State == claimset.Draft {
		return nil
	}
	object := claimset.Object(s.ID)
	all, err := l.exportsOf(object)
	s.Exports = all[object]
	return err
}

// ofClaim leaves out exports of other claims alone.
func ofClaim(all []Export, c claims.ID) []Export {
	return slices.DeleteFunc(all, func(x Export) bool { return x.Claim != 0 && x.Claim != c })
}

// ExportJSON is one export of a set.
type ExportJSON struct {
	At     Time        `json:"at"`
	By     auth.UserID `json:"by"`
	Format string      `json:"format"`
	Claim  claims.ID   `json:"claim,omitempty"`  // that alone
	Bytes  int64       `json:"bytes,omitempty"`  // how long the file was,
	SHA256 string      `json:"sha256,omitempty"` // and its hash; left out: nobody knows that all of it was written
}

func exportsJSON(all []Export) (out List[ExportJSON]) {
	for _, x := range all {
		out.Items = append(out.Items, ExportJSON{Time(x.At), x.By, x.Format, x.Claim, x.Bytes, x.SHA256})
	}
	return out
}
