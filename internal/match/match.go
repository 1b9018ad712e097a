package match

// Item is one sentence, claim or article. ID names it in the answers. Doc names the article it stands in: hits of the
// query's own Doc are left out, and what the items of one Doc say together tells which incident it is about. Lang is
// BCP 47 and may be empty. Text is raw, never folded by the caller.
type Item struct {
	ID, Doc, Lang, Text string
}

// Maker and Version name this package's rules where a proposal of them is kept: the version changes when what is
// proposed changes.
const (
	Maker   = "match"
	Version = "3"
)

// Kinds of key, as shown to people.
const (
	KindName   = "name"
	KindNumber = "number"
	KindDate   = "date"
	KindWord   = "word"
)

// Key is one reason for a hit: the words of the query and the words of the hit that mean the same, each as written.
type Key struct {
	Query string `json:"query"`
	Hit   string `json:"hit"`
	Kind  string `json:"kind"`
}

// Hit is a passage proposed for a query. Score lies between 0 and 1 and compares across queries of one index. Against
// says that incident, number or date contradict the query: such a hit is shown, but is never ranked as support.
type Hit struct {
	ID      string  `json:"id"`
	Score   float64 `json:"score"`
	Against bool    `json:"against"`
	Keys    []Key   `json:"keys"`
	// Near is how near it is in meaning, 0 to 1, as a third voice has it (Sense); 0 where there is none.
	Near float64 `json:"near,omitempty"`
}
