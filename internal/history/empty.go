package history

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gorm.io/gorm"

	"claimbench/internal/proof"
	"claimbench/internal/store"
)

// TextEmptied is the action of the event that says that a mark stands in a row now, where its erased text stood.
const TextEmptied = "text.emptied"

// ErasedMark stands in a row, and in every past of it, in the place of a text that was erased.
const ErasedMark = proof.Erased

// MarkNumbered in Versioned.Marks is ErasedMark with the number of the row, for a column in which no two are alike.
const MarkNumbered = "#"

// Empty puts a mark in the place of an erased text, in the row in which it stands now, and says so in an event of that
// row with the mark as its text: from then on a verification compares the row with the mark. It does nothing, and says
// so, for a text that no row has, and for a row that is gone. rooms say where the texts stand.
func Empty(tx *store.Tx, who Who, object, name string, rooms []Versioned) (emptied bool, err error) {
	at, column := worded(object, name, rooms)
	if column == "" {
		return false, nil
	}
	var newest eventRow
	err = tx.Gorm().Where("object = ? AND (row_after IS NOT NULL OR row_before IS NOT NULL)", object).
		Order("seq DESC").Take(&newest).Error
	if errors.Is(err, gorm.ErrRecordNotFound) || err == nil && newest.RowAfter == nil {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	row, err := decodeRow(newest.RowAfter)
	if err != nil {
		return false, damagedEvent(newest.Seq, err)
	}
	before, err := decodeRow(newest.RowAfter)
	if err != nil {
		return false, err
	}
	id := strings.TrimPrefix(object, at.Kind+":")
	mark := at.mark(column, id)
	if at.Emptied != nil {
		if mark, err = at.Emptied(tx, id, name, mark, row); err != nil {
			return false, err
		}
	}
	set, args := quoted(column)+" = ?", []any{mark}
	if at.Stamp != "" {
		set, args = set+", "+at.Stamp+" = ?", append(args, tx.Now())
	}
	key, value := at.key(id)
	if err := store.Changed(tx.Gorm().Exec("UPDATE "+at.Table+" SET "+set+" WHERE "+key+" = ?",
		append(args, value)...), "the row of "+object); err != nil {
		return false, err
	}
	_, err = Append(tx, who, Event{Action: TextEmptied, Object: object, Collection: newest.CollectionID,
		Veil: newest.Veil, Before: before, After: row, Texts: Texts{name: mark}})
	return true, err
}

// worded finds the table, and the column of it, that holds a text of an object now; "" for none.
func worded(object, name string, rooms []Versioned) (Versioned, string) {
	for _, t := range rooms {
		if t.Kind != Kind(object) || t.Kind == "" {
			continue
		}
		for column, text := range t.Texts {
			if textName(text) == name {
				return t, column
			}
		}
	}
	return Versioned{}, ""
}

// mark is what stands in a column once its text was erased.
func (t Versioned) mark(column, id string) string {
	switch mark, own := t.Marks[column]; {
	case !own:
		return ErasedMark
	case mark == MarkNumbered:
		return fmt.Sprintf("%s %s", ErasedMark, id)
	default:
		return mark
	}
}

// key is the column by which the rows of a table are named in the history, and the value of one of them in it.
func (t Versioned) key(id string) (column string, value any) {
	_, column, _ = strings.Cut(t.Object, "b.")
	if n, err := strconv.ParseInt(id, 10, 64); err == nil {
		return column, n
	}
	return column, id
}

func quoted(column string) string { return `"` + column + `"` }

// StandsErased says whether a row has words in a field whose text was erased: an earlier program left them there, or
// somebody put them in.
func StandsErased(rx *store.Rx, object, name string, rooms []Versioned) (bool, error) {
	at, column := worded(object, name, rooms)
	if column == "" {
		return false, nil
	}
	id := strings.TrimPrefix(object, at.Kind+":")
	key, value := at.key(id)
	words, there, err := store.One[string](rx, "SELECT "+quoted(column)+" FROM "+at.Table+" WHERE "+key+" = ?", value)
	return there && !wordless(words), err
}

// wordless says whether a value of a field tells nothing: it is empty, or a mark.
func wordless(words string) bool {
	rest, marked := strings.CutPrefix(words, ErasedMark)
	if marked && rest != "" {
		n, err := strconv.ParseInt(strings.TrimPrefix(rest, " "), 10, 64)
		return err == nil && rest == fmt.Sprintf(" %d", n)
	}
	return marked || slices.Contains([]string{"", "[]", "{}"}, words)
}

// RowsOf gives, of some objects, the fields of their rows as the newest event has them, and of rows that are gone those
// that they had. One statement; an object without a row is not in the answer.
func RowsOf(rx *store.Rx, objects []string) (map[string]Fields, error) {
	out := make(map[string]Fields, len(objects))
	if len(objects) == 0 {
		return out, nil
	}
	rows, err := store.Select[eventRow](rx, "SELECT e.object, e.seq, e.row_before, e.row_after FROM events e WHERE "+
		"e.seq IN (SELECT MAX(x.seq) FROM events x WHERE x.object IN ? AND (x.row_after IS NOT NULL OR x.row_before "+
		"IS NOT NULL) GROUP BY x.object)", objects)
	for _, r := range rows {
		row := r.RowAfter
		if row == nil {
			row = r.RowBefore
		}
		f, wrong := decodeRow(row)
		if wrong != nil {
			return nil, damagedEvent(r.Seq, wrong)
		}
		out[r.Object] = f
	}
	return out, err
}

// marksOf are the values that tell nothing of a text of an object.
func marksOf(object string) []string {
	_, id, _ := strings.Cut(object, ":")
	return []string{"", "[]", "{}", ErasedMark, ErasedMark + " " + id}
}
