package simulator_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestUnreadable: a folder that cannot be gone on with is refused with what to do, and left as it is.
func TestUnreadable(t *testing.T) {
	for name, c := range map[string]struct{ file, text, want string }{
		"phones": {"world.json", `{"fake": {"Accounts": 5}}`, "remove it to begin with empty phones"},
		"cut":    {"world.json", `{"fake": {"Acc`, "remove it to begin with empty phones"},
		"key":    {"key", "short", "key"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, c.file), []byte(c.text), 0o600); err != nil {
				t.Fatal(err)
			}
			err := simulatorOn(dir).Run(context.Background())
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), c.file) {
				t.Errorf("error %v, want one with %s and %q", err, c.file, c.want)
			}
			if text, err := os.ReadFile(filepath.Join(dir, c.file)); err != nil || string(text) != c.text {
				t.Errorf("the file is now %q, %v", text, err)
			}
		})
	}
}
