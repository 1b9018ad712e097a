package history

import (
	"context"
	"strings"
	"testing"

	"claimbench/internal/store"
	"claimbench/internal/store/storetest"
)

// laterRooms are the things as a later program sees them: with a colour and a motto, which earlier rows have no event
// of. The migration gave every earlier row the colour grey and no motto.
func laterRooms(colours, mottos map[int64]string) []Rows {
	return []Rows{{Kind: "thing", Earlier: Texts{"motto": ""},
		List: func(rx *store.Rx, yield func(string, Fields, Texts) error) error {
			return thingRows().List(rx, func(object string, f Fields, t Texts) error {
				n, _ := Number(object, "thing")
				colour, motto := "grey", ""
				if c, painted := colours[n]; painted {
					colour = c
				}
				if m, said := mottos[n]; said {
					motto = m
				}
				t["motto"] = motto
				return yield(object, f.Later("colour", colour, "grey"), t)
			})
		}}}
}

// TestAColumnThatCameLater: a history of before a column verifies after it, events of both ages follow each other,
// and a value that no event gave is seen.
func TestAColumnThatCameLater(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		w.lived()
		w.add(20, 20)
		paint := func(from, to string) {
			w.write(func(tx *store.Tx) error {
				was := Fields{"id": "20", "state": "open"}
				is := Fields{"id": "20", "state": "open"}
				_, err := Append(tx, alice(), Event{Action: "thing.painted", Object: "thing:20", Collection: 1,
					Before: was.Later("colour", from, "grey"), After: is.Later("colour", to, "grey"),
					Texts: Texts{"motto": to}})
				return err
			})
		}
		verify := func(colours, mottos map[int64]string) Report {
			r, err := Verify(context.Background(), db, Options{Rooms: laterRooms(colours, mottos), schemaOff: true})
			if err != nil {
				t.Fatal(err)
			}
			return r
		}
		if r := verify(nil, nil); !r.OK() {
			t.Errorf("the old history does not verify: %v", r.Findings)
		}
		paint("grey", "red")
		if r := verify(map[int64]string{20: "red"}, map[int64]string{20: "red"}); !r.OK() {
			t.Errorf("painted, it does not verify: %v", r.Findings)
		}
		paint("red", "grey")
		if r := verify(nil, map[int64]string{20: "grey"}); !r.OK() {
			t.Errorf("painted back, it does not verify: %v", r.Findings)
		}
		for name, r := range map[string]Report{
			"colour": verify(map[int64]string{2: "red"}, map[int64]string{20: "grey"}),
			"motto":  verify(nil, map[int64]string{20: "grey", 2: "Onwards"}),
		} {
			if r.Found != 1 || !strings.Contains(r.Findings[0].Msg, name) {
				t.Errorf("a %s without an event: %v", name, r.Findings)
			}
		}
	})
}

// TestUnreadableRowsAreFindings: text where a number belongs was written by no program of ours, so it is tampering and
// not a check that could not be made. What does not answer is an error still.
func TestUnreadableRowsAreFindings(t *testing.T) {
	w := newWorld(t, storetest.SQLite(t))
	w.lived()
	for table, set := range map[string]string{"events": "at = 'then'", "checkpoints": "size = size, at = 'then'",
		"log_head": "size = 'many'", "event_texts": "salt = 7", "log_hashes": "hash = 7"} {
		r := w.tampered(exec("PRAGMA ignore_check_constraints = 1", "UPDATE "+table+" SET "+set,
			"PRAGMA ignore_check_constraints = 0"), nil)
		if r.OK() {
			t.Errorf("%s set %s: unseen", table, set)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if r, err := Verify(ctx, w.db, w.options(nil)); err == nil {
		t.Errorf("a check that was stopped gives a report: %+v", r)
	}
}
