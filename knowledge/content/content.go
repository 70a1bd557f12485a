// Package content holds the files that policy staff edit, built into the binary.
package content

import "embed"

// FS is the embedded content, in the form that knowledge.Load reads.
//
//go:embed documents figures cards procedures wards words
var FS embed.FS
