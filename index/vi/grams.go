package vi

import (
	"bytes"
	"compress/flate"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"sync"
)

//go:embed model.bin
var modelTable []byte

// language is the table that train.go made, read once.
var language = sync.OnceValues(func() (*grams, error) { return readGrams(modelTable) })

// grams are probabilities of single syllables, pairs and triples, as levels: −8 ln p, rounded.
// A triple that is not there has the probability of its last pair times the back-off of its first
// two words, and a pair likewise.
type grams struct {
	words   []string // by id; the first ones are no words
	singles []uint8
	backs   []uint8  // back-off of each word
	pairs   []uint32 // where the pairs of each first word start, and where the last end
	seconds []uint16 // second words of pairs, rising
	levels  []uint8  // of pairs
	pBacks  []uint8  // back-off of each pair
	triples []uint32 // where the triples of each pair start, and where the last end
	thirds  []uint16
	tLevels []uint8
}

var errTable = errors.New("model.bin is not a table of syllables")

// A stream is one part of the table.
type stream struct {
	rest []byte
	bad  bool // read beyond its end
}

func (s *stream) uvarint() uint64 {
	v, n := binary.Uvarint(s.rest)
	if n <= 0 {
		s.bad = true
		return 0
	}
	s.rest = s.rest[n:]
	return v
}

func (s *stream) level() uint8 {
	if len(s.rest) == 0 {
		s.bad = true
		return 0
	}
	level := s.rest[0]
	s.rest = s.rest[1:]
	return level
}

func (s *stream) word() string {
	word, rest, ok := strings.Cut(string(s.rest[:min(len(s.rest), maxWord)]), "\n")
	s.bad = s.bad || !ok
	s.rest = s.rest[len(s.rest[:min(len(s.rest), maxWord)])-len(rest):]
	return word
}

// readGrams reads what train.go wrote: alike values together, deflated.
func readGrams(table []byte) (*grams, error) {
	all, err := io.ReadAll(flate.NewReader(bytes.NewReader(table)))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errTable, err)
	}
	var head, next, levels, backs stream
	parts := []*stream{&head, &next, &levels, &backs}
	for _, part := range parts {
		size, n := binary.Uvarint(all)
		if n <= 0 || size > uint64(len(all)-n) {
			return nil, errTable
		}
		part.rest, all = all[n:n+int(size)], all[n+int(size):]
	}
	g := &grams{}
	for range min(head.uvarint(), math.MaxUint16) {
		g.words = append(g.words, head.word())
		g.singles = append(g.singles, levels.level())
	}
	for range g.words {
		g.backs = append(g.backs, backs.level())
		g.pairs = append(g.pairs, uint32(len(g.seconds)))
		g.seconds, g.levels = run(g.seconds, g.levels, &next, &levels)
	}
	g.pairs = append(g.pairs, uint32(len(g.seconds)))
	for range g.seconds {
		g.triples = append(g.triples, uint32(len(g.thirds)))
		before := len(g.thirds)
		g.thirds, g.tLevels = run(g.thirds, g.tLevels, &next, &levels)
		back := uint8(0)
		if len(g.thirds) > before {
			back = backs.level()
		}
		g.pBacks = append(g.pBacks, back)
	}
	g.triples = append(g.triples, uint32(len(g.thirds)))
	for _, part := range parts {
		if part.bad || len(part.rest) > 0 {
			return nil, errTable
		}
	}
	return g, nil
}

// run reads the last words of one context and their levels.
func run(ids []uint16, values []uint8, next, levels *stream) ([]uint16, []uint8) {
	id := uint16(0)
	for range min(next.uvarint(), math.MaxUint16) {
		id += uint16(next.uvarint())
		ids, values = append(ids, id), append(values, levels.level())
	}
	return ids, values
}

// cost is −ln of the probability of w after a and b. Ids beyond the table are words only our
// content has.
func (g *grams) cost(a, b, w int32) float64 {
	n := int32(len(g.words))
	if w >= n {
		return costUnseen
	}
	level := 0
	if b < n {
		if i, ok := g.pair(a, b); ok {
			if j, ok := find(g.thirds, g.triples[i], g.triples[i+1], w); ok {
				return float64(g.tLevels[j]) / 8
			}
			level = int(g.pBacks[i])
		}
		if i, ok := g.pair(b, w); ok {
			return float64(level+int(g.levels[i])) / 8
		}
		level += int(g.backs[b])
	}
	return float64(level+int(g.singles[w])) / 8
}

func (g *grams) pair(a, b int32) (int, bool) {
	if int(a) >= len(g.words) {
		return 0, false
	}
	return find(g.seconds, g.pairs[a], g.pairs[a+1], b)
}

func find(ids []uint16, start, end uint32, id int32) (int, bool) {
	i, ok := slices.BinarySearch(ids[start:end], uint16(id))
	return int(start) + i, ok
}
