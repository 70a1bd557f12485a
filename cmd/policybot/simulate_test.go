package main

import (
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// TestSimulator: without a token the program prints where the page is, serves it, keeps its data in a
// folder of their own, and refuses an address that is taken.
func TestSimulator(t *testing.T) {
	dir := t.TempDir()
	env := map[string]string{"POLICYBOT_DATA": dir, "POLICYBOT_LISTEN": "127.0.0.1:0"}
	getenv := func(name string) string { return env[name] }
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	said, saying := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		defer saying.Close()
		ended <- run(ctx, nil, getenv, strings.NewReader(""), saying, saying)
	}()
	line := make([]byte, 1000)
	n, err := said.Read(line)
	if err != nil {
		t.Fatal(<-ended)
	}
	go io.Copy(io.Discard, said) //nolint:errcheck // the log
	address := regexp.MustCompile(`http://([0-9.:]+) `).FindStringSubmatch(string(line[:n]))
	if address == nil {
		t.Fatalf("no address in %q", line[:n])
	}
	resp, err := http.Get(strings.TrimSpace(address[0]))
	if err != nil {
		t.Fatal(err)
	}
	page, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	if err != nil || resp.StatusCode != http.StatusOK || !strings.Contains(string(page), "<title>policybot") {
		t.Errorf("the page: %s %v %.100q", resp.Status, err, page)
	}
	if _, err := os.Stat(filepath.Join(dir, "simulator", "policybot.db")); err != nil {
		t.Error(err)
	}
	err = run(ctx, []string{"-listen", address[1]}, getenv, strings.NewReader(""), io.Discard, io.Discard)
	if err == nil || !strings.Contains(err.Error(), "POLICYBOT_LISTEN") || !strings.Contains(err.Error(), address[1]) {
		t.Errorf("an address that is taken: %v", err)
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
