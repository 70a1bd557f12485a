//go:build ignore

// Command train makes model.bin, the table of how likely a syllable is after the two before it,
// from texts that are spelt right. Run it from index/vi:
//
//	go run train.go -corpus a.jsonl.gz,b.jsonl.gz -questions questions.txt -content DIR
//
// or with the paths in POLICYBOT_TRAIN_CORPUS and POLICYBOT_TRAIN_QUESTIONS by go generate. Every
// fifth question is left out of the training, for reader_test.go to measure on.
package main

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/flate"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"policybot/index/vi"
)

func main() {
	if err := run(os.Args[1:], os.Getenv, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

// Weights of a text of each kind: questions are what will be read.
const (
	corpusWeight   = 1
	questionWeight = 10
	contentWeight  = 10
	everydayWeight = 20
	heldOut        = 5 // every fifth question
)

func run(args []string, getenv func(string) string, stdout io.Writer) error {
	flags := flag.NewFlagSet("train", flag.ContinueOnError)
	corpora := flags.String("corpus", getenv("POLICYBOT_TRAIN_CORPUS"), "`files` of law text, JSON lines, .gz or not, separated by commas")
	questions := flags.String("questions", getenv("POLICYBOT_TRAIN_QUESTIONS"), "`file` of questions, one a line")
	content := flags.String("content", "../../knowledge/content", "`directory` of our own content")
	everyday := flags.String("everyday", "everyday.txt", "`file` of everyday sentences of our own, one a line")
	out := flags.String("out", "model.bin", "`file` to write")
	pairs := flags.Int("pairs", 300_000, "pairs to keep")
	triples := flags.Int("triples", 1_000_000, "triples to keep")
	if err := flags.Parse(args); err != nil {
		return err
	}
	t := newTrainer()
	for file := range strings.SplitSeq(*corpora, ",") {
		if file == "" {
			return errors.New("no corpus: give -corpus or set POLICYBOT_TRAIN_CORPUS")
		}
		if err := t.readCorpus(file); err != nil {
			return err
		}
	}
	if err := t.readLines(*questions, questionWeight, heldOut); err != nil {
		return err
	}
	if err := t.readLines(*everyday, everydayWeight, 0); err != nil {
		return err
	}
	if err := t.readContent(*content); err != nil {
		return err
	}
	table := t.table(*pairs, *triples)
	fmt.Fprintf(stdout, "%d syllables, %d pairs, %d triples counted; table of %d bytes\n",
		len(t.words), len(t.pairs), len(t.triples), len(table))
	return os.WriteFile(*out, table, 0o644)
}

// A trainer counts. Ids are dense; 0 is the unknown word, 1 the boundary of a text, 2 a number.
type trainer struct {
	ids     map[string]uint16
	words   []string
	singles []float64
	pairs   map[uint32]float64
	triples map[uint64]float64
}

const (
	unknown = iota
	boundary
	number
)

func newTrainer() *trainer {
	return &trainer{
		ids: map[string]uint16{}, words: []string{"", "", ""}, singles: make([]float64, 3),
		pairs: map[uint32]float64{}, triples: map[uint64]float64{},
	}
}

func (t *trainer) readCorpus(file string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	var r io.Reader = bufio.NewReaderSize(f, 1<<20)
	if strings.HasSuffix(file, ".gz") {
		if r, err = gzip.NewReader(r); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	for d := json.NewDecoder(r); ; {
		var doc struct{ Title, Text string }
		if err := d.Decode(&doc); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		t.count(doc.Title, corpusWeight)
		t.count(doc.Text, corpusWeight)
	}
}

// readLines counts the lines of a file but for every nth, beginning with the first; 0: all.
func (t *trainer) readLines(file string, weight float64, but int) error {
	b, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	n := 0
	for line := range strings.Lines(string(b)) {
		if but == 0 || n%but != 0 {
			t.count(line, weight)
		}
		n++
	}
	return nil
}

var quoted = regexp.MustCompile(`[\pL][^"'{}]*`)

// readContent counts the Vietnamese of our own content files, whatever their shape.
func (t *trainer) readContent(dir string) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".yaml" {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for line := range strings.Lines(string(b)) {
			if text := quoted.FindString(line); text != vi.Fold(text) {
				t.count(text, contentWeight)
			}
		}
		return nil
	})
}

func (t *trainer) count(text string, weight float64) {
	for sentence := range strings.FieldsFuncSeq(vi.Normalize(text), func(r rune) bool { return r == '\n' || r == ';' }) {
		words := vi.Syllables(sentence)
		if isBare(words) {
			continue
		}
		a, b := uint16(boundary), uint16(boundary)
		for _, w := range words {
			c := t.id(w)
			t.add(a, b, c, weight)
			a, b = b, c
		}
		if b != boundary {
			t.add(a, b, boundary, weight)
		}
	}
}

// isBare reports whether words hold a stretch of more than maxBare without a diacritic: file
// names, other languages, text that lost its marks. It would teach the model to leave words bare.
func isBare(words []string) bool {
	const maxBare = 4
	n := 0
	for _, w := range words {
		switch {
		case w != vi.Fold(w):
			n = 0
		case w[0] > '9':
			n++
		}
		if n > maxBare {
			return true
		}
	}
	return false
}

func (t *trainer) add(a, b, c uint16, weight float64) {
	t.singles[c] += weight
	t.pairs[uint32(b)<<16|uint32(c)] += weight
	if b != boundary { // before the first word there is only one context
		t.triples[uint64(a)<<32|uint64(b)<<16|uint64(c)] += weight
	}
}

var syllable = regexp.MustCompile(`^[\p{Latin}]{1,8}$`)

func (t *trainer) id(w string) uint16 {
	if w[0] >= '0' && w[0] <= '9' {
		return number
	}
	if id, ok := t.ids[w]; ok {
		return id
	}
	if !syllable.MatchString(w) || len(t.words) >= math.MaxUint16 {
		return unknown
	}
	id := uint16(len(t.words))
	t.ids[w], t.words, t.singles = id, append(t.words, w), append(t.singles, 0)
	return id
}

// rare is the count below which a syllable is taken for a slip or a foreign word.
const rare = 8

// table weighs the counts, drops what says least, and writes the rest as model.go reads it.
func (t *trainer) table(maxPairs, maxTriples int) []byte {
	t.dropRare()
	e := t.estimate()
	e.prune(maxPairs, maxTriples)
	return e.encode()
}

// dropRare renumbers the words by falling count, rare ones as unknown.
func (t *trainer) dropRare() {
	order := make([]int, 0, len(t.words))
	for i := number + 1; i < len(t.words); i++ {
		if t.singles[i] >= rare {
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(i, j int) int {
		return cmp.Or(cmp.Compare(t.singles[j], t.singles[i]), cmp.Compare(t.words[i], t.words[j]))
	})
	remap := make([]uint16, len(t.words))
	remap[boundary], remap[number] = boundary, number
	words, singles := []string{"", "", ""}, []float64{0, t.singles[boundary], t.singles[number]}
	for _, i := range order {
		remap[i] = uint16(len(words))
		words, singles = append(words, t.words[i]), append(singles, t.singles[i])
	}
	for i, id := range remap {
		if id == unknown {
			singles[unknown] += t.singles[i]
		}
	}
	pairs, triples := map[uint32]float64{}, map[uint64]float64{}
	for k, n := range t.pairs {
		pairs[uint32(remap[k>>16])<<16|uint32(remap[k&0xffff])] += n
	}
	for k, n := range t.triples {
		triples[uint64(remap[k>>32])<<32|uint64(remap[k>>16&0xffff])<<16|uint64(remap[k&0xffff])] += n
	}
	t.words, t.singles, t.pairs, t.triples = words, singles, pairs, triples
}

// An estimate holds natural logarithms of probabilities.
type estimate struct {
	words   []string
	single  []float64
	pairs   []gram // by words
	triples []gram
}

// A gram is a pair or a triple of words.
type gram struct {
	key    uint64
	count  float64
	p      float64 // of the last word after the others, with the shorter contexts mixed in
	before float64 // of the last word after the shorter context
	weight float64 // what is lost without it
}

// discount is taken from each count for what was not seen.
const discount = 0.75

func (t *trainer) estimate() *estimate {
	total := 0.0
	for _, n := range t.singles {
		total += n + 0.5
	}
	e := &estimate{words: t.words, single: make([]float64, len(t.words))}
	for i, n := range t.singles {
		e.single[i] = (n + 0.5) / total
	}
	pairContexts, tripleContexts := map[uint64]*context{}, map[uint64]*context{}
	for k, n := range t.pairs {
		note(pairContexts, uint64(k>>16), n)
	}
	for k, n := range t.triples {
		note(tripleContexts, k>>16, n)
	}
	p2 := make(map[uint32]float64, len(t.pairs))
	for k, n := range t.pairs {
		g := gram{key: uint64(k), count: n, before: e.single[k&0xffff]}
		g.p = pairContexts[uint64(k>>16)].mix(n, g.before)
		p2[k] = g.p
		g.weight = n * math.Abs(math.Log(g.p/g.before))
		e.pairs = append(e.pairs, g)
	}
	for k, n := range t.triples {
		g := gram{key: k, count: n, before: p2[uint32(k)]}
		g.p = tripleContexts[k>>16].mix(n, g.before)
		g.weight = n * math.Abs(math.Log(g.p/g.before))
		e.triples = append(e.triples, g)
	}
	return e
}

type context struct{ count, kinds float64 }

func note(contexts map[uint64]*context, k uint64, n float64) {
	c := contexts[k]
	if c == nil {
		c = &context{}
		contexts[k] = c
	}
	c.count += n
	c.kinds++
}

func (c *context) mix(n, before float64) float64 {
	return max(n-discount, 0)/c.count + discount*c.kinds/c.count*before
}

// prune keeps the grams that say most; a pair that begins a kept triple is kept too.
func (e *estimate) prune(maxPairs, maxTriples int) {
	heaviest := func(grams []gram, n int) []gram {
		slices.SortFunc(grams, func(x, y gram) int {
			return cmp.Or(cmp.Compare(y.weight, x.weight), cmp.Compare(x.key, y.key))
		})
		return grams[:min(n, len(grams))]
	}
	e.triples = heaviest(e.triples, maxTriples)
	kept := map[uint64]bool{}
	for _, g := range e.triples {
		kept[g.key>>16] = true
	}
	for i := range e.pairs {
		if kept[e.pairs[i].key] {
			e.pairs[i].weight = math.Inf(1)
		}
	}
	e.pairs = heaviest(e.pairs, max(maxPairs, len(kept)))
	byKey := func(x, y gram) int { return cmp.Compare(x.key, y.key) }
	slices.SortFunc(e.pairs, byKey)
	slices.SortFunc(e.triples, byKey)
}

// A writer writes the streams of the table: alike values together, so that they pack well.
type writer struct{ bytes.Buffer }

func (w *writer) uvarint(n uint64) { w.Write(binary.AppendUvarint(nil, n)) }

// level writes a natural logarithm of a probability in steps of an eighth.
func (w *writer) level(ln float64) {
	w.WriteByte(byte(min(255, max(0, math.Round(-ln*8)))))
}

func (e *estimate) encode() []byte {
	var head, next, levels, backs writer
	head.uvarint(uint64(len(e.words)))
	for i, w := range e.words {
		head.WriteString(w + "\n")
		levels.level(math.Log(e.single[i]))
	}
	pairBack := back(e.pairs)
	tripleBack := back(e.triples)
	i := 0
	for a := range e.words {
		start := i
		for i < len(e.pairs) && int(e.pairs[i].key>>16) == a {
			i++
		}
		next.uvarint(uint64(i - start))
		backs.level(pairBack[uint64(a)])
		last := uint64(0)
		for _, g := range e.pairs[start:i] {
			next.uvarint(g.key&0xffff - last)
			last = g.key & 0xffff
			levels.level(math.Log(g.p))
		}
	}
	j := 0
	for _, g := range e.pairs {
		start := j
		for j < len(e.triples) && e.triples[j].key>>16 == g.key {
			j++
		}
		next.uvarint(uint64(j - start))
		if j > start {
			backs.level(tripleBack[g.key])
		}
		last := uint64(0)
		for _, h := range e.triples[start:j] {
			next.uvarint(h.key&0xffff - last)
			last = h.key & 0xffff
			levels.level(math.Log(h.p))
		}
	}
	var out bytes.Buffer
	z, err := flate.NewWriter(&out, flate.BestCompression)
	if err != nil {
		panic(err) // the level is a constant
	}
	for _, part := range []*writer{&head, &next, &levels, &backs} {
		size := binary.AppendUvarint(nil, uint64(part.Len()))
		z.Write(size)
		z.Write(part.Bytes())
	}
	z.Close()
	return out.Bytes()
}

// back gives for each context the logarithm of what its last words not kept share, over what the
// shorter context gives them.
func back(grams []gram) map[uint64]float64 {
	kept, before := map[uint64]float64{}, map[uint64]float64{}
	for _, g := range grams {
		kept[g.key>>16] += g.p
		before[g.key>>16] += g.before
	}
	out := map[uint64]float64{}
	for k := range kept {
		out[k] = math.Min(0, math.Log(max(1e-6, 1-kept[k])/max(1e-6, 1-before[k])))
	}
	return out
}
