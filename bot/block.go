package bot

import (
	"context"
	"slices"
	"strings"
	"time"

	"policybot/bot/answer"
	"policybot/knowledge"
)

// Block makes the turns that begin from now on heed the blocks of a file, beside those of the content
// and of the administrators.
func (b *Bot) Block(filed knowledge.Blocks) { b.filed.Store(&filed) }

// blocks returns all that is blocked now.
func (b *Bot) blocks(ctx context.Context, l *knowledge.Library) (knowledge.Blocks, error) {
	commanded, err := b.store.Blocks(ctx)
	all := slices.Concat(commanded, l.Blocks)
	if filed := b.filed.Load(); filed != nil {
		all = append(all, *filed...)
	}
	return all, err
}

// rest is something that a reply rests on, as [knowledge.Blocks.On] takes it.
type rest struct {
	topic knowledge.Topic
	card  knowledge.CardID
	basis []knowledge.ProvisionID
}

func restOf(a answer.Answer) rest {
	r := rest{topic: a.Topic, basis: a.Basis()}
	if a.Card != nil {
		r.card = a.Card.ID
	}
	return r
}

func (t *turn) restOn(a answer.Answer) {
	t.rests = append(t.rests, restOf(a))
	if a.Besides != nil {
		t.restOn(*a.Besides)
	}
}

// withhold takes back replies that rest on something blocked, whoever wrote them and whichever button
// they came from, and shows the way on instead. Help in danger is never withheld.
func (t *turn) withhold(before Session) error {
	if t.Record.Outcome == knowledge.Crisis {
		return nil
	}
	rests := append(t.rests, rest{basis: t.Record.Provisions})
	blocked := slices.ContainsFunc(rests, func(r rest) bool {
		_, on := t.blocks.On(r.topic, r.card, r.basis...)
		return on
	})
	if !blocked {
		return nil
	}
	t.Replies = nil
	t.Session.Screens, t.Session.LastScreen = before.Screens, before.LastScreen
	if m := t.Session.Matter; m != nil && m != before.Matter {
		said := *m
		said.Lead, said.Sources = "", nil
		t.Session.Matter = &said
	}
	t.Record.Card, t.Record.Provisions, t.Record.Sources, t.Record.Referral = "", nil, nil, true
	return t.show("withheld", nil, knowledge.NoEvidence, referButton, menuButton)
}

// unblocked leaves out the notes that tell of a coming change from something blocked; what holds today
// stays as it is.
func (t *turn) unblocked(notes []answer.Note) []answer.Note {
	return slices.DeleteFunc(slices.Clone(notes), func(n answer.Note) bool {
		_, on := t.blocks.On("", "", n.Basis...)
		return on
	})
}

// isBlocked reports whether a card cannot be shown on a day because of a block.
func (t *turn) isBlocked(c *knowledge.Card, day knowledge.Date) bool {
	if len(t.blocks) == 0 {
		return false
	}
	a, err := t.answers.Card(c, day, t.Inbound.Day)
	r := restOf(a)
	_, on := t.blocks.On(r.topic, r.card, r.basis...)
	return err == nil && on
}

// adminCommands are for those who look after the service. To anybody else they are unknown.
var adminCommands = map[string]func(*turn, context.Context, []string) error{
	"/khoa":   (*turn).block,
	"/mokhoa": (*turn).free,
	"/dskhoa": (*turn).listBlocks,

	"/noidung": (*turn).content,

	"/kiemthu":   (*turn).putBy,
	"/dskiemthu": (*turn).listTrials,
}

// blockView is what an administrator reads after a command about blocks.
type blockView struct {
	Item   string
	As     string // document, provision, card or topic; empty: there is no such thing
	Name   string // of the item, for people
	Reason string
	Now    knowledge.Blocks // what is blocked
	Log    []BlockChange
	// Block is the block that the item has already, when On.
	Block knowledge.Block
	On    bool
	Held  []*knowledge.Card // the cards that are kept back today
}

// block blocks the item that comes first; the rest is the reason.
func (t *turn) block(_ context.Context, words []string) error {
	v := t.blockView(words)
	switch v.Block, v.On = t.blocks.Of(v.Item); {
	case v.As == "", v.Reason == "":
		return t.show("block-how", v, knowledge.Step)
	case v.On:
		return t.show("block-already", v, knowledge.Step)
	}
	change := BlockChange{Block: knowledge.Block{Item: v.Item, Reason: v.Reason, Author: t.Inbound.Admin, Since: time.Now()}}
	t.Blocked = append(t.Blocked, change)
	t.blocks = knowledge.Blocks{change.Block}
	for _, c := range t.library.CardsOn(t.Inbound.Day) {
		if t.isBlocked(c, t.Inbound.Day) {
			v.Held = append(v.Held, c)
		}
	}
	return t.show("blocked", v, knowledge.Step)
}

// free frees an item again. What a file blocks is freed in the file.
func (t *turn) free(_ context.Context, words []string) error {
	v := t.blockView(words)
	if v.Block, v.On = t.blocks.Of(v.Item); !v.On || v.Block.Pos.File != "" {
		v.Now = t.blocks
		return t.show("block-not", v, knowledge.Step)
	}
	t.Blocked = append(t.Blocked, BlockChange{Freed: true,
		Block: knowledge.Block{Item: v.Item, Reason: v.Reason, Author: t.Inbound.Admin, Since: time.Now()}})
	return t.show("freed", v, knowledge.Step)
}

// listBlocks lists what is blocked, and the latest changes.
func (t *turn) listBlocks(ctx context.Context, _ []string) error {
	const most = 10
	log, err := t.log.BlockLog(ctx, most)
	if err != nil {
		return err
	}
	return t.show("blocks", blockView{Now: t.blocks, Log: log}, knowledge.Step)
}

func (t *turn) blockView(words []string) blockView {
	var v blockView
	if len(words) > 0 {
		v.Item, v.Reason = words[0], strings.Join(words[1:], " ")
	}
	v.As = t.library.BlockableAs(v.Item)
	switch v.As {
	case "document":
		v.Name = t.library.Document(knowledge.DocumentID(v.Item)).Title
	case "provision":
		v.Name = t.library.Provision(knowledge.ProvisionID(v.Item)).Source()
	case "card":
		v.Name = t.library.Card(knowledge.CardID(v.Item)).Ask[0]
	}
	return v
}
