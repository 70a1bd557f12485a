package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// layers lists our packages from the bottom up. A package imports only from lower layers.
var layers = [][]string{
	{"knowledge"},
	{"knowledge/content", "knowledge/premium", "knowledge/eligibility", "knowledge/copay", "knowledge/training",
		"knowledge/loan", "knowledge/pension", "knowledge/check", "knowledge/intake", "index/vi", "bot/privacy", "bot/screens"},
	{"index", "bot/places"},
	{"bot/answer", "bot/referral"},
	{"bot/flow"},
	{"bot"},
	{"bot/telegram/fakeapi", "bot/telegram", "bot/eval"},
	{"bot/store"}, // below it: the ports that the Telegram adapter declares
	{"bot/simulator"},
	{"cmd/policybot", "cmd/policyimport", "cmd/indexbench"},
}

// testOnly are packages that only tests import; each stands above the package it serves.
var testOnly = []string{"index/indextest", "bot/bottest", "knowledge/goldentest"}

// owners names who may import each outside module. x/text and x/time belong to everybody.
var owners = map[string][]string{
	"github.com/go-telegram/bot":        {"bot/telegram"},
	"github.com/sashabaranov/go-openai": {"bot/phrase"},
	"github.com/blevesearch/":           {"index", "index/vi"},
	"modernc.org/sqlite":                {"bot/store"},
	"go.yaml.in/yaml/v3":                {"knowledge"},
	"golang.org/x/text":                 nil,
	"golang.org/x/time":                 nil,
	"golang.org/x/sync":                 nil,
	"golang.org/x/crypto/x509roots/":    {"cmd/policybot"},
	"golang.org/x/net":                  {"knowledge/intake"},
	"github.com/klippa-app/go-pdfium":   {"knowledge/intake"},
	"github.com/tetratelabs/wazero":     {"knowledge/intake"},
}

func TestImports(t *testing.T) {
	const module = "policybot/"
	out, err := exec.Command("go", "list", "-f", `{{$p := .ImportPath}}{{range .Imports}}{{$p}} {{.}}{{"\n"}}{{end}}`, module+"...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	level := map[string]int{}
	for i, packages := range layers {
		for _, p := range packages {
			level[p] = i + 1
		}
	}
	for line := range strings.Lines(string(out)) {
		pair := strings.Fields(line)
		if len(pair) != 2 {
			continue
		}
		from, to := strings.TrimPrefix(pair[0], module), pair[1]
		if slices.Contains(testOnly, from) {
			continue
		}
		if level[from] == 0 {
			t.Errorf("package %s is in no layer", from)
			continue
		}
		if ours, ok := strings.CutPrefix(to, module); ok {
			if slices.Contains(testOnly, ours) || level[ours] >= level[from] {
				t.Errorf("%s imports %s, which is not below it", from, ours)
			}
			continue
		}
		checkOwner(t, from, to)
	}
}

// checkOwner refuses an import from outside the standard library by a package that does not own it.
func checkOwner(t *testing.T, from, to string) {
	if first, _, _ := strings.Cut(to, "/"); !strings.Contains(first, ".") {
		return
	}
	for module, allowed := range owners {
		if strings.HasPrefix(to, module) {
			if allowed != nil && !slices.Contains(allowed, from) {
				t.Errorf("%s imports %s, which belongs to %v", from, to, allowed)
			}
			return
		}
	}
	t.Errorf("%s imports %s, a module without an owner", from, to)
}

// The PDF engine belongs to the importer alone: it would nearly double the service.
func TestServiceHasNoPDFEngine(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "policybot/cmd/policybot").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	for p := range strings.Lines(string(out)) {
		if strings.Contains(p, "pdfium") || strings.Contains(p, "wazero") || strings.HasPrefix(p, "policybot/knowledge/intake") {
			t.Errorf("the service imports %s", strings.TrimSpace(p))
		}
	}
}
