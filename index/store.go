package index

import (
	bleve "github.com/blevesearch/bleve_index_api"
)

// A storedDoc is a Doc as scorch takes it: counted terms, nothing stored but the ID.
type storedDoc struct {
	id     string
	fields []bleve.Field
}

func newStoredDoc(id string, t *terms) *storedDoc {
	d := &storedDoc{id: id}
	for f := range storedFields {
		d.fields = append(d.fields, newStoredField(f, t))
	}
	return d
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
	d.fields = append(d.fields, &storedField{
		name: "_id", value: []byte(d.id), length: 1,
		options: bleve.IndexField | bleve.StoreField,
		freqs:   bleve.TokenFrequencies{d.id: newTokenFreq(d.id, 1)},
	})
}

// A storedField is a field whose terms are already counted.
type storedField struct {
	name    string
	value   []byte
	length  int
	options bleve.FieldIndexingOptions
	freqs   bleve.TokenFrequencies
}

func newStoredField(f field, t *terms) *storedField {
	s := &storedField{
		name: fieldKeys[f], length: t.length(f), options: bleve.IndexField,
		freqs: make(bleve.TokenFrequencies, len(t[f])),
	}
	for term, n := range t[f] {
		s.freqs[term] = newTokenFreq(term, n)
	}
	return s
}

func newTokenFreq(term string, n int) *bleve.TokenFreq {
	t := &bleve.TokenFreq{Term: []byte(term)}
	t.SetFrequency(n)
	return t
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
