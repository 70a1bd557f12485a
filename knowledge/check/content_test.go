package check_test

import (
	"testing"

	"policybot/knowledge"
	"policybot/knowledge/check"
	"policybot/knowledge/content"
)

// The content that is built in has no fault. Freshness is for people to see to: a warning is none,
// and the day is pinned so that time alone does not change the test.
func TestBuiltInContentIsSound(t *testing.T) {
	l, err := knowledge.Load(content.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range check.Run(l, knowledge.NewDate(2026, 11, 23)) {
		if f.Severity == check.Error {
			t.Errorf("%v\n\t%s", f.Fault, check.Explain(f.Fault, check.English))
		}
	}
}
