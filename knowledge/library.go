package knowledge

import (
	"maps"
	"slices"
)

// Library is all content, read once and never changed.
type Library struct {
	Documents  []*Document
	Cards      []*Card
	Procedures []*Procedure
	Wards      []*Ward
	Words      []*Word
	Figures    []*Figure
	Blocks     Blocks // those that stand in its own file
	Version    string // changes with any byte of the content

	drafts     bool // are shown
	documents  map[DocumentID]*Document
	provisions map[ProvisionID]*Provision
	cards      map[CardID]*Card
	procedures map[ProcedureID]*Procedure
	wards      map[WardCode]*Ward
	words      map[string]*Word
	figures    map[string]*Figure
}

// Document returns the document with that ID, or nil.
func (l *Library) Document(id DocumentID) *Document { return l.documents[id] }

// Provision returns the provision with that ID, or nil.
func (l *Library) Provision(id ProvisionID) *Provision { return l.provisions[id] }

// Provisions returns every provision, by ID.
func (l *Library) Provisions() []*Provision {
	ids := slices.Sorted(maps.Keys(l.provisions))
	all := make([]*Provision, len(ids))
	for i, id := range ids {
		all[i] = l.provisions[id]
	}
	return all
}

// Card returns the card with that ID, or nil.
func (l *Library) Card(id CardID) *Card { return l.cards[id] }

// Procedure returns the procedure with that ID, or nil.
func (l *Library) Procedure(id ProcedureID) *Procedure { return l.procedures[id] }

// Ward returns the ward with that code, or nil.
func (l *Library) Ward(code WardCode) *Ward { return l.wards[code] }

// Word returns the word with that ID, or nil.
func (l *Library) Word(id string) *Word { return l.words[id] }

// FigureNamed returns how a figure is defined, or nil.
func (l *Library) FigureNamed(name string) *Figure { return l.figures[name] }

// InForce returns the provisions whose rule applies on the day, by ID.
func (l *Library) InForce(on Date) []*Provision {
	var applying []*Provision
	for _, p := range l.Provisions() {
		if p.Applies.Contains(on) {
			applying = append(applying, p)
		}
	}
	return applying
}

// Preview returns the library with its drafts shown, for those who are to judge them.
func (l *Library) Preview() *Library {
	p := *l
	p.drafts = true
	return &p
}

// Shows reports whether people get to see a card: a draft is shown in a preview only.
func (l *Library) Shows(c *Card) bool { return !c.Draft || l.drafts }

// CardsOn returns the cards that hold on the day and are shown, in the order of the files.
func (l *Library) CardsOn(on Date) []*Card {
	var holding []*Card
	for _, c := range l.Cards {
		if l.Shows(c) && c.Applies.Contains(on) {
			holding = append(holding, c)
		}
	}
	return holding
}
