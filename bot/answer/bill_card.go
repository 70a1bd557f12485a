package answer

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"policybot/index/vi"
	"policybot/knowledge"
	"policybot/knowledge/copay"
)

// cardGroups are the groups on insurance cards, by the ID of the word.
var cardGroups = map[string]copay.Group{"poor": copay.Poor, "near_poor": copay.NearPoor, "family": copay.Household, "student": copay.Student,
	"pensioner": copay.Pensioner, "social_aid": copay.Allowance, "farm_average": copay.Farmer, "worker": copay.Worker,
	"trafficked": copay.Trafficked, "village_post": copay.LocalForce}

// Who has merits themselves, and whose relatives they are.
var (
	ofMartyr = regexp.MustCompile(`\b(than nhan|con|vo|chong|cha|ba|me|ma)( cua)? (gia dinh )?liet s[iy]\b`)
	ofMerit  = regexp.MustCompile(`\b(than nhan|con|vo|chong|cha|me|ma)( cua)? (thuong binh|benh binh|nguoi co cong|cuu chien binh)\b`)
	hasMerit = regexp.MustCompile(`\b(thuong binh|benh binh|nguoi co cong|cuu chien binh|me viet nam anh hung)\b`)
)

// hearCard tells the groups of the patient: from the words for people, and from the code of a card.
// Where one of several is meant, it stays open which.
func (a *Answerer) hearCard(d *draft, f *copay.Facts) {
	var sure []copay.Group
	hear := func(groups ...copay.Group) {
		switch {
		case len(groups) > 1:
			f.Group = knowledge.OneOf(groups...)
		case len(groups) == 1 && !slices.Contains(sure, groups[0]):
			sure = append(sure, groups[0])
		}
	}
	for _, w := range d.words {
		hear(a.groupsOf(d, w)...)
	}
	for _, code := range codesIn(d.tokens) {
		f.Digit = max(f.Digit, code.Digit())
		hear(code.Groups()...)
	}
	if f.Group.Told() && !slices.ContainsFunc(sure, func(g copay.Group) bool { return slices.Contains(f.Group.Among(nil), g) }) {
		f.Also = sure
		return
	}
	if len(sure) > 0 {
		f.Group, f.Also = knowledge.Known(sure[0]), sure[1:]
	}
}

// groupsOf returns the groups that a word for people stands for.
func (a *Answerer) groupsOf(d *draft, w *knowledge.Word) []copay.Group {
	text := foldOf(d.tokens)
	switch w.ID {
	case "child6":
		if d.isChild(w) {
			return []copay.Group{copay.Child}
		}
	case "social_pension":
		switch {
		case d.names("older75"):
			return []copay.Group{copay.SocialPension75}
		case d.names("older70", "older60"):
			return []copay.Group{copay.SocialPension}
		}
		return []copay.Group{copay.SocialPension75, copay.SocialPension}
	case "jobless":
		if d.names("unemployment") {
			return []copay.Group{copay.Unemployed}
		}
	case "merit":
		switch {
		case ofMartyr.MatchString(text):
			return []copay.Group{copay.MartyrRelative}
		case ofMerit.MatchString(text):
			return []copay.Group{copay.MeritRelative}
		case hasMerit.MatchString(text):
			return []copay.Group{copay.Merit}
		}
		return []copay.Group{copay.Merit, copay.MartyrRelative, copay.MeritRelative}
	}
	if g := cardGroups[w.ID]; g != "" {
		return []copay.Group{g}
	}
	return nil
}

// codesIn returns the codes of cards in a text: "CN3", "thẻ GD 4", "mã HT".
func codesIn(tokens []token) []copay.Code {
	var all []copay.Code
	for i, t := range tokens {
		named := i > 0 && (tokens[i-1].fold == "the" || tokens[i-1].fold == "ma")
		text := t.fold
		if len(text) == 2 && named && i+1 < len(tokens) && len(tokens[i+1].fold) == 1 {
			text += tokens[i+1].fold
		}
		code, ok := copay.ParseCode(text)
		if !ok {
			code, ok = copay.ParseCode(t.fold)
		}
		if ok && (named || len(t.fold) > 2) {
			all = append(all, code)
		}
	}
	return all
}

// meaningOfCode tells whose card it is by its code, and what the fund pays for them on the day. Letters
// that may be of two groups keep the card's own text.
func meaningOfCode(a *Answerer, d *draft, out *Answer) error {
	codes := codesIn(d.tokens)
	if len(codes) != 1 || len(codes[0].Groups()) != 1 {
		return nil
	}
	group := codes[0].Groups()[0]
	v, err := a.library.Figure(group.Figure(), d.Day)
	if errors.Is(err, knowledge.ErrNotKnown) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("meaning of a card's code: %w", err)
	}
	out.Lead = fmt.Sprintf("%s là thẻ của %s. Khám đúng nơi, quỹ trả %s.", codes[0].Letters, a.people(part{Result: copay.Result{Group: group}}), v.Amount)
	out.used = append(out.used, v)
	out.Provisions = a.basis(out.Card, out.used, d.Day)
	out.Notes = a.notes(out.Card, out, out.used, d.today)
	return nil
}

// isChild reports whether the patient is said to be a child below the age of the word: "em bé" may
// be the reason for the stay instead.
func (d *draft) isChild(w *knowledge.Word) bool {
	told := slices.ContainsFunc(ages(d.tokens), func(n int) bool { return w.Ages != nil && w.Ages.Contains(n) })
	return told || strings.Contains(vi.Fold(d.reading.Text), "duoi 6 tuoi")
}
