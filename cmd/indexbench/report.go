package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"text/tabwriter"
	"time"

	"policybot/index"
)

// A report is what was measured. Shares are from 0 to 1, times in milliseconds unless named
// otherwise.
type report struct {
	Typing    string  `json:"typing"`
	Questions int     `json:"questions"`
	R1        float64 `json:"recall_1"`
	R5        float64 `json:"recall_5"`
	R10       float64 `json:"recall_10"`
	R100      float64 `json:"recall_100"`
	MRR       float64 `json:"mrr_10"`
	NDCG      float64 `json:"ndcg_10"`
	P50       float64 `json:"search_p50_ms"`
	P95       float64 `json:"search_p95_ms"`
	ReadP50   float64 `json:"read_p50_ms"`
	ReadP99   float64 `json:"read_p99_ms"`
	Built     float64 `json:"build_seconds"` // 0: opened
	Bytes     int64   `json:"index_bytes"`   // 0: in memory
	Bins      []bin   `json:"reliability"`

	reads, searches []time.Duration
}

// A bin holds the questions answered with about the same confidence.
type bin struct {
	From       float64 `json:"from"` // lowest confidence in it
	Questions  int     `json:"questions"`
	Confidence float64 `json:"confidence"` // mean
	Right      float64 `json:"right"`      // share whose first hit is gold
}

const bins = 10

func (r *report) add(gold map[string]bool, found index.Result) {
	if r.Bins == nil {
		r.Bins = make([]bin, bins)
	}
	var at [4]float64 // gold found within 1, 5, 10, 100
	var gain, first float64
	for i, hit := range found.Hits {
		if !gold[hit.ID] {
			continue
		}
		for j, within := range [...]int{1, 5, 10, 100} {
			if i < within {
				at[j]++
			}
		}
		if i < 10 {
			gain += 1 / math.Log2(float64(i)+2)
			if first == 0 {
				first = 1 / float64(i+1)
			}
		}
	}
	n := float64(len(gold))
	r.Questions++
	r.R1 += at[0] / n
	r.R5 += at[1] / n
	r.R10 += at[2] / n
	r.R100 += at[3] / n
	r.MRR += first
	r.NDCG += gain / ideal(len(gold))
	b := &r.Bins[min(bins-1, int(found.Confidence*bins))]
	b.Questions++
	b.Confidence += found.Confidence
	b.Right += at[0]
}

// ideal is the gain of n gold documents in the first places.
func ideal(n int) (gain float64) {
	for i := range min(n, 10) {
		gain += 1 / math.Log2(float64(i)+2)
	}
	return gain
}

func (r *report) finish() {
	for _, sum := range []*float64{&r.R1, &r.R5, &r.R10, &r.R100, &r.MRR, &r.NDCG} {
		*sum /= float64(r.Questions)
	}
	for i := range r.Bins {
		b := &r.Bins[i]
		b.From = float64(i) / bins
		if b.Questions > 0 {
			b.Confidence /= float64(b.Questions)
			b.Right /= float64(b.Questions)
		}
	}
	r.P50, r.P95 = quantile(r.searches, 0.5), quantile(r.searches, 0.95)
	r.ReadP50, r.ReadP99 = quantile(r.reads, 0.5), quantile(r.reads, 0.99)
}

func quantile(took []time.Duration, q float64) float64 {
	slices.Sort(took)
	return took[int(q*float64(len(took)-1))].Seconds() * 1000
}

func (r *report) print(w io.Writer, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(w).Encode(r)
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "questions\t%d, typing %s\n", r.Questions, r.Typing)
	fmt.Fprintf(t, "recall@1 @5 @10 @100\t%.4f %.4f %.4f %.4f\n", r.R1, r.R5, r.R10, r.R100)
	fmt.Fprintf(t, "MRR@10, nDCG@10\t%.4f %.4f\n", r.MRR, r.NDCG)
	fmt.Fprintf(t, "search p50, p95\t%.2f ms, %.2f ms\n", r.P50, r.P95)
	fmt.Fprintf(t, "reading p50, p99\t%.2f ms, %.2f ms\n", r.ReadP50, r.ReadP99)
	if r.Built > 0 {
		fmt.Fprintf(t, "index built in\t%.1f s\n", r.Built)
	}
	if r.Bytes > 0 {
		fmt.Fprintf(t, "index on disk\t%.1f MB\n", float64(r.Bytes)/1e6)
	}
	fmt.Fprintln(t, "confidence\tquestions, mean confidence, first hit right")
	for _, b := range r.Bins {
		if b.Questions > 0 {
			fmt.Fprintf(t, "  %.1f…%.1f\t%d, %.3f, %.3f\n", b.From, b.From+1.0/bins, b.Questions, b.Confidence, b.Right)
		}
	}
	return t.Flush()
}
