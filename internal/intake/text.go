package intake

// readText takes a text as it is, byte for byte: what is no UTF-8, and what is no text, is said by text.NewDoc, which
// every text goes through, a pasted one too.
func readText(raw []byte) (Document, error) { return Document{Text: string(raw)}, nil }
