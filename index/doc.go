// Package index finds the provisions and answer cards that fit a question. It keeps its postings
// in Bleve's scorch and scores them itself: true BM25 over syllables and pairs of syllables, with
// and without diacritics, valid on a day, with reasons and a calibrated confidence.
package index

import "policybot/knowledge"

// A Doc is one thing that can be found: a provision, a card's wording.
type Doc struct {
	ID string // unique and not empty
	// Title counts more than Body, in which it need not be repeated.
	Title, Body string
	// Source names where the Doc stands: the title of its document or chapter. It is searched
	// with the Body; empty when there is none.
	Source string
	// Topic restricts a search; empty when the Doc has none.
	Topic string
	// Applies holds the days on which the Doc may be found; zero: always.
	Applies knowledge.Period
}

// A Query asks for the Docs that fit a text.
type Query struct {
	Text    string         // as [policybot/index/vi.Reader] read it
	Day     knowledge.Date // only Docs that apply on it; zero: on any day
	Topic   string         // only Docs of the topic; empty: of any
	Limit   int            // the most hits wanted; below 1 means 10
	Explain bool           // give the reasons of each hit
}

// A Result is what a search found.
type Result struct {
	Hits []Hit // best first, equal scores by ID; empty when no word of the question is known
	// Confidence is how likely the first hit answers the question, from 0 to 1. Scores of two
	// questions cannot be compared; their confidences can.
	Confidence float64
}

// A Hit is one Doc found.
type Hit struct {
	ID      string
	Score   float64  // comparable within one Result only
	Reasons []Reason // empty unless asked for; their scores add up to Score
}

// A Reason is what one word or pair of words gave to a score.
type Reason struct {
	Field     string // which spelling matched: "word", "pair", "bare word", "bare pair"
	Term      string
	Frequency int // how often it stands in the Doc, words of the title counted several times; 0: bare
	Score     float64
}
