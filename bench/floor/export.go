package main

import (
	"bufio"
	"database/sql"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"

	"claimbench/internal/claimset"
)

// exportAs says in which of three ways a set goes out: as it is stored; made of the rows of claims and evidence, as a
// program does that stores no frozen text; or as a table, read and written by the packages of the language.
func (f *floor) exportAs(w http.ResponseWriter, r *http.Request) {
	var as struct{ Format string }
	_ = json.NewDecoder(r.Body).Decode(&as) // nothing is the first
	id, _ := strconv.ParseInt(r.PathValue("id"), 10, 64)
	var err error
	switch as.Format {
	case "csv":
		err = f.exportTable(w, id)
	case "rows":
		err = f.exportRows(w, id)
	default:
		err = f.export(w, id)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

// export writes the entries of a frozen set as they are stored.
func (f *floor) export(w http.ResponseWriter, id int64) error {
	return f.look(func(tx *sql.Tx) error {
		var h struct {
			Format     string `json:"format"`
			Set        int64  `json:"set"`
			Title      string `json:"title"`
			N          int    `json:"version"`
			State      string `json:"state"`
			FrozenAt   moment `json:"frozen_at"`
			FrozenSeq  int64  `json:"frozen_seq"`
			SHA256     string `json:"sha256"`
			Checkpoint string `json:"checkpoint"`
			Offsets    string `json:"offsets"`
			Publisher  string `json:"publisher"`
			Note       string `json:"note"`
			Address    string `json:"address"`
			People     string `json:"people"`
			Rationales bool   `json:"rationales"`
		}
		h.Format, h.Set, h.Offsets = "claimbench/claimset/1", id, "code points of the raw text, end exclusive"
		if err := tx.Stmt(f.s[setHead]).QueryRow(id).Scan(&h.Title, &h.N, &h.State, &h.FrozenAt, &h.FrozenSeq,
			&h.SHA256, &h.Publisher, &h.Note, &h.Address, &h.People, &h.Rationales, &h.Checkpoint); err != nil {
			return err
		}
		b, err := json.Marshal(h)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "{\"claim_set\":%s,\n\"claims\":[", b)
		sep, buf := "\n", make([]byte, 0, 80<<10)
		if err := f.each(tx, setEntries, func(r *sql.Rows) error {
			var raw sql.RawBytes
			err := r.Scan(&raw)
			buf = append(append(buf, sep...), raw...)
			if sep = ",\n"; len(buf) > 64<<10 {
				_, err = w.Write(buf)
				buf = buf[:0]
			}
			return err
		}, id); err != nil {
			return err
		}
		_, err = w.Write(append(buf, "\n]}\n"...))
		return err
	})
}

// exportRows makes the JSON of each claim and its evidence from their tables.
func (f *floor) exportRows(w http.ResponseWriter, id int64) error {
	type entry struct {
		Claim    claim  `json:"claim"`
		Evidence []item `json:"evidence"`
	}
	return f.look(func(tx *sql.Tx) error {
		out := bufio.NewWriterSize(w, 64<<10)
		enc := json.NewEncoder(out)
		items, err := tx.Stmt(f.s[setItems]).Query(id)
		if err != nil {
			return err
		}
		defer items.Close()
		var next item // the first that is not written yet
		more := func() (err error) {
			next = item{}
			if items.Next() {
				next, err = scanItem(items)
			}
			return err
		}
		if err := more(); err != nil {
			return err
		}
		if err := f.each(tx, setClaims, func(r *sql.Rows) error {
			c, err := scanClaim(r)
			e := entry{Claim: c, Evidence: []item{}}
			for err == nil && next.Claim == c.ID {
				e.Evidence = append(e.Evidence, next)
				err = more()
			}
			if err != nil {
				return err
			}
			return enc.Encode(e)
		}, id); err != nil {
			return err
		}
		return out.Flush()
	})
}

// exportTable writes 33 columns of each claim.
func (f *floor) exportTable(w http.ResponseWriter, id int64) error {
	return f.look(func(tx *sql.Tx) error {
		out := csv.NewWriter(w)
		if err := f.each(tx, setEntries, func(r *sql.Rows) error {
			var raw sql.RawBytes
			if err := r.Scan(&raw); err != nil {
				return err
			}
			var e claimset.Entry
			if err := json.Unmarshal(raw, &e); err != nil {
				return err
			}
			return out.Write(tableRow(e))
		}, id); err != nil {
			return err
		}
		out.Flush()
		return out.Error()
	})
}

func tableRow(e claimset.Entry) []string {
	items, of := "", map[string]int{}
	for _, x := range e.Evidence {
		of[string(x.Stance)]++
		where := x.URL
		if x.Article != nil {
			where = fmt.Sprint("article ", x.Article.Article)
		}
		items += fmt.Sprintf("#%d %s %s: %s\n", x.Evidence, x.Stance, where, x.Exact)
	}
	return []string{fmt.Sprint(e.Claim), string(e.Verdict), string(e.Reason), e.Statement, e.Lang, "", "",
		e.Attribution, fmt.Sprint(e.Hedge), string(e.Kind), e.Explanation, e.Quotation.Exact,
		strconv.Itoa(e.Quotation.Start), strconv.Itoa(e.Quotation.End), fmt.Sprint(e.Article.Article), e.Article.Title,
		e.Article.Source, e.Article.Reliability, e.Article.Published, e.Article.URL, strconv.Itoa(e.Article.Revision),
		e.Article.SHA256, strconv.Itoa(of["supports"]), strconv.Itoa(of["refutes"]), strconv.Itoa(of["context"]),
		items, e.Decision.How, e.Decision.Approver, e.Decision.ApprovedAt, "", "", "", ""}
}
