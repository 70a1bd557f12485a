package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"
	"text/tabwriter"
	"unicode/utf8"

	"policybot/knowledge"
	"policybot/knowledge/intake"
)

// report prints the table of what was read, then what was unsure and what changed.
func (im *importer) report(w io.Writer) {
	if len(im.done) == 0 {
		return
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "TỆP\tLOẠI\tTRANG\tVĂN BẢN\tĐIỀU\tKHOẢN\tĐIỂM\tCHƯA CHẮC")
	for _, one := range im.done {
		d := one.document
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%d\t%d\t%d\t%d\n", filepath.Base(one.file), d.Format, pages(d.Pages), d.ID,
			intake.Count(d.Units, intake.Article), intake.Count(d.Units, intake.Clause), intake.Count(d.Units, intake.Point), len(d.Doubts))
	}
	table.Flush()
	for _, one := range im.done {
		one.print(w, im.versions.Content, im.compare)
	}
}

func pages(n int) string {
	if n == 0 {
		return "–"
	}
	return strconv.Itoa(n)
}

func (one imported) print(w io.Writer, content *knowledge.Library, compared bool) {
	d := one.document
	fmt.Fprintf(w, "\n%s %s\n", d.ID, d.Title)
	fmt.Fprintf(w, "  bản nháp: %s\n", one.draft)
	if one.note != "" {
		fmt.Fprintf(w, "  %s\n", one.note)
	}
	if known := content.Document(d.ID); known != nil {
		fmt.Fprintf(w, "  nội dung đã có văn bản này (%s:%d): chép từng quy định cần dùng, đừng chép cả tệp nháp\n", known.Pos.File, known.Pos.Line())
	}
	one.facts(w)
	for _, doubt := range d.Doubts {
		fmt.Fprintf(w, "  chưa chắc: %s\n", doubt)
	}
	if compared {
		one.printChanges(w)
	}
}

// facts prints what was found out about the document as a whole.
func (one imported) facts(w io.Writer) {
	d := one.document
	fmt.Fprintf(w, "  số %s; ban hành %s; %s; hiệu lực từ %s%s\n", or(d.Number), or(d.Issued.Vietnamese()), or(d.Issuer),
		or(d.InForce.From.Vietnamese()), prefixed(" đến hết ", d.InForce.Last().Vietnamese()))
	if d.Signer != "" {
		fmt.Fprintf(w, "  người ký: %s\n", d.Signer)
	}
	if d.Consolidated != "" {
		fmt.Fprintf(w, "  đọc từ văn bản hợp nhất %s\n", d.Consolidated)
	}
	for _, a := range d.Attached {
		fmt.Fprintf(w, "  kèm theo: %s (%d điều)\n", a.Title, intake.Count(a.Units, intake.Article))
	}
	if len(d.Annexes) > 0 {
		fmt.Fprintf(w, "  %d phụ lục, mẫu không đưa vào bản nháp: %s\n", len(d.Annexes), strings.Join(d.Annexes, ", "))
	}
	for _, e := range d.Effects {
		if len(e.Paths) > 0 {
			fmt.Fprintf(w, "  hiệu lực riêng từ %s%s: %s (%s)\n", e.Period.From.Vietnamese(), prefixed(" đến hết ", e.Period.Last().Vietnamese()), strings.Join(e.Paths, ", "), e.Place)
		}
	}
	for _, r := range d.References {
		fmt.Fprintf(w, "  %s %s\n", ties[r.Tie], r.Number)
	}
}

var ties = map[intake.Tie]string{
	intake.Replaces: "thay thế", intake.Amends: "sửa đổi", intake.Repeals: "bãi bỏ", intake.Details: "hướng dẫn", intake.RestsOn: "căn cứ",
}

func or(s string) string {
	if s == "" {
		return "(chưa rõ)"
	}
	return s
}

func prefixed(prefix, s string) string {
	if s == "" {
		return ""
	}
	return prefix + s
}

var changeNames = map[intake.ChangeKind]string{
	intake.Added: "THÊM", intake.Removed: "BỎ", intake.Changed: "SỬA", intake.Amended: "BỊ SỬA", intake.Touched: "BỊ SỬA MỘT PHẦN", intake.Ended: "HẾT HIỆU LỰC",
	intake.Figures: "SỐ KHÁC", intake.Whole: "XEM LẠI (dẫn cả văn bản)",
}

var dependents = map[string]string{"card": "thẻ", "procedure": "thủ tục", "figure": "con số", "rule": "phép tính"}

func (one imported) printChanges(w io.Writer) {
	if len(one.changes) == 0 {
		fmt.Fprintln(w, "  so sánh: không thấy thay đổi nào")
		return
	}
	fmt.Fprintf(w, "  so sánh: %d thay đổi\n", len(one.changes))
	for _, c := range one.changes {
		by := prefixed(", do ", c.By)
		if c.Kind == intake.Ended {
			by = ", " + ties[intake.Tie(c.By)]
		}
		fmt.Fprintf(w, "  %s %s%s%s\n", changeNames[c.Kind], c.Provision, by, prefixed(", ", c.Place.String()))
		if c.Old != "" {
			fmt.Fprintf(w, "    cũ:  %s\n", excerpt(c.Old))
		}
		if c.New != "" {
			fmt.Fprintf(w, "    mới: %s\n", excerpt(c.New))
		}
		if c.New == "" && (c.Kind == intake.Amended || c.Kind == intake.Touched) {
			fmt.Fprintln(w, "    mới: bãi bỏ, hoặc chỉ đổi vài chữ: xem văn bản mới")
		}
		if len(c.Missing) > 0 {
			fmt.Fprintf(w, "    trong tóm lược có, trong văn bản mới không thấy: %s\n", strings.Join(c.Missing, ", "))
		}
		for _, r := range c.Rests {
			fmt.Fprintf(w, "    → %s %s  %s:%d\n", dependents[r.Kind], r.Name, r.File, r.Line)
		}
	}
}

// excerpt shortens a text to what fits a line.
func excerpt(s string) string {
	const most = 160
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most]) + "…"
}
