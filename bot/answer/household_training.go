package answer

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"policybot/index/vi"
	"policybot/knowledge"
	"policybot/knowledge/eligibility"
	"policybot/knowledge/training"
)

var (
	classDays = regexp.MustCompile(`\b(\d{1,3}) (?:ngay|buoi|bua)\b`)
	classWay  = regexp.MustCompile(`\b(\d{1,3}) ?(?:km|cay so|cay|ki lo met|kilomet|kilo met)\b`)
	hardArea  = regexp.MustCompile(`\b(?:dac biet kho khan|vung kho khan|xa kho khan|xa dao|dbkk)\b`)
	classFee  = regexp.MustCompile(`\b(?:hoc phi|tien hoc|gia|thu|ton|het|dong)\b`)
)

// trainees are the words that tell whom somebody learning a trade counts as. Where several do, the
// one with the highest amount is asked about first: [training.Groups].
var trainees = map[string]training.Group{"disabled": training.Disabled, "poor": training.Poor, "near_poor": training.NearPoor,
	"ethnic": training.Minority, "merit": training.Merit, "woman": training.Woman, "rural_worker": training.Rural, "youth": training.Youth}

var traineeNames = map[training.Group]string{training.Disabled: "người khuyết tật", training.PoorMinority: "dân tộc thiểu số hộ nghèo", training.Poor: "hộ nghèo",
	training.NearPoor: "hộ cận nghèo", training.Minority: "dân tộc thiểu số", training.Merit: "người có công", training.Woman: "phụ nữ",
	training.WomanJobless: "lao động nữ mất việc", training.Rural: "lao động nông thôn", training.Youth: "thanh niên xuất ngũ, tình nguyện"}

// trainings settles a question that tells how long a class is, how far, or what it costs, and asks
// what is given for it.
func (a *Answerer) trainings(_ context.Context, d *draft) (settled bool, err error) {
	about := []string{"training", "tuition", "ward"}
	for _, w := range ofKind(d.words, knowledge.WordBeyond) { // a trade may be cooking or football
		if w.ID != "other_province" {
			about = append(about, w.ID)
		}
	}
	if !d.names("training") || !d.onlyAbout(about, []string{"papers", "duration", "where", "signer", "since", "until", "difference", "objection", "phone", "copay"}) {
		return false, nil
	}
	class, heard, told := a.classIn(d)
	if !told {
		return false, nil
	}
	grants, err := training.Grants(a.library, class)
	if errors.Is(err, knowledge.ErrNotKnown) {
		return false, nil // the cards say what is not known
	}
	if err != nil {
		return false, fmt.Errorf("support of a class: %w", err)
	}
	d.Heard = heard
	return true, a.trains(d, class, grants)
}

// classIn reads a class; told is false when nothing of it is told that an amount hangs on.
func (a *Answerer) classIn(d *draft) (c training.Class, h Heard, told bool) {
	text := vi.Fold(d.reading.Text)
	c.Day, h.About = d.day, AboutTraining
	if m := classDays.FindStringSubmatch(text); m != nil {
		c.Days, told = knowledge.Known(number(m[1])), true
		h.count("days", number(m[1]), "học "+m[1]+" ngày")
	}
	if m := classWay.FindStringSubmatch(text); m != nil {
		c.Km, told = knowledge.Known(number(m[1])), true
		h.count("km", number(m[1]), "cách "+m[1]+" km")
	}
	if fees := vi.Amounts(d.question.Text); len(fees) == 1 && classFee.MatchString(text) {
		c.Fee, told = knowledge.Known(fees[0]), true
		h.add("fee", fmt.Sprint(int64(fees[0])), "học phí "+fees[0].String())
	}
	c.Group = d.trainee()
	h.add("group", string(c.Group), traineeNames[c.Group])
	place, _ := a.placeIn(d.tokens)
	h.addPlace(place)
	// No list of the areas of special difficulty is at hand: who does not name one gets the general
	// result, and is told that there may be more.
	c.Hard = knowledge.Known(hardArea.MatchString(text))
	return c, h, told
}

// trainee returns whom somebody counts as, by the highest amount; empty when it is not told.
func (d *draft) trainee() training.Group {
	has := map[training.Group]bool{}
	for word, group := range trainees {
		has[group] = has[group] || d.names(word)
	}
	has[training.PoorMinority] = has[training.Poor] && has[training.Minority]
	has[training.WomanJobless] = d.names("jobless") && d.names("woman")
	for _, g := range training.Groups() {
		if has[g] {
			return g
		}
	}
	return ""
}

var ruleDocuments = map[training.Rule]knowledge.DocumentID{training.Decree338: "nd-338-2025", training.Decision46: "qd-46-2015-ttg"}

// trains writes what each rule gives.
func (a *Answerer) trains(d *draft, c training.Class, grants []training.Grant) error {
	first := grants[0]
	d.Outcome, d.Lead = knowledge.Answered, leadOfGrant(first)
	if place, _ := d.Heard.Value("place"); place == string(eligibility.Urban) && first.Rule == training.Decree338 && c.Group != training.Youth {
		d.Outcome, d.Referral = knowledge.CannotConclude, true
		d.Lead = "Chưa kết luận được: quy định dành cho lao động nông thôn, ở phường phải hỏi UBND. Nếu được thì " + strings.TrimPrefix(d.Lead, "Được ")
	}
	d.Bullets = []string{d.Heard.told()}
	var used []knowledge.Value
	numbers := d.Heard.numbersTold()
	for _, g := range grants {
		document := a.library.Document(ruleDocuments[g.Rule])
		intro := "Theo " + document.Name()
		if g.Rule == training.Decision46 && len(grants) > 1 {
			intro += " (cũ, còn được dẫn)"
		}
		d.Bullets = append(d.Bullets, intro+": "+strings.Join(grantLines(g), "; ")+".")
		used = append(used, g.Used...)
		numbers = append(numbers, money(g.Total), money(g.Cap))
		for _, line := range g.Lines {
			numbers = append(numbers, money(line.Amount), money(line.Rate), countOf(line.Days), countOf(line.MinKm))
		}
	}
	d.Bullets = append(d.Bullets, a.whoTrains(d, c, grants)...)
	return a.rest(d, "training", eligibility.Entitlement{}, used, numbers...)
}

// leadOfGrant says in a line what the first rule gives of what was asked about.
func leadOfGrant(g training.Grant) string {
	var parts []string
	for _, line := range g.Lines {
		if line.Known && line.Amount > 0 {
			parts = append(parts, fmt.Sprintf("%s %s", partNames[line.Part], line.Amount))
		}
	}
	switch {
	case len(parts) == 0:
		return "Phần mình hỏi chưa đủ điều kiện để có tiền hỗ trợ."
	case len(parts) == 1:
		return "Được hỗ trợ " + parts[0] + "."
	}
	return fmt.Sprintf("Được hỗ trợ %s; cộng %s.", strings.Join(parts, ", "), g.Total)
}

var partNames = map[training.Part]string{training.Fees: "học phí", training.Meals: "tiền ăn", training.Way: "đi lại"}

// grantLines write the arithmetic of a rule.
func grantLines(g training.Grant) []string {
	var lines []string
	for _, l := range g.Lines {
		switch {
		case l.Part == training.Fees && g.Cap > 0:
			lines = append(lines, fmt.Sprintf("học phí, ăn, đi lại cộng lại tối đa %s", g.Cap))
		case l.Part == training.Fees && !l.Known, l.Part == training.Fees && l.Amount == l.Rate:
			lines = append(lines, fmt.Sprintf("học phí tối đa %s", l.Rate))
		case l.Part == training.Fees:
			lines = append(lines, fmt.Sprintf("học phí %s (tối đa %s)", l.Amount, l.Rate))
		case l.Part == training.Meals && l.Known:
			lines = append(lines, fmt.Sprintf("ăn %s × %d ngày = %s", l.Rate, l.Days, l.Amount))
		case l.Part == training.Meals:
			lines = append(lines, fmt.Sprintf("ăn %s một ngày", l.Rate))
		case l.Known && l.Amount == 0:
			lines = append(lines, fmt.Sprintf("không có tiền đi lại vì cách dưới %d km", l.MinKm))
		case l.Known:
			lines = append(lines, fmt.Sprintf("đi lại %s (cách từ %d km)", l.Amount, l.MinKm))
		default:
			lines = append(lines, fmt.Sprintf("đi lại %s nếu cách từ %d km", l.Rate, l.MinKm))
		}
	}
	return lines
}

// whoTrains says for whom the rules are, and who says which of them pays.
func (a *Answerer) whoTrains(d *draft, c training.Class, grants []training.Grant) []string {
	var lines []string
	place, _ := d.Heard.Value("place")
	if grants[0].Rule == training.Decree338 && c.Group != training.Youth {
		if place == "" {
			lines = append(lines, "Quy định mới dành cho lao động nông thôn; người ở phường hỏi UBND phường.")
		}
	}
	if hard, _ := c.Hard.Value(); c.Km.IsKnown() && !hard {
		lines = append(lines, "Ở vùng đặc biệt khó khăn, tiền đi lại có thể cao hơn.")
	}
	if len(grants) > 1 {
		return append(lines, "Lớp của mình trả theo văn bản nào, UBND xã/phường trả lời.")
	}
	if c.Group == "" {
		return append(lines, "Hộ nghèo, cận nghèo, người khuyết tật có thêm quy định cũ; bà con hỏi UBND xã/phường.")
	}
	return append(lines, "Mức cụ thể theo lớp và nguồn tiền, UBND xã/phường trả lời.")
}
