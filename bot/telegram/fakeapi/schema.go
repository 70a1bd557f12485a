package fakeapi

//go:generate go run gen.go $BOT_API_JSON

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
)

//go:embed schema.txt
var schemaText string

// A field is one parameter of a method or one member of a type.
type field struct {
	name     string
	required bool
	kinds    []string // alternatives: s, i, f, b, the name of an object, each perhaps behind [ for Array of
	constant string   // the only value a discriminating string may have; empty: any
}

// An object is a method with its parameters, or a type with its members or, for a union, its kinds.
type object struct {
	name   string
	fields map[string]field
	order  []field
	union  []string
}

// A schema is the Bot API as data: what may be called, and with what.
type schema struct {
	methods map[string]*object // by lower-case name: Telegram does not mind the case of a method
	types   map[string]*object
}

// apiSchema parses the embedded table once; the table is ours, so a fault in it is a panic.
var apiSchema = sync.OnceValue(func() schema {
	sc := schema{methods: map[string]*object{}, types: map[string]*object{}}
	methods, types, _ := strings.Cut(schemaText, "\n\n")
	for line := range strings.Lines(methods) {
		o := parseObject(line)
		sc.methods[strings.ToLower(o.name)] = o
	}
	for line := range strings.Lines(types) {
		o := parseObject(line)
		sc.types[o.name] = o
	}
	return sc
})

func parseObject(line string) *object {
	words := strings.Fields(line)
	o := &object{name: words[0], fields: map[string]field{}}
	if len(words) == 3 && words[1] == "=" {
		o.union = strings.Split(words[2], "|")
		return o
	}
	for _, w := range words[1:] {
		name, kinds, ok := strings.Cut(w, ":")
		if !ok {
			panic(fmt.Sprintf("fakeapi: schema line of %s: %q", o.name, w))
		}
		var f field
		f.name, f.required = strings.CutSuffix(name, "!")
		kinds, f.constant, _ = strings.Cut(kinds, "=")
		f.kinds = strings.Split(kinds, "|")
		o.fields[f.name] = f
		o.order = append(o.order, f)
	}
	return o
}
