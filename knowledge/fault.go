package knowledge

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Pos is where an item of content stands. The zero Pos is nowhere.
type Pos struct {
	File string
	node *yaml.Node
}

// Line returns the line of the item, or of the part of it that path leads to: keys of mappings and
// indexes of lists. A path that leads nowhere gives the last line it reached.
func (p Pos) Line(path ...any) int {
	n := p.node
	if n == nil {
		return 0
	}
	line := n.Line
	for _, step := range path {
		n = child(n, step)
		if n == nil {
			break
		}
		line = n.Line
	}
	return line
}

// Texts yields every key and value of the item, with its line.
func (p Pos) Texts() iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		if p.node != nil {
			eachText(p.node, yield)
		}
	}
}

func eachText(n *yaml.Node, yield func(int, string) bool) bool {
	if n.Kind == yaml.ScalarNode {
		return yield(n.Line, n.Value)
	}
	for _, inner := range n.Content {
		if !eachText(inner, yield) {
			return false
		}
	}
	return true
}

func child(n *yaml.Node, step any) *yaml.Node {
	if n == nil {
		return nil
	}
	switch step := step.(type) {
	case string:
		for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == step {
				return n.Content[i+1]
			}
		}
	case int:
		if n.Kind == yaml.SequenceNode && step < len(n.Content) {
			return n.Content[step]
		}
	}
	return nil
}

// Fault is something wrong with the content: where it stands, which rule it breaks, and what
// exactly was found there.
type Fault struct {
	File   string
	Line   int
	Rule   string // short and stable, as unknown-key
	Detail string // the offending text or ID
}

// Error writes the fault on one line, for operators.
func (f Fault) Error() string {
	return fmt.Sprintf("%s:%d: %s: %s", f.File, f.Line, f.Rule, f.Detail)
}

// Faults is an error made of all that was found wrong at once.
type Faults []Fault

// Error writes a line a fault.
func (fs Faults) Error() string {
	lines := make([]string, len(fs))
	for i, f := range fs {
		lines[i] = f.Error()
	}
	return strings.Join(lines, "\n")
}

// Sort orders the faults by file and line.
func (fs Faults) Sort() {
	slices.SortStableFunc(fs, func(a, b Fault) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
}
