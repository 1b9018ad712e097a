package desk

import (
	"reflect"

	"claimbench/internal/claims"
)

// VersionOf is the version of the one thing that an answer is about, as If-Match takes it back; false: it is about
// none, or about several, or no act compares its version.
func VersionOf(a Answer) (int64, bool) {
	switch x := a.(type) {
	case ClaimPageJSON:
		return x.Claim.Version, true
	case HeadJSON:
		return x.Claim.Version, true
	case EditingJSON:
		return x.Claim.Version, true
	case DecidingJSON:
		return x.version(), true
	case ReadingJSON:
		return x.Article.Version, true
	case GuideJSON:
		return int64(x.InForce), true
	case MethodPageJSON:
		return int64(x.InForce), true
	case Person: // nothing is done to a person by their version
		return 0, false
	}
	return ownVersion(reflect.ValueOf(a))
}

// ownVersion is the member version of an answer itself, or of what it has embedded.
func ownVersion(v reflect.Value) (int64, bool) {
	if v.Kind() != reflect.Struct {
		return 0, false
	}
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if f.Tag.Get("json") == "version" && f.Type.Kind() == reflect.Int64 {
			return v.Field(i).Int(), true
		}
		if f.Anonymous {
			if n, has := ownVersion(v.Field(i)); has {
				return n, true
			}
		}
	}
	return 0, false
}

// version is the decision's where it waits to be approved, which is what approving compares; else the claim's.
func (d DecidingJSON) version() int64 {
	if d.Claim.State == claims.Decided && len(d.Rounds.Items) > 0 && d.Rounds.Items[0].Decision != nil {
		return d.Rounds.Items[0].Decision.Version
	}
	return d.Claim.Version
}
