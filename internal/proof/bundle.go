package proof

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

// The forms of a bundle (docs/claimset.md, The bundle): of a set that is bound to no method, and of one that is.
const (
	BundleFormat     = "claimbench/bundle/1"
	BundleWithMethod = "claimbench/bundle/2"
)

// The files of a bundle, in their order.
const (
	ClaimsFile     = "claims.json"
	ReportFile     = "report.html"
	CheckpointFile = "checkpoint"
	InclusionFile  = "freeze.tlog-proof"
	FreezeFile     = "freeze.json"
	ProofsFile     = "proofs.jsonl"
	TextsFile      = "texts.jsonl"
	ManifestFile   = "manifest.json"
)

// Files are the files of a bundle, in their order.
var Files = []string{ClaimsFile, ReportFile, CheckpointFile, InclusionFile, FreezeFile, ProofsFile, TextsFile,
	ManifestFile}

// Manifest is the last file of a bundle: what the others are.
type Manifest struct {
	Format string `json:"format"`
	Set    int64  `json:"set"`
	N      int    `json:"version"`
	Claims int64  `json:"claims"`
	Lang   string `json:"report_lang"`
	// Form is that of the program's report, so that another program's is not taken for a change
	Form  string         `json:"report_form"`
	Files []ManifestLine `json:"files"` // all but the manifest itself
	// Handovers are the notes by which the log goes on under other keys, in their order
	Handovers []string `json:"handovers,omitempty"`
}

// ManifestLine is one file: its name, length in bytes, and SHA-256 in hex.
type ManifestLine struct {
	Name   string `json:"name"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// OpenedEvent is an event of version 2 with some of its fields opened: of these it gives the salts, and their values
// stand where they are printed.
type OpenedEvent struct {
	Seq        int64       `json:"seq"`
	At         int64       `json:"at"`
	User       string      `json:"user"` // base64 of the salted hash
	Name       *Opening    `json:"name"`
	Token      string      `json:"token,omitempty"`
	Role       string      `json:"role"`
	Via        string      `json:"via"`
	Request    string      `json:"request"`
	Batch      string      `json:"batch"`
	Action     string      `json:"action"`
	Object     string      `json:"object"`
	Collection int64       `json:"collection"`
	Veil       int64       `json:"veil"`
	Before     string      `json:"before,omitempty"` // base64 of the group's hash
	After      *GroupProof `json:"after,omitempty"`
	Texts      *GroupProof `json:"texts,omitempty"`
}

// Opening is the salt of a field that is opened, or the hash of one that is not; in base64.
type Opening struct {
	Salt string `json:"salt,omitempty"`
	Hash string `json:"hash,omitempty"`
}

// GroupProof is a group of fields, by their names: the salts of those that are opened, the hashes of the others; or,
// when none is opened, the hash of the whole.
type GroupProof struct {
	Hash   string            `json:"hash,omitempty"`
	Salts  map[string]string `json:"salts,omitempty"`
	Hashes map[string]string `json:"hashes,omitempty"`
}

// FreezeProof is what FreezeFile holds: the event of the freeze, and the root of the set's tree that it commits to.
type FreezeProof struct {
	Root  string      `json:"root"`
	Event OpenedEvent `json:"event"`
}

// ClaimProof is one line of ProofsFile: the place of a claim in its set's tree with the path from there to the root;
// its secret, when all its fields are opened, else each field with its salt or, when it is withheld, its hash; and the
// event that approved its decision.
type ClaimProof struct {
	Claim    int64          `json:"claim"`
	Index    int64          `json:"index"`
	Path     string         `json:"path"` // base64 of the hashes, one after the other
	Secret   string         `json:"secret,omitempty"`
	Fields   []FieldProof   `json:"fields,omitempty"`
	Decision *DecisionProof `json:"decision,omitempty"`
	Unproved string         `json:"decision_unproved,omitempty"` // why there is no Decision
}

// FieldProof is one field of a claim in their order.
type FieldProof struct {
	Path string `json:"path"`
	Opening
}

// DecisionProof is an event in the tree of the history at the bundle's checkpoint.
type DecisionProof struct {
	Event     OpenedEvent `json:"event"`
	Inclusion string      `json:"inclusion"` // base64 of the hashes, one after the other
}

// Why a decision has no proof in a bundle.
const (
	OldEvent  = "its event is of leaf version 1, which cannot be opened in parts"
	LateEvent = "its event is not in the history before the freeze"
)

// QuotedText is one line of TextsFile: words that a claim quotes, and the SHA-256 of them and of the text they are of
// ("" of an outside document).
type QuotedText struct {
	Claim  int64  `json:"claim"`
	Of     string `json:"of"` // the path of the quotation: "quotation", "stretches/1", "evidence/2"
	Words  string `json:"words"`
	SHA256 string `json:"sha256"`
	Text   string `json:"text_sha256"`
}

// DecodeStrictly reads one JSON value in the form that encoding/json writes it, byte for byte: so that nothing stands
// in a file that is not checked.
func DecodeStrictly(data []byte, into any) error {
	d := json.NewDecoder(strings.NewReader(string(data)))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	again, err := json.Marshal(into)
	if err == nil && string(again) != string(data) {
		err = errors.New("it is not in the form in which it is written")
	}
	return err
}

// B64 is base64 as everywhere in proofs.
func B64(b []byte) string { return base64.StdEncoding.EncodeToString(b) }

// B64Hashes writes hashes one after the other.
func B64Hashes(all []tlog.Hash) string {
	var b []byte
	for _, h := range all {
		b = append(b, h[:]...)
	}
	return B64(b)
}

func hashesOf(s string) ([]tlog.Hash, error) {
	b, err := base64.StdEncoding.Strict().DecodeString(s)
	if err != nil || len(b)%tlog.HashSize != 0 || len(b) > 64*tlog.HashSize {
		return nil, errBytes
	}
	var out []tlog.Hash
	for part := range slices.Chunk(b, tlog.HashSize) {
		out = append(out, tlog.Hash(part))
	}
	return out, nil
}

var errBytes = errors.New("it is not base64 of the right length")

func bytesOf(s string, n int) ([]byte, error) {
	b, err := base64.StdEncoding.Strict().DecodeString(s)
	if err != nil || len(b) != n {
		return nil, errBytes
	}
	return b, nil
}

// Known is where a field of an event stands in what is printed.
type Known struct {
	Field string // "after/verdict", "texts/explanation", "name"
	Path  string // in the printed JSON
	Form  Form
	// Filled: it is opened only where something is printed, for an empty one tells that there is nothing to print.
	Filled bool
}

// NameField is the field of who acted that has a salt of its own, so that it can be erased.
const NameField = "name"

// Form is how the value of an event is printed.
type Form int

// The forms.
const (
	AsText   Form = iota // the same text
	AsNumber             // decimal digits: a number, or yes and no
	AsTime               // microseconds: RFC 3339
)

// Printed gives a value of an event as Flatten gives the printed one.
func (f Form) Printed(value string) string {
	switch f {
	case AsNumber:
		return "n" + value
	case AsTime:
		n, err := strconv.ParseInt(value, 10, 64)
		if err != nil {
			return ""
		}
		return "s" + time.UnixMicro(n).UTC().Format(timeForm)
	}
	return "s" + value
}

const timeForm = "2006-01-02T15:04:05.000000Z"

// Value gives a printed value as the event has it; false when it is of another form.
func (f Form) Value(printed string) (string, bool) {
	if printed == "" {
		return "", false
	}
	kind, rest := printed[0], printed[1:]
	switch {
	case f == AsNumber && kind == 'n':
		return rest, true
	case f == AsNumber && (kind == 't' || kind == 'f') && rest == "":
		return strconv.FormatBool(kind == 't'), true
	case f == AsText && kind == 's':
		return rest, true
	case f == AsTime && kind == 's':
		t, err := time.Parse(timeForm, rest)
		return strconv.FormatInt(t.UnixMicro(), 10), err == nil && t.Format(timeForm) == rest
	}
	return "", false
}

// FreezeFields are the fields of the freeze's event that the head of the set prints. A member of the head that is not
// here, nor in headOthers, is looked for by its own name among the fields and texts.
var FreezeFields = []Known{
	{"after/root", "root", AsText, false},
	{"after/claims", "claims", AsNumber, false},
	{"after/n", "version", AsNumber, false},
	{"after/frozen_at", "frozen_at", AsTime, false},
	{"after/frozen_seq", "frozen_seq", AsNumber, false},
	{"after/sha256", "sha256", AsText, false},
	{"after/people", "people", AsText, false},
	{"after/rationales", "rationales", AsNumber, false},
	{"after/state", "state", AsText, false},
	{"texts/title", "title", AsText, false},
	{"texts/publisher", "publisher", AsText, false},
	{"texts/note", "note", AsText, false},
	{"texts/address", "address", AsText, false},
	{"after/method", "method/sha256", AsText, false},
	{"after/method_n", "method/version", AsNumber, false},
}

// DecisionFields are the fields of a decision's event that a claim prints.
var DecisionFields = []Known{
	{"after/claim", "claim", AsNumber, false},
	{"after/verdict", "verdict", AsText, false},
	{"after/reason", "reason", AsText, false},
	{"after/decided_at", "decision/decided_at", AsTime, false},
	{"after/approved_at", "decision/approved_at", AsTime, false},
	{"texts/explanation", "explanation", AsText, false},
	{"texts/rationale", "decision/rationale", AsText, true},
	{NameField, "decision/approver", AsText, true},
}

// Quoted gives the lines of TextsFile for a claim.
func Quoted(claim int64, printed []Printed) (out []QuotedText) {
	by := Values(printed)
	for _, p := range printed {
		of, is := strings.CutSuffix(p.Path, "/exact")
		if !is || p.Value == "s" || !strings.HasPrefix(p.Value, "s") {
			continue
		}
		text := by["article/sha256"]
		if strings.HasPrefix(of, "evidence/") {
			text = by[of+"/article/sha256"]
		}
		words := p.Value[1:]
		sum := sha256.Sum256([]byte(words))
		out = append(out, QuotedText{claim, of, words, hex.EncodeToString(sum[:]), strings.TrimPrefix(text, "s")})
	}
	return out
}

// Values gives what is printed, by path.
func Values(printed []Printed) map[string]string {
	by := make(map[string]string, len(printed))
	for _, p := range printed {
		by[p.Path] = p.Value
	}
	return by
}
