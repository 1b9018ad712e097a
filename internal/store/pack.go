package store

/*
#include <stdlib.h>
#include <string.h>

typedef struct sqlite3 sqlite3;
typedef struct sqlite3_context sqlite3_context;
typedef struct sqlite3_value sqlite3_value;
typedef long long sqlite3_int64;

int sqlite3_create_function(sqlite3 *, const char *, int, int, void *,
	void (*)(sqlite3_context *, int, sqlite3_value **), void (*)(sqlite3_context *, int, sqlite3_value **),
	void (*)(sqlite3_context *));
void *sqlite3_aggregate_context(sqlite3_context *, int);
int sqlite3_value_type(sqlite3_value *);
sqlite3_int64 sqlite3_value_int64(sqlite3_value *);
double sqlite3_value_double(sqlite3_value *);
const unsigned char *sqlite3_value_text(sqlite3_value *);
const void *sqlite3_value_blob(sqlite3_value *);
int sqlite3_value_bytes(sqlite3_value *);
void sqlite3_result_blob(sqlite3_context *, const void *, int, void (*)(void *));
void sqlite3_result_int64(sqlite3_context *, sqlite3_int64);
void sqlite3_result_error_nomem(sqlite3_context *);
int sqlite3_auto_extension(void (*)(void));

enum { UTF8 = 1, DIRECT_ONLY = 0x80000, PACK_FULL = 1 << 22 };

struct pack { char *at; size_t n, cap; char full, failed; };

static char *pack_room(struct pack *p, size_t more) {
	if (p->n + more > p->cap) {
		size_t cap = (p->n + more) * 2;
		char *at = realloc(p->at, cap);
		if (!at) {
			p->failed = 1;
			return 0;
		}
		p->at = at;
		p->cap = cap;
	}
	char *to = p->at + p->n;
	p->n += more;
	return to;
}

static void pack_value(struct pack *p, sqlite3_value *v) {
	int kind = sqlite3_value_type(v), n;
	const void *bytes;
	char *to;
	switch (kind) {
	case 1: case 2: {
		sqlite3_int64 i;
		double d;
		if (!(to = pack_room(p, 9))) return;
		*to = kind;
		if (kind == 1) {
			i = sqlite3_value_int64(v);
			memcpy(to + 1, &i, 8);
		} else {
			d = sqlite3_value_double(v);
			memcpy(to + 1, &d, 8);
		}
		return;
	}
	case 3: case 4:
		bytes = kind == 3 ? (const void *)sqlite3_value_text(v) : sqlite3_value_blob(v);
		n = sqlite3_value_bytes(v);
		if (n && !bytes) {
			p->failed = 1;
			return;
		}
		if (!(to = pack_room(p, 5 + (size_t)n))) return;
		*to = kind;
		memcpy(to + 1, &n, 4);
		if (n) memcpy(to + 5, bytes, n);
		return;
	}
	if ((to = pack_room(p, 1))) *to = 5;
}

static void pack_step(sqlite3_context *c, int n, sqlite3_value **v) {
	struct pack *p = sqlite3_aggregate_context(c, sizeof *p);
	if (!p || p->failed || p->full) return;
	size_t before = p->n;
	for (int i = 0; i < n && !p->failed; i++) pack_value(p, v[i]);
	if (p->n > PACK_FULL && before) { // the rest is asked for anew
		p->n = before;
		p->full = 1;
	}
}

static void pack_end(sqlite3_context *c) {
	struct pack *p = sqlite3_aggregate_context(c, 0);
	if (!p) return;
	char *to = p->failed ? 0 : pack_room(p, 1);
	if (!to || p->n > 0x7fffffff) {
		free(p->at);
		sqlite3_result_error_nomem(c);
		return;
	}
	*to = p->full ? 7 : 6;
	sqlite3_result_blob(c, p->at, (int)p->n, free);
}

// claimbench_odd counts the values that are not of their column's kind. Its first says that kind of each of the others,
// a letter for each: i, t or b; or 0 for a truth value, which is the number 0 or 1.
static void odd_step(sqlite3_context *c, int n, sqlite3_value **v) {
	sqlite3_int64 *odd = sqlite3_aggregate_context(c, sizeof *odd);
	const char *kinds = (const char *)sqlite3_value_text(v[0]);
	if (!odd || !kinds) return;
	for (int i = 1; i < n && kinds[i - 1]; i++) {
		int kind = sqlite3_value_type(v[i]);
		char letter = kinds[i - 1];
		if (kind == 5) continue;
		if (letter == '0' && kind == 1) {
			sqlite3_int64 n = sqlite3_value_int64(v[i]);
			if (n != 0 && n != 1) (*odd)++;
		} else if (kind != (letter == 'i' || letter == '0' ? 1 : letter == 't' ? 3 : 4)) (*odd)++;
	}
}

static void odd_end(sqlite3_context *c) {
	sqlite3_int64 *odd = sqlite3_aggregate_context(c, 0);
	sqlite3_result_int64(c, odd ? *odd : 0);
}

static int pack_on(sqlite3 *db) {
	int rc = sqlite3_create_function(db, "claimbench_odd", -1, UTF8 | DIRECT_ONLY, 0, 0, odd_step, odd_end);
	return rc ? rc
		: sqlite3_create_function(db, "claimbench_pack", -1, UTF8 | DIRECT_ONLY, 0, 0, pack_step, pack_end);
}

static int pack_everywhere(void) { return sqlite3_auto_extension((void (*)(void))pack_on); }
*/
import "C"

import (
	"encoding/binary"
	"math"
	"strings"
	"unsafe"

	"gorm.io/gorm"
)

// An audit reads every row there is. By database/sql a row costs a call into SQLite, and each of its values a piece of
// memory. So here SQLite packs a page of rows into one value, by an aggregate of our own that each connection has, and
// the values are taken from there. PostgreSQL's driver reads ahead by itself.
func init() {
	if C.pack_everywhere() != 0 {
		panic("SQLite takes no extension") // out of memory
	}
}

// Pack is a page of rows. Its values are taken one after the other, in the order of the columns; what Text and Bytes
// give lies in the page, and stays as long as somebody has it.
type Pack struct {
	b    []byte
	Full bool // more rows were asked for than fit: those behind the last are asked for anew
}

// Kinds of a value, as SQLite tells them.
const (
	PackedInt   = 1
	packedFloat = 2
	PackedText  = 3
	PackedBytes = 4
	PackedNull  = 5
	packedEnd   = 6
	packedFull  = 7
)

// PackOf reads some columns of what a statement answers as one page, of 4 MB at most if its first row is no longer.
// SQLite only. columns are names of the statement's columns, by commas.
func PackOf(r *Rx, columns, query string, args ...any) (Pack, error) {
	return packed(r.Gorm().Raw("SELECT claimbench_pack("+columns+") FROM ("+query+")", args...))
}

func packed(q *gorm.DB) (p Pack, err error) {
	rows, err := q.Rows()
	if err != nil {
		return p, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		if err := rows.Scan((*packInto)(&p)); err != nil {
			return p, err
		}
	}
	return p, rows.Err()
}

// packInto takes the driver's own copy of a page: database/sql would copy it once more.
type packInto Pack

// Scan is database/sql's Scanner.
func (p *packInto) Scan(v any) error {
	b, _ := v.([]byte) // no rows: NULL
	if len(b) > 0 {
		p.Full = b[len(b)-1] == packedFull
		p.b = b[:len(b)-1]
	}
	return nil
}

// More says whether there is another row.
func (p *Pack) More() bool { return len(p.b) > 0 }

// Kind is the kind of the value whose turn it is.
func (p *Pack) Kind() byte { return p.b[0] }

// Int takes a number.
func (p *Pack) Int() int64 {
	n := int64(binary.NativeEndian.Uint64(p.b[1:]))
	p.b = p.b[9:]
	return n
}

// Bytes takes bytes, or those of a text.
func (p *Pack) Bytes() []byte {
	end := 5 + int(binary.NativeEndian.Uint32(p.b[1:]))
	b := p.b[5:end:end]
	p.b = p.b[end:]
	return b
}

// Text takes a text, or bytes as one.
func (p *Pack) Text() string {
	b := p.Bytes()
	return unsafe.String(unsafe.SliceData(b), len(b))
}

// Skip passes over a value.
func (p *Pack) Skip() {
	switch p.Kind() {
	case PackedInt, packedFloat:
		p.b = p.b[9:]
	case PackedText, PackedBytes:
		p.Bytes()
	default:
		p.b = p.b[1:]
	}
}

// value takes any value, as the driver would give it; what it gives does not hold the page.
func (p *Pack) value() any {
	switch p.Kind() {
	case PackedInt:
		return p.Int()
	case packedFloat:
		f := math.Float64frombits(binary.NativeEndian.Uint64(p.b[1:]))
		p.Skip()
		return f
	case PackedText:
		return strings.Clone(p.Text())
	case PackedBytes:
		return append([]byte{}, p.Bytes()...)
	}
	p.Skip()
	return nil
}
