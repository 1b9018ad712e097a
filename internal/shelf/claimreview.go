package shelf

import (
	"encoding/json"
	"strings"
)

// claimReview reads an object that may be a ClaimReview of schema.org, or an object around it. other says that it is
// something else, which pages and feeds hold too.
func claimReview(raw []byte) (r Record, other bool, err error) {
	var l loose
	if err := json.Unmarshal(raw, &l); err != nil {
		return r, false, breakf("It is no JSON: %s.", strings.TrimPrefix(err.Error(), "json: "))
	}
	if !l.is("ClaimReview") {
		return r, true, nil
	}
	item := l.object("itemReviewed")
	rating := l.object("reviewRating")
	r = Record{Raw: raw, Claim: l.words("claimReviewed", "@value", "name"), URL: l.words("url", "@id", "url"),
		Publisher: l.words("author", "name", "alternateName", "url"), Day: l.words("datePublished", "@value")}
	if r.Claim == "" {
		r.Claim = item.words("name", "@value")
	}
	if r.Publisher == "" {
		r.Publisher = l.words("publisher", "name", "url")
	}
	if rating != nil {
		r.Rating = Rating{Words: rating.words("alternateName", "@value", "name"),
			Value: rating.words("ratingValue", "@value"), Best: rating.words("bestRating", "@value"),
			Worst: rating.words("worstRating", "@value")}
		if r.Rating.Words == "" {
			r.Rating.Words = rating.words("name", "@value")
		}
	}
	if r.Rating.Words == "" {
		r.Rating.Words = r.Rating.Value
	}
	if r.Lang = item.words("inLanguage", "alternateName", "name"); r.Lang == "" {
		r.Lang = l.words("inLanguage", "alternateName", "name") // of the review, which words the claim
	}
	r.Author = item.words("author", "name", "alternateName", "url")
	r.Appeared = appeared(item)
	return r, false, nil
}

// appeared are the addresses where a claim was seen.
func appeared(item loose) string {
	var out []string
	for _, name := range []string{"firstAppearance", "appearance", "url", "sameAs"} {
		for _, raw := range item.all(name) {
			at := webAddress(wordsOf(raw, 0, []string{"url", "@id", "mainEntityOfPage"}))
			if at != "" && len(out) < mostAppeared && !strings.Contains("\n"+strings.Join(out, "\n")+"\n",
				"\n"+at+"\n") {
				out = append(out, at)
			}
		}
	}
	return strings.Join(out, "\n")
}
