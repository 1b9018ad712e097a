package text

// Names gives the names of the sentence; see the function Names.
func (sc *Scan) Names() []Name { return nil }
