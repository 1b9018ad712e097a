package text

func (sc *Scan) cjkQuantities() []Quantity { return nil }
func (sc *Scan) findCJKDates()             {}
func (sc *Scan) Names() []Name             { return nil }
