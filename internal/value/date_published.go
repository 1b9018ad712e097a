package value

import (
	"fmt"
	"time"
)

// Published is the day an article was published; a zero part is unknown ("2024-05" has Day 0).
type Published struct{ Year, Month, Day int }

// ParsePublished reads YYYY-MM-DD, YYYY-MM, YYYY or "".
func ParsePublished(s string) (Published, error) {
	bad := func() (Published, error) {
		return Published{}, fmt.Errorf("%q is not a date; write YYYY-MM-DD, YYYY-MM or YYYY", s)
	}
	switch len(s) {
	case 0:
		return Published{}, nil
	case 4, 7, 10:
	default:
		return bad()
	}
	t, err := time.Parse("2006-01-02"[:len(s)], s)
	if err != nil || t.Year() == 0 {
		return bad()
	}
	p := Published{Year: t.Year()}
	if len(s) >= 7 {
		p.Month = int(t.Month())
	}
	if len(s) == 10 {
		p.Day = t.Day()
	}
	return p, nil
}

// String gives the form that ParsePublished reads.
func (p Published) String() string {
	switch {
	case p.Year == 0:
		return ""
	case p.Month == 0:
		return fmt.Sprintf("%04d", p.Year)
	case p.Day == 0:
		return fmt.Sprintf("%04d-%02d", p.Year, p.Month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", p.Year, p.Month, p.Day)
}
