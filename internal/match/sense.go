package match

// Sense is a third voice beside keys and letters, where somebody has one: how near the sentence that a query stands in
// is to others in meaning. It is made for one query, by whoever has numbers of the words of an index (the vectors of a
// model); this package makes none.
type Sense interface {
	// Near is how near an item is, at most 1; false where nothing is known of it.
	Near(id string) (float64, bool)
	// Nearest lists ids of items that are nearest, a bounded number of them.
	Nearest() []string
}

// What the third voice weighs. Nobody has measured it: what a cosine means depends on the model. It alone brings a
// passage below all that share a rare key.
const (
	leastNear  = 0.6 // a cosine below says nothing
	senseShare = 0.4 // of what keys and letters leave open, at most
)

// ProposeHeard is ProposeFrom with a third voice; with a nil one it is ProposeFrom.
func (ix *Index) ProposeHeard(q Item, k int, texts Texts, sense Sense) ([]Hit, error) {
	return ix.propose(q, k, texts, sense)
}

// hear joins the third voice with the two others.
func (in *inquiry) hear(r *ranked, ix *Index) {
	if in.sense == nil {
		return
	}
	r.two, r.third = r.score, senseShare*in.nearness(ix.items.id(r.item))
	r.heard()
}

// heard is the score of what all voices say. Another incident counts against the third as it does against the others;
// names and surroundings, which are of keys, do not. So to be weighed lowers a score.
func (r *ranked) heard() {
	if r.third > 0 {
		r.score = 1 - (1-r.score)*(1-r.third)
	}
}

// nearness is what the third voice adds of an item, 0 to 1.
func (in *inquiry) nearness(id string) float64 {
	if in.sense == nil {
		return 0
	}
	near, known := in.sense.Near(id)
	if !known || !(near > leastNear) {
		return 0
	}
	return min(1, (near-leastNear)/(1-leastNear))
}

// addNear adds the items that are nearest in meaning to those that share keys or letters with the query.
func (ix *Index) addNear(in *inquiry, cands []candidate) []candidate {
	if in.sense == nil {
		return cands
	}
	there := make(map[uint32]bool, len(cands))
	for _, c := range cands {
		there[c.item] = true
	}
	for _, id := range in.sense.Nearest() {
		item, known := ix.items.find(id)
		if known && !there[item] && (in.doc < 0 || ix.docs.of[item] != in.doc) {
			there[item] = true
			cands = append(cands, candidate{item: item})
		}
	}
	return cands
}
