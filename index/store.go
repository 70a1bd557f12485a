package index

import (
	bleve "github.com/blevesearch/bleve_index_api"
)

// A storedDoc is a Doc as scorch takes it: counted terms, nothing stored but the ID.
type storedDoc struct {
	id     string
	terms  [storedFields]*storedField
	fields []bleve.Field // terms, and the ID once scorch asks for it
}

func newStoredDoc(id string) *storedDoc {
	d := &storedDoc{id: id}
	for f := range d.terms {
		d.terms[f] = &storedField{
			name: fieldKeys[f], options: bleve.IndexField, freqs: bleve.TokenFrequencies{},
		}
		d.fields = append(d.fields, d.terms[f])
	}
	return d
}

// add counts the words of text and the pairs they make n times.
func (d *storedDoc) add(text string, n int) {
	var last string
	for i, w := range analyze(text) {
		d.terms[words].count(w, n)
		if i > 0 {
			d.terms[pairs].count(last+" "+w, n)
		}
		last = w
	}
}

func (d *storedDoc) ID() string { return d.id }

// Size is scorch's statistic only.
func (d *storedDoc) Size() int { return 0 }

func (d *storedDoc) VisitFields(visit bleve.FieldVisitor) {
	for _, f := range d.fields {
		visit(f)
	}
}

func (d *storedDoc) VisitComposite(bleve.CompositeFieldVisitor) {}
func (d *storedDoc) HasComposite() bool                         { return false }
func (d *storedDoc) NumPlainTextBytes() uint64                  { return 0 }
func (d *storedDoc) StoredFieldsBytes() uint64                  { return uint64(len(d.id)) }
func (d *storedDoc) Indexed() bool                              { return true }

// AddIDField adds the one field scorch itself needs.
func (d *storedDoc) AddIDField() {
	id := &storedField{
		name: "_id", value: []byte(d.id),
		options: bleve.IndexField | bleve.StoreField, freqs: bleve.TokenFrequencies{},
	}
	id.count(d.id, 1)
	d.fields = append(d.fields, id)
}

// A storedField is a field whose terms are already counted.
type storedField struct {
	name    string
	value   []byte
	length  int
	options bleve.FieldIndexingOptions
	freqs   bleve.TokenFrequencies
}

func (f *storedField) count(term string, n int) {
	f.length += n
	t := f.freqs[term]
	if t == nil {
		t = &bleve.TokenFreq{Term: []byte(term)}
		f.freqs[term] = t
	}
	t.SetFrequency(t.Frequency() + n)
}

func (f *storedField) Name() string                        { return f.name }
func (f *storedField) Value() []byte                       { return f.value }
func (f *storedField) ArrayPositions() []uint64            { return nil }
func (f *storedField) EncodedFieldType() byte              { return 't' }
func (f *storedField) Analyze()                            {}
func (f *storedField) Options() bleve.FieldIndexingOptions { return f.options }
func (f *storedField) AnalyzedLength() int                 { return f.length }
func (f *storedField) NumPlainTextBytes() uint64           { return uint64(len(f.value)) }

func (f *storedField) AnalyzedTokenFrequencies() bleve.TokenFrequencies { return f.freqs }
