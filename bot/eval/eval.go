// Package eval measures how well questions are answered: whether each card is found by wordings it
// was not told, and whether questions of a set end as the set says they must. Every question is
// typed in several ways. Nothing is tuned here; the figures are for people to read, and for a run
// to be compared with one that was accepted.
package eval

import (
	"runtime"
	"sync"
	"sync/atomic"

	"policybot/knowledge"
)

// Report is what a run came to.
type Report struct {
	Content string         `json:"content"` // version of the content
	On      knowledge.Date `json:"on"`      // the day the questions were asked on
	Probes  []Found        `json:"probes"`  // by typing
	Cases   []Score        `json:"cases,omitempty"`
	// Missed are the probes that did not find their card first or did not lead to it, Failed the cases that did not end as
	// they must, Near the cards that are hard to tell apart.
	Missed []Miss    `json:"missed,omitempty"`
	Failed []Failure `json:"failed,omitempty"`
	Near   []Pair    `json:"near,omitempty"`
}

// each calls do for 0 … n-1, on all processors, and returns an error if there was one.
func each(n int, do func(i int) error) error {
	var next atomic.Int64
	var group sync.WaitGroup
	var once sync.Once
	var failed error
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				if err := do(i); err != nil {
					once.Do(func() { failed = err })
					return
				}
			}
		})
	}
	group.Wait()
	return failed
}

// rate is the share of n in all; 0 when there are none.
func rate(n, all int) float64 {
	if all == 0 {
		return 0
	}
	return float64(n) / float64(all)
}
