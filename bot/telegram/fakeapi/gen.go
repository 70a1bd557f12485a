//go:build ignore

// Gen turns the Bot API as data into schema.txt: a line a method, an empty line, a line a type.
// Only the types that a method's parameters can reach are kept.
//
//	go run gen.go bot-api-10.1.json
//
// A field reads name[!]:type[|type…][=constant], where ! means required; a union reads
// Name = Type|Type. s, i, f and b are String, Integer, Float and Boolean, [ is Array of.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
)

type field struct {
	Name, Description string
	Types             []string
	Required          bool
}

type entry struct {
	Fields   []field
	Subtypes []string
}

var (
	short    = map[string]string{"String": "s", "Integer": "i", "Float": "f", "Boolean": "b"}
	constant = regexp.MustCompile(`(?:must be|always) ["“”]?([a-z0-9_]+)["“”]?`)
)

func main() {
	raw, err := os.ReadFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	var api struct{ Methods, Types map[string]entry }
	if err := json.Unmarshal(raw, &api); err != nil {
		log.Fatal(err)
	}
	reached := map[string]bool{}
	var reach func(e entry)
	reach = func(e entry) {
		names := slices.Clone(e.Subtypes)
		for _, f := range e.Fields {
			names = append(names, f.Types...)
		}
		for _, n := range names {
			n = strings.ReplaceAll(n, "Array of ", "")
			if t, ok := api.Types[n]; ok && !reached[n] {
				reached[n] = true
				reach(t)
			}
		}
	}
	var out bytes.Buffer
	for _, name := range slices.Sorted(maps.Keys(api.Methods)) {
		reach(api.Methods[name])
		fmt.Fprintln(&out, line(name, api.Methods[name], false))
	}
	fmt.Fprintln(&out)
	for _, name := range slices.Sorted(maps.Keys(reached)) {
		fmt.Fprintln(&out, line(name, api.Types[name], true))
	}
	if err := os.WriteFile("schema.txt", out.Bytes(), 0o644); err != nil {
		log.Fatal(err)
	}
}

func line(name string, e entry, isType bool) string {
	if len(e.Subtypes) > 0 {
		return name + " = " + kinds(e.Subtypes)
	}
	for _, f := range e.Fields {
		name += " " + f.Name
		if f.Required {
			name += "!"
		}
		name += ":" + kinds(f.Types)
		m := constant.FindStringSubmatch(f.Description)
		if isType && m != nil && m[1] != "one" && slices.Contains([]string{"type", "source", "status"}, f.Name) {
			name += "=" + m[1]
		}
	}
	return name
}

func kinds(types []string) string {
	var out []string
	for _, t := range types {
		n := strings.Count(t, "Array of ")
		t = strings.ReplaceAll(t, "Array of ", "")
		if s, ok := short[t]; ok {
			t = s
		}
		out = append(out, strings.Repeat("[", n)+t)
	}
	return strings.Join(out, "|")
}
