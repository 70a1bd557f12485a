package knowledge

import (
	"fmt"

	"go.yaml.in/yaml/v3"
)

// atNode says on which line of its file err was found.
func atNode(n *yaml.Node, err error) error { return fmt.Errorf("line %d: %w", n.Line, err) }
