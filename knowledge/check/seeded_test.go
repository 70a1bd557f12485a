package check_test

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"

	"policybot/knowledge"
	"policybot/knowledge/check"
	"policybot/knowledge/content"
)

// seed is one fault put into the built-in content: text of a file in another's place, or an item more
// at its end. It must be found by its rule, on the line that holds at, and nothing else with it. Both
// explanations tell what to do: each holds the word given.
type seed struct {
	name         string
	file         string
	before       string // must stand in the file; empty: after is added at its end
	after        string
	at           string
	rule, vi, en string
}

const (
	livingFile = "cards/living.yaml"
	wardsFile  = "wards/wards.yaml"
	docsFile   = "documents/insurance.yaml"
	figsFile   = "figures/insurance-premium.yaml"
)

// sound is a card without a fault; each seed that uses it has one line of it changed.
const sound = `
- id: gieo-loi
  topic: living
  ask: [câu hỏi gieo vào để thử máy soát]
  probe: [câu gieo thử máy]
  answer: Bà con hỏi UBND xã, phường nơi mình ở.
  basis: [nd-161-2026]
  applies: {from: 2026-07-01}
  confirmed_on: 2026-11-23
`

// soundDocument is a document without a fault, which is of confidence C so that it can be cited wrongly.
const soundDocument = `
- id: nd-900-2026
  number: 900/2026/NĐ-CP
  kind: decree
  title: Văn bản gieo vào
  issued: 2026-06-01
  in_force: {from: 2026-07-01}
  place: national
  source: không có
  confidence: C
  confirmed_on: 2026-11-23
  whole:
    summary: Nhận đơn trong 15 ngày.
`

// soundFigure is a figure without a fault.
const soundFigure = `
- name: gieo.loi
  title: con số gieo vào
  unit: vnd
  values:
    - {from: 2026-07-01, until: 2026-08-01, value: "2.530.000", basis: [nd-161-2026], confidence: A, confirmed_on: 2026-11-23}
    - {from: 2026-08-01, value: "2.530.000", basis: [nd-161-2026], confidence: A, confirmed_on: 2026-11-23}
`

func card(before, after string) string     { return strings.Replace(sound, before, after, 1) }
func document(before, after string) string { return strings.Replace(soundDocument, before, after, 1) }

var seeds = []seed{
	// files and keys
	{"a key that nobody knows", livingFile, "", card("  probe:", "  prob:"), "  prob:", "unknown-key", "sửa lỗi gõ", "correct the spelling"},
	{"the same key twice", livingFile, "", card("  topic: living\n", "  topic: living\n  topic: credit\n"), "  topic: credit", "repeated-key", "chỉ giữ một", "keep one"},
	{"a quote that does not close", livingFile, "", card("answer: Bà con", "answer: 'Bà con"), "", "unreadable", "dấu ngoặc", "quotes"},
	{"a day that is in no calendar", livingFile, "", card("2026-11-23", "2026-11-31"), "2026-11-31", "bad-value", "2026-11-23", "2026-11-23"},
	{"money without dots", figsFile, `value: "2.530.000"`, `value: "2530000"`, "2530000", "bad-value", "2.340.000", "2.340.000"},
	{"a name that another card has", livingFile, "", card("id: gieo-loi", "id: luong-co-so"), "", "repeated-name", "đặt tên khác", "give another one"},
	{"no day of confirmation", livingFile, "", card("  confirmed_on: 2026-11-23\n", ""), "id: gieo-loi", "not-confirmed", "thêm confirmed_on", "add the day"},
	// citations
	{"a citation that leads nowhere", livingFile, "", card("[nd-161-2026]", "[nd-161-2026, nd-161-2026/d77]"), "d77", "unknown-provision", "sửa mã", "correct it"},
	{"a document that there is not", docsFile, "", document("  source:", "  relations: [{replaces: nd-901-2026}]\n  source:"), "relations", "unknown-document", "sửa mã", "correct it"},
	{"a citation that has expired", livingFile, "", card("[nd-161-2026]", "[nd-161-2026, nd-73-2024]"), "nd-73-2024", "basis-never-applies", "bỏ căn cứ này", "take it out"},
	{"a citation that expires under the card", livingFile, "", card("[nd-161-2026]", "[nd-351-2025]"), "nd-351-2025", "basis-gap", "tách thẻ theo thời kỳ", "split the card"},
	{"an answer without a citation", livingFile, "", card("  basis: [nd-161-2026]\n", ""), "id: gieo-loi", "no-basis", "thêm basis", "add it"},
	{"a fact that is not confirmed", livingFile, "", card("[nd-161-2026]", "[nd-161-2026, nq-xx]"), "nq-xx", "unconfirmed-as-fact", "chưa xác nhận", "not confirmed"},
	// figures
	{"a figure mistyped", figsFile, `value: "2.530.000"`, `value: "2.350.000"`, "2.350.000", "figure-not-in-basis", "sửa con số", "correct the value"},
	{"two values on the same days", figsFile, "", strings.Replace(soundFigure, "until: 2026-08-01", "until: 2026-09-01", 1), "from: 2026-08-01", "figure-overlap", "sửa from hoặc until", "change from or until"},
	{"days without a value", figsFile, `{from: 2024-07-01, value: "2.340.000"`, `{from: 2024-07-01, until: 2026-06-01, value: "2.340.000"`, "2.530.000", "figure-gap", "unknown: true", "unknown: true"},
	{"a value before its law", figsFile, `{from: 2026-07-01, value: "2.530.000"`, `{from: 2026-06-01, value: "2.530.000"`, "2.530.000", "figure-outside-basis", "sửa ngày", "change the days"},
	{"a figure typed into an answer", livingFile, "", card("answer: Bà con", "answer: Được 2.530.000 đồng. Bà con"), "Được", "typed-figure", "{{fig", "{{fig"},
	{"a document number typed into an answer", livingFile, "", card("answer: Bà con", "answer: Theo 161/2026/NĐ-CP. Bà con"), "Theo", "typed-document", "{{doc", "{{doc"},
	{"a figure that there is not", livingFile, "", card("answer: Bà con", `answer: Được {{fig "luong.co.ban"}}. Bà con`), "luong.co.ban", "unknown-figure", "sửa tên", "correct the name"},
	{"a template that cannot be read", livingFile, "", card("answer: Bà con", `answer: Được {{figg "base_salary"}}. Bà con`), "figg", "bad-template", "xem lại", "look at"},
	// language
	{"a sentence too long", livingFile, "", card("nơi mình ở.", "nơi mình ở "+strings.Repeat("rồi hỏi thêm nữa ", 4)+"cho chắc."), "rồi hỏi", "long-sentence", "tách thành hai câu", "make two of it"},
	{"officialese", livingFile, "", card("nơi mình ở.", "theo quy định của pháp luật."), "pháp luật", "jargon", "lời bà con", "everyday words"},
	{"an office of the past", livingFile, "", card("UBND xã, phường nơi", "UBND huyện nơi"), "UBND huyện", "district-office", "UBND xã", "commune"},
	{"letters that are not composed", livingFile, "", card("câu gieo thử máy", "ca\u0302u gieo thử máy"), "ca\u0302u", "not-nfc", "NFC", "NFC"},
	{"a letter that nobody sees", livingFile, "", card("câu gieo thử", "câu\u200bgieo thử"), "\u200b", "invisible-letter", "xóa và gõ lại", "delete and type again"},
	// ways on, wordings, places
	{"no next step", livingFile, "", card("answer: Bà con hỏi UBND xã, phường nơi mình ở.", "outcome: no_evidence\n  answer: Điều này chưa có thông tin."), "outcome", "no-next-step", "thêm next", "add next"},
	{"a next card that there is not", livingFile, "", card("  basis:", "  next: [the-nao-do]\n  basis:"), "the-nao-do", "unknown-card", "sửa mã", "correct it"},
	{"a wording of two cards", livingFile, "", card("câu hỏi gieo vào để thử máy soát", "mức lương cơ sở mới nhất"), "mức lương", "shared-ask", "bỏ ở một thẻ", "take it out of one"},
	{"a probe that is a wording", livingFile, "", card("câu gieo thử máy", "câu hỏi gieo vào để thử máy soát"), "probe:", "probe-is-ask", "câu thử khác", "another one"},
	{"a ward code of four digits", wardsFile, "", "\n- code: \"3111\"\n  name: Gieo Lỗi\n  kind: phuong\n  former: cantho-cu\n", "3111", "ward-code", "năm chữ số", "five digits"},
	{"two wards of one name", wardsFile, "", "\n- code: \"99999\"\n  name: Cái Khế\n  kind: phuong\n  former: cantho-cu\n", "", "repeated-ward", "cùng tên", "take one out"},
	{"a place that there is not", docsFile, "", document("place: national", "place: can-tho"), "can-tho", "unknown-place", "cantho", "cantho"},
	// freshness
	{"not confirmed for 90 days", livingFile, "", card("confirmed_on: 2026-11-23", "confirmed_on: 2026-08-24"), "2026-08-24", "stale", "xem lại nguồn", "compare with the source"},
	{"about to end", livingFile, "", card("{from: 2026-07-01}", "{from: 2026-07-01, until: 2027-01-22}"), "2027-01-22", "expires-soon", "tìm quy định mới", "look for the new rule"},
}

var seedDay = knowledge.NewDate(2026, 11, 23)

// embedded is a copy of the built-in content in memory. Unless the long checks run, most cards are left
// out, to be quick; what then leads nowhere is there before any fault is seeded.
func embedded(t *testing.T) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(content.FS, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		card := strings.HasPrefix(name, "cards/") && name != livingFile && name != "cards/insurance-premium.yaml"
		if card && os.Getenv("POLICYBOT_LONG") == "" {
			return nil
		}
		data, err := fs.ReadFile(content.FS, name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// sow returns the content with the fault in it, and the line it stands on; 0: wherever it is found.
func (s seed) sow(t *testing.T, files fstest.MapFS) (fstest.MapFS, int) {
	t.Helper()
	text := string(files[s.file].Data)
	seeded := strings.TrimRight(text, "\n") + "\n" + s.after
	if s.before != "" {
		if strings.Count(text, s.before) != 1 {
			t.Fatalf("%q does not stand in %s once", s.before, s.file)
		}
		seeded = strings.Replace(text, s.before, s.after, 1)
	}
	line := 0
	if at := strings.LastIndex(seeded, s.at); s.at != "" && at >= 0 {
		line = 1 + strings.Count(seeded[:at], "\n")
	}
	sown := maps.Clone(files)
	sown[s.file] = &fstest.MapFile{Data: []byte(seeded)}
	return sown, line
}

func found(t *testing.T, files fs.FS) []check.Finding {
	t.Helper()
	l, err := knowledge.Load(files)
	var all []check.Finding
	if refused, ok := errors.AsType[knowledge.Faults](err); ok {
		for _, f := range refused {
			all = append(all, check.Finding{Fault: f, Severity: check.Error})
		}
		return all
	}
	if err != nil {
		t.Fatal(err)
	}
	return check.Run(l, seedDay)
}

// TestFaultsSeededInTheContent puts faults into the built-in content, one at a time, and wants each
// found where it is, and nothing besides.
func TestFaultsSeededInTheContent(t *testing.T) {
	files := embedded(t)
	files[docsFile] = &fstest.MapFile{Data: append(slices.Clone(files[docsFile].Data), strings.Replace(soundDocument, "nd-900-2026\n  number: 900/2026/NĐ-CP\n  kind: decree", "nq-xx\n  kind: resolution", 1)...)}
	before := map[string]bool{}
	key := func(f check.Finding) string { return f.File + " " + f.Rule + " " + f.Detail }
	for _, f := range found(t, files) {
		before[key(f)] = true
	}
	sown, _ := seed{file: livingFile, after: sound}.sow(t, files)
	sown, _ = seed{file: docsFile, after: soundDocument}.sow(t, sown)
	sown, _ = seed{file: figsFile, after: soundFigure}.sow(t, sown)
	for _, f := range found(t, sown) {
		if !before[key(f)] {
			t.Fatalf("the sound items have a fault: %v", f.Fault)
		}
	}
	kinds := map[string]bool{}
	for _, s := range seeds {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			sown, line := s.sow(t, files)
			var fresh []check.Finding
			for _, f := range found(t, sown) {
				if !before[key(f)] {
					fresh = append(fresh, f)
				}
			}
			if len(fresh) != 1 || fresh[0].Rule != s.rule || fresh[0].File != s.file || line != 0 && fresh[0].Line != line {
				t.Fatalf("found %v, want one %s in %s, line %d", fresh, s.rule, s.file, line)
			}
			vi, en := check.Explain(fresh[0].Fault, check.Vietnamese), check.Explain(fresh[0].Fault, check.English)
			if !strings.Contains(vi, s.vi) || !strings.Contains(en, s.en) || vi == en {
				t.Errorf("explained as\n%s\n%s", vi, en)
			}
			if strings.ContainsFunc(s.at, unicode.IsLetter) && fresh[0].Line == 0 {
				t.Error("no line is told")
			}
		})
		kinds[s.rule] = true
	}
	if len(kinds) < 25 {
		t.Errorf("%d kinds of faults are seeded, want 25", len(kinds))
	}
}
