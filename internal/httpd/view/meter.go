package view

import "strconv"

// NewMeter draws how many claims have each verdict as one bar, 100 wide and 4 high, with the verdicts' own lines
// drawn large: solid for corroborated, double for disputed, dashes for unverified.
func NewMeter(corroborated, disputed, unverified int) []MeterBar {
	total := corroborated + disputed + unverified
	if total == 0 {
		return nil
	}
	const gap = 0.4
	var out []MeterBar
	x := 0.0
	bar := func(class string, x, y, w, h float64) {
		out = append(out, MeterBar{class, tenth(x), tenth(y), tenth(w), tenth(h)})
	}
	width := func(n int) float64 { return 100 * float64(n) / float64(total) }
	if w := width(corroborated); w > 0 {
		bar("cor", x, 1, w-gap, 2)
		x += w
	}
	if w := width(disputed); w > 0 {
		bar("dis", x, 0.2, w-gap, 1.2)
		bar("dis", x, 2.6, w-gap, 1.2)
		x += w
	}
	for end := x + width(unverified); unverified > 0 && x < end-gap; x += 2 {
		bar("unv", x, 1, min(1.3, end-x), 2)
	}
	return out
}

func tenth(f float64) string { return strconv.FormatFloat(f, 'f', 1, 64) }
