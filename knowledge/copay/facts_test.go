package copay_test

import (
	"testing"

	"policybot/knowledge"
	"policybot/knowledge/copay"
)

func TestSettleNothingKnown(t *testing.T) {
	l := library(t)
	f, err := copay.Settle(l, copay.Facts{Day: day(t, "2026-11-20")})
	t.Log(f.Missing, err, len(f.Outcomes))
	f, err = copay.Settle(l, copay.Facts{Day: day(t, "2026-11-20"), Group: knowledge.Known(copay.Poor), Route: knowledge.Known(copay.Registered)})
	t.Log(f.Missing, err, len(f.Outcomes))
	f, err = copay.Settle(l, copay.Facts{Day: day(t, "2026-11-20"), Group: knowledge.Known(copay.Household), Route: knowledge.Known(copay.Registered), Bill: knowledge.Known[knowledge.VND](8_000_000)})
	t.Log(f.Missing, err, len(f.Outcomes))
}

func BenchmarkSettle(b *testing.B) {
	t := &testing.T{}
	l := library(t)
	for b.Loop() {
		copay.Settle(l, copay.Facts{Day: day(t, "2026-11-20")})
	}
}
