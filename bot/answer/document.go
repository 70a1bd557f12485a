package answer

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"policybot/index/vi"
	"policybot/knowledge"
)

// documentKinds are the kinds of documents as people write them, without marks.
var documentKinds = map[string]knowledge.DocumentKind{
	"luat": knowledge.Law, "nghi dinh": knowledge.Decree, "nd": knowledge.Decree, "thong tu": knowledge.Circular, "tt": knowledge.Circular,
	"nghi quyet": knowledge.Resolution, "nq": knowledge.Resolution, "quyet dinh": knowledge.Decision, "qd": knowledge.Decision,
	"ke hoach": knowledge.Plan, "kh": knowledge.Plan, "cong van": knowledge.Letter, "cv": knowledge.Letter,
}

// documentNames are the kinds as they are written before a number.
var documentNames = map[knowledge.DocumentKind]string{
	knowledge.Law: "Luật", knowledge.Decree: "Nghị định", knowledge.Circular: "Thông tư", knowledge.Resolution: "Nghị quyết",
	knowledge.Decision: "Quyết định", knowledge.Plan: "Kế hoạch", knowledge.Letter: "Công văn",
}

var (
	// documentNumber is a number as it is typed: "nghị định 335/2026", "188/2025/NĐ-CP", "nq 261".
	documentNumber = regexp.MustCompile(`\b(?:(luat|nghi dinh|nd|thong tu|tt|nghi quyet|nq|quyet dinh|qd|ke hoach|kh|cong van|cv)(?: so)? )?(\d{1,4})(?:/(\d{4}))?(?:/([a-z]+[a-z0-9-]*))?\b`)
	// ofItself asks about the document, not about what it gives.
	ofItself = regexp.MustCompile(`\b(hieu luc|ban hanh|thay the|bai bo|la gi|(noi|quy dinh|ve)( ve)?( viec)? gi|noi dung|con (ap dung|dung|xai)|het han)\b`)
)

// document settles a question about one document itself: since when it is in force, what has taken its
// place. All that is said stands in the library's record of it.
func (a *Answerer) document(_ context.Context, d *draft) (bool, error) {
	text := strings.ToLower(vi.Fold(vi.Normalize(d.question.Text)))
	if d.has(knowledge.WordGroup) || d.best().score >= sure || !ofItself.MatchString(text) {
		return false, nil
	}
	named := a.documentsIn(text)
	if len(named) != 1 || named[0].Confidence == knowledge.Unconfirmed {
		return false, nil
	}
	a.tellDocument(d, named[0])
	return true, nil
}

// documentsIn returns the documents whose numbers a text without marks holds. A bare number is none.
func (a *Answerer) documentsIn(text string) (named []*knowledge.Document) {
	for _, m := range documentNumber.FindAllStringSubmatch(text, -1) {
		kind, number, year, suffix := m[1], m[2], m[3], m[4]
		if kind == "" && year == "" && suffix == "" {
			continue
		}
		for _, doc := range a.library.Documents {
			parts := strings.Split(strings.ToLower(vi.Fold(doc.Number)), "/")
			same := parts[0] == number && (kind == "" || documentKinds[kind] == doc.Kind) &&
				(suffix == "" || parts[len(parts)-1] == suffix) &&
				(year == "" || slices.Contains(parts, year) || strings.HasPrefix(doc.Issued.String(), year))
			if same && !slices.Contains(named, doc) {
				named = append(named, doc)
			}
		}
	}
	return named
}

// tellDocument says what is known of a document.
func (a *Answerer) tellDocument(d *draft, doc *knowledge.Document) {
	d.Outcome, d.Lead = knowledge.Answered, inForce(doc, d.Day)
	d.Bullets = append(d.Bullets, "Về việc: "+doc.Title+".")
	if doc.InForce.From.IsZero() {
		d.Outcome, d.Lead = knowledge.Partial, documentName(doc)+": "+doc.Title+"."
		d.Bullets = []string{"Ngày hiệu lực tôi chưa có."}
	}
	switch {
	case doc.Issuer != "" && !doc.Issued.IsZero():
		d.Bullets = append(d.Bullets, fmt.Sprintf("%s ban hành ngày %s.", doc.Issuer, doc.Issued.Vietnamese()))
	case doc.Issuer != "":
		d.Bullets = append(d.Bullets, doc.Issuer+" ban hành.")
	}
	d.Bullets = append(d.Bullets, a.successions(doc)...)
	for _, p := range a.library.Provisions() {
		if p.Document == doc && p.Applies.Contains(d.Day) && len(d.Provisions) == 0 {
			d.Provisions = append(d.Provisions, p)
		}
	}
	if doc.Confidence != knowledge.Checked {
		d.Notes = append(d.Notes, Note{Kind: NotChecked})
	}
}

// successions says what a document has replaced, and what has replaced it.
func (a *Answerer) successions(doc *knowledge.Document) (lines []string) {
	for _, r := range doc.Relations {
		if old := a.library.Document(r.Replaces); old != nil && old.Number != "" {
			lines = append(lines, "Thay cho: "+documentName(old)+".")
		}
	}
	for _, other := range a.library.Documents {
		for _, r := range other.Relations {
			if r.Replaces == doc.ID || r.Repeals == doc.ID {
				lines = append(lines, "Văn bản thay thế: "+documentName(other)+".")
			}
		}
	}
	return lines
}

func documentName(doc *knowledge.Document) string { return documentNames[doc.Kind] + " " + doc.Number }

// inForce says in a line when a document whose first day is known is in force, as seen from a day.
func inForce(doc *knowledge.Document, on knowledge.Date) string {
	name, from, last := documentName(doc), doc.InForce.From, doc.InForce.Last()
	switch {
	case on.Before(from):
		return fmt.Sprintf("%s tới ngày %s mới có hiệu lực.", name, from.Vietnamese())
	case !last.IsZero() && last.Before(on):
		return fmt.Sprintf("%s đã hết hiệu lực sau ngày %s.", name, last.Vietnamese())
	case !last.IsZero():
		return fmt.Sprintf("%s có hiệu lực từ ngày %s đến hết ngày %s.", name, from.Vietnamese(), last.Vietnamese())
	}
	return fmt.Sprintf("%s có hiệu lực từ ngày %s.", name, from.Vietnamese())
}
