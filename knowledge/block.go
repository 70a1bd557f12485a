package knowledge

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"time"
)

// Block keeps the bot from answering with something until it has been looked at (khóa). The law
// stays as it is; whoever asks is told that it is being checked, and where to turn.
type Block struct {
	// Item is the ID of a document, of a provision or of a card, or a topic. A document stands for
	// all its provisions, and an article for its clauses and points.
	Item   string    `yaml:"item"`
	Reason string    `yaml:"reason"`
	Author string    `yaml:"author"`
	Since  time.Time `yaml:"since"` // zero: not told

	Pos Pos `yaml:"-"` // of one that stands in a file; zero: an administrator's command
}

// When says since when, in Vietnamese time, a day that a file gives without its hour; empty: not told.
func (b Block) When() string {
	switch {
	case b.Since.IsZero():
		return ""
	case b.Since.Equal(b.Since.Truncate(24 * time.Hour)):
		return b.Since.UTC().Format("02/01/2006")
	}
	return b.Since.In(vietnam).Format("15:04 02/01/2006")
}

var vietnam = time.FixedZone("Asia/Ho_Chi_Minh", 7*60*60)

// covers reports whether b stands for the item.
func (b Block) covers(item string) bool {
	rest, ok := strings.CutPrefix(item, b.Item)
	return ok && (rest == "" || rest[0] == '/')
}

// Blocks are the things that are blocked at a time.
type Blocks []Block

// On returns the block that keeps an answer back: one of its topic, its card, or a provision that it
// rests on. Empty names stand for nothing.
func (bs Blocks) On(topic Topic, card CardID, rests ...ProvisionID) (Block, bool) {
	for _, b := range bs {
		switch {
		case topic != "" && b.Item == string(topic), card != "" && b.Item == string(card):
			return b, true
		case slices.ContainsFunc(rests, func(id ProvisionID) bool { return b.covers(string(id)) }):
			return b, true
		}
	}
	return Block{}, false
}

// Of returns the block of an item itself.
func (bs Blocks) Of(item string) (Block, bool) {
	i := slices.IndexFunc(bs, func(b Block) bool { return b.Item == item })
	if i < 0 {
		return Block{}, false
	}
	return bs[i], true
}

// BlocksFile is the file of a folder that lists blocks; it need not be there.
const BlocksFile = "blocks.yaml"

// ReadBlocks reads the file of blocks in a folder. No file, or an empty one, is no block. The error
// is [Faults].
func ReadBlocks(fsys fs.FS) (Blocks, error) {
	ld := &loader{fsys: fsys}
	bs := ld.blocks()
	if len(ld.faults) > 0 {
		return nil, ld.faults
	}
	return bs, nil
}

func (b *Block) setPos(p Pos) { b.Pos = p }

func (ld *loader) blocks() (bs Blocks) {
	text, err := fs.ReadFile(ld.fsys, BlocksFile)
	if errors.Is(err, fs.ErrNotExist) || err == nil && blank(text) {
		return nil
	}
	for _, b := range file[Block](ld, BlocksFile) {
		for key, value := range map[string]string{"item": b.Item, "reason": b.Reason, "author": b.Author} {
			if strings.TrimSpace(value) == "" {
				ld.fault(b.Pos.File, b.Pos.Line(), RuleBadValue, "a block needs item, reason and author: "+key+" is missing")
			}
		}
		bs = append(bs, *b)
	}
	return bs
}

// blank reports whether a file holds nothing but remarks.
func blank(text []byte) bool {
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			return false
		}
	}
	return true
}

// BlockableAs says what an item that may be blocked is: "document", "provision", "card" or "topic";
// empty: there is no such thing. What tells people in danger whom to call is never blocked.
func (l *Library) BlockableAs(item string) string {
	card := l.Card(CardID(item))
	switch {
	case l.Document(DocumentID(item)) != nil:
		return "document"
	case l.Provision(ProvisionID(item)) != nil:
		return "provision"
	case card != nil && card.Outcome != Crisis:
		return "card"
	case slices.Contains(Topics, Topic(item)) && Topic(item) != Beyond:
		return "topic"
	}
	return ""
}
