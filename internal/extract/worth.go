package extract

import (
	"math"
	"strings"
)

// The places of two features that are reasons by themselves.
const (
	featureTopic      = 4
	featureComparison = 6
)

// What the length of a claim adds at most, and the words of which it adds two thirds.
const (
	fullLength = 8
	shortLine  = 12
)

// worth scores how much a claim deserves a check, with its reasons in words.
func (l *line) worth(p piece, s signs, c *Candidate) (int, []string) {
	score, reasons := 52.0, []string{}
	note := func(points float64, why string) {
		score += points
		if why != "" {
			reasons = append(reasons, why)
		}
	}
	switch c.Kind {
	case kindBackground:
		note(-30, "background")
	case kindSpeech:
		note(-30, "the saying itself")
	case kindOpinion:
		note(-25, "opinion")
	case kindPledge:
		note(-30, "pledge")
	case kindMeta:
		note(-50, "about the text itself")
	case kindPrediction:
		note(-10, "prediction")
	}
	if len(c.Quantities) > 0 || s.number && len(c.Dates) == 0 {
		note(12, "number")
	}
	if len(c.Names) > 0 {
		note(8, "named actor")
	}
	if len(c.Dates) > 0 {
		note(5, "date")
	}
	if hasHedge(c.Hedge, hedgeDenied) {
		note(8, "denial")
	}
	if hasHedge(c.Hedge, hedgeAlleged) || hasHedge(c.Hedge, hedgeSuspected) {
		note(6, "accusation")
	}
	if c.Attribution != Article {
		note(3, "reported")
	}
	if base, _, _ := strings.Cut(l.lang, "-"); worthWords[base] != nil {
		values := l.features(p.start, p.end)
		note(max(-8, min(14, 9*logit(values))), "")
		if values[featureTopic] > 0 {
			note(0, "public matter")
		}
		if values[featureComparison] > 0 {
			note(0, "comparison")
		}
	}
	words := 0
	for i := range l.toks {
		if k := &l.toks[i]; k.kind != mark && k.start >= p.start && k.end <= p.end {
			words++
		}
	}
	note(fullLength*(1-math.Exp(-float64(words)/shortLine)), "") // a fragment says less that can be checked
	switch l.sent.Kind {
	case "caption", "heading", "link":
		note(-20, "outside the body")
	}
	return max(0, min(100, int(math.Round(score)))), reasons
}
