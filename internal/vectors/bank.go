package vectors

import (
	"cmp"
	"context"
	"math"
	"math/bits"
	"slices"
	"strconv"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/match"
	"claimbench/internal/store"
)

const (
	mostNearest = 50        // items that the third voice brings of itself
	mostNumbers = 256 << 20 // bytes in memory, of all collections; those behind have no third voice
	loadedAt    = 1000      // vectors of one read
	sifted      = 1000      // vectors whose numbers are looked at, of those whose signs are like
)

// bank is the vectors of a collection in memory: each number is a byte, which keeps cosines to a hundredth. It only
// grows; whoever asks it has it as it was.
type bank struct {
	dims  int
	ids   []articles.SentenceID // ascending
	codes []int8
	scale []float32 // what the greatest number of a vector is, by 127
	signs []uint64  // a bit for each number that is not below 0
	last  articles.SentenceID
}

// add adds a vector; one of other length, or that is there, is left out.
func (b *bank) add(id articles.SentenceID, v []float32) {
	if n := len(b.ids); n > 0 && id <= b.ids[n-1] || len(v) == 0 || b.dims != 0 && b.dims != len(v) {
		return
	}
	b.dims = len(v)
	most := float32(0)
	for _, x := range v {
		most = max(most, float32(math.Abs(float64(x))))
	}
	if most == 0 {
		return
	}
	b.ids, b.scale = append(b.ids, id), append(b.scale, most/127)
	signs := make([]uint64, b.words())
	for i, x := range v {
		b.codes = append(b.codes, int8(math.Round(float64(x/most*127))))
		if x >= 0 {
			signs[i/64] |= 1 << (i % 64)
		}
	}
	b.signs = append(b.signs, signs...)
}

// cosine is that of two vectors, by their places.
func (b *bank) cosine(i, j int) float64 {
	d := b.dims
	return min(1, float64(dot(b.codes[i*d:(i+1)*d], b.codes[j*d:(j+1)*d]))*float64(b.scale[i])*float64(b.scale[j]))
}

// like gives the places of vectors whose numbers have the signs of one of them, as far as any have: a few more than
// sifted, or all of fewer.
func (b *bank) like(own int) (out []int) {
	apart, n := make([]uint16, len(b.ids)), b.words()
	counts := make([]int, 64*n+1)
	mine := b.signs[own*n : (own+1)*n]
	for j := range apart {
		d := 0
		for k, w := range b.signs[j*n : (j+1)*n] {
			d += bits.OnesCount64(w ^ mine[k])
		}
		apart[j] = uint16(d)
		counts[d]++
	}
	limit, sum := 0, 0
	for ; limit < len(counts)-1 && sum+counts[limit] < sifted; limit++ {
		sum += counts[limit]
	}
	for j, d := range apart {
		if int(d) <= limit && j != own && len(out) < 4*sifted {
			out = append(out, j)
		}
	}
	return out
}

func (b *bank) words() int { return (b.dims + 63) / 64 }

func dot(a, b []int8) int32 {
	var s, t, u, v int32
	n := len(a) &^ 3
	b = b[:len(a)]
	for i := 0; i < n; i += 4 {
		s += int32(a[i]) * int32(b[i])
		t += int32(a[i+1]) * int32(b[i+1])
		u += int32(a[i+2]) * int32(b[i+2])
		v += int32(a[i+3]) * int32(b[i+3])
	}
	for i := n; i < len(a); i++ {
		s += int32(a[i]) * int32(b[i])
	}
	return s + t + u + v
}

// sense is the third voice of one sentence.
type sense struct {
	b       bank // as it was
	own     int
	nearest []string
}

// Near implements match.Sense.
func (s *sense) Near(id string) (float64, bool) {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return 0, false
	}
	i, there := slices.BinarySearch(s.b.ids, articles.SentenceID(n))
	if !there {
		return 0, false
	}
	return s.b.cosine(s.own, i), true
}

// Nearest implements match.Sense.
func (s *sense) Nearest() []string { return s.nearest }

// Version implements evidence.Hearing.
func (s *Service) Version(in auth.CollectionID) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	if b := s.banks[in]; b != nil {
		return s.tick<<32 | int64(len(b.ids))
	}
	return 0
}

// Hear implements evidence.Hearing. It looks at the signs of every vector of the collection once, and at the numbers of
// those that are like: the nearest are nearly always among them.
func (s *Service) Hear(in auth.CollectionID, id string) match.Sense {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return nil
	}
	s.mu.Lock()
	b := s.banks[in]
	if b == nil {
		s.mu.Unlock()
		return nil
	}
	as := *b
	s.mu.Unlock()
	own, there := slices.BinarySearch(as.ids, articles.SentenceID(n))
	if !there {
		return nil
	}
	out := &sense{b: as, own: own}
	type near struct {
		at  int
		cos float64
	}
	var all []near
	for _, j := range as.like(own) {
		all = append(all, near{j, as.cosine(own, j)})
	}
	slices.SortFunc(all, func(a, b near) int { return cmp.Or(cmp.Compare(b.cos, a.cos), cmp.Compare(a.at, b.at)) })
	for _, x := range all[:min(len(all), mostNearest)] {
		out.nearest = append(out.nearest, strconv.FormatInt(int64(as.ids[x.at]), 10))
	}
	return out
}

// load reads vectors of a collection that are not in memory yet.
func (s *Service) load(ctx context.Context, in auth.CollectionID) error {
	name, _ := s.Asks()
	for {
		s.mu.Lock()
		b, tick := s.banks[in], s.tick
		after := articles.SentenceID(0)
		if b != nil {
			after = b.last
		}
		full := s.total >= mostNumbers
		s.mu.Unlock()
		if full {
			return nil
		}
		var rows []Vector
		if err := s.db.Read(ctx, func(r *store.Rx) (err error) {
			rows, err = store.Select[Vector](r, "SELECT * FROM vectors WHERE collection_id = ? AND model = ? AND "+
				"sentence_id > ? ORDER BY sentence_id LIMIT ?", in, name, after, loadedAt)
			return err
		}); err != nil || len(rows) == 0 {
			return err
		}
		s.mu.Lock()
		if s.tick != tick { // a text was taken down meanwhile
			s.mu.Unlock()
			continue
		}
		next := &bank{}
		if b != nil {
			*next = *b
		}
		before := len(next.codes)
		for _, v := range rows {
			next.add(v.SentenceID, unpacked(v.Numbers, v.Dims))
			next.last = v.SentenceID
		}
		s.total += len(next.codes) - before
		s.banks[in] = next
		s.mu.Unlock()
		if len(rows) < loadedAt {
			return nil
		}
	}
}
