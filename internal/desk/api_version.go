package desk

// VersionOf is the version of the one thing that an answer is about, as If-Match takes it back; false: it is about
// none, or about several.
func VersionOf(a Answer) (int64, bool) {
	switch x := a.(type) {
	case ClaimJSON:
		return x.Version, true
	case ClaimPageJSON:
		return x.Claim.Version, true
	case HeadJSON:
		return x.Claim.Version, true
	case EditingJSON:
		return x.Claim.Version, true
	case DecidingJSON:
		return x.Claim.Version, true
	case ArticleJSON:
		return x.Version, true
	case ReadingJSON:
		return x.Article.Version, true
	case SetJSON:
		return x.Version, true
	case SetPageJSON:
		return x.Version, true
	}
	return smallVersion(a)
}

// smallVersion is that of what stands on a page with others.
func smallVersion(a Answer) (int64, bool) {
	switch x := a.(type) {
	case EvidenceJSON:
		return x.Version, true
	case GlossJSON:
		return x.Version, true
	case DraftJSON:
		return x.Version, true
	case CollectionJSON:
		return x.Version, true
	case FetchingJSON:
		return x.Version, true
	case FetchesJSON:
		return x.Version, true
	case GivingJSON:
		return x.Version, true
	case WatchSetJSON:
		return x.Version, true
	}
	return 0, false
}
