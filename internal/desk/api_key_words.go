package desk

// KeyWordsJSON is the line that pages set under words in a language that a reader does not read: names, numbers, dates
// and what the lexicon knows, in the order of the words. It is no translation.
type KeyWordsJSON struct {
	In    string   `json:"in"` // the language of the line: en, ar, fa or ja
	Words []string `json:"words"`
}

func (KeyWordsJSON) answer() {}
