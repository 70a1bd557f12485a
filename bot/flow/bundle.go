package flow

import (
	"regexp"
	"slices"
	"strings"

	"policybot/index/vi"
	"policybot/knowledge/eligibility"
)

// A bundle is one question for several facts of which few people have any: which of these is so? One
// answer tells them all; only for whoever has several they are asked one by one.
type bundle struct {
	fact, title, ask, example string
	members                   []member
	none                      string         // the label for none of them
	noneSaid                  *regexp.Regexp // other ways to say none, without marks; nil: only by denying
	single                    bool           // more than one is never so
}

// member is a fact of a bundle: the value that an option gives it, and the one that "none" does.
type member struct {
	missing   eligibility.Missing
	yes, none string
	label     string
	words     []string
}

// valueSeveral is the answer that more than one of a bundle is so.
const valueSeveral = "several"

// mostMembers is how many of a bundle are offered, beside none, several and not knowing.
const mostMembers = 3

// bundles are asked where many benefits are looked at.
var bundles = []bundle{
	{
		fact: "doing", single: true, title: "Đang học, đang làm", ask: "Người đó đang học hay làm gì?", example: "học lớp 7, làm tự do", none: "Làm tự do, ở nhà",
		noneSaid: regexp.MustCompile(`\b(?:o nha|noi tro|lam (?:ruong|vuon|ray|muon|thue|ho|tu do)|tu do|ve so|buon ban|chay xe|gia roi|khong lam)\b`),
		members: []member{
			{eligibility.MissingSchool, string(eligibility.General), string(eligibility.NoSchool), "Học phổ thông, mầm non", nil},
			{eligibility.MissingSchool, string(eligibility.Higher), string(eligibility.NoSchool), "Cao đẳng, đại học", nil},
			{eligibility.MissingJob, string(eligibility.Employed), string(eligibility.NoJob), "Làm có hợp đồng", []string{"worker"}},
			{eligibility.MissingJob, string(eligibility.Jobless), string(eligibility.NoJob), "Hưởng thất nghiệp", []string{"unemployment"}},
		},
	},
	{
		fact: "hardship", title: "Hoàn cảnh", ask: "Người đó có hoàn cảnh nào dưới đây?", example: "khuyết tật, không có", none: "Không có",
		members: []member{
			{eligibility.MissingDisability, "", string(eligibility.NotDisabled), "Khuyết tật có giấy", []string{"disabled"}},
			{eligibility.MissingOrphan, "yes", "no", "Trẻ mồ côi", []string{"orphan"}},
			{eligibility.MissingSingle, "yes", "no", "Một mình nuôi con", []string{"single_parent"}},
			{eligibility.MissingAlone, "yes", "no", "Già không ai nuôi", []string{"older_alone"}},
		},
	},
	{
		fact: "special", title: "Diện khác", ask: "Người đó thuộc diện nào dưới đây?", example: "người có công, không có", none: "Không có",
		members: []member{
			{eligibility.MissingMinority, "yes", "no", "Dân tộc thiểu số", []string{"minority"}},
			{eligibility.MissingMerit, "yes", "no", "Người có công", []string{"merit"}},
			{eligibility.MissingServed, "yes", "no", "Xuất ngũ, tình nguyện", nil},
			{eligibility.MissingAccused, "yes", "no", "Đang bị buộc tội", nil},
		},
	},
	{
		fact: "draws", title: "Đang hưởng", ask: "Người đó đang hưởng khoản nào hằng tháng?", example: "trợ cấp xã hội, không có", none: "Không hưởng gì",
		members: []member{
			{eligibility.MissingPension, "", string(eligibility.NoPension), "Lương hưu, BHXH", []string{"pensioner"}},
			{eligibility.MissingDrawsSocial, "yes", "no", "Hưu trí xã hội", []string{"social_pension"}},
			{eligibility.MissingDrawsAid, "yes", "no", "Trợ cấp xã hội", []string{"social_aid", "allowance"}},
			{eligibility.MissingSurvivor, "yes", "no", "Trợ cấp tuất", nil},
		},
	},
}

// bundled are the questions for a person where many benefits are looked at: the bundles, and the
// facts of theirs by themselves where a bundle leaves them open.
func bundled() []question {
	questions := personQuestions()
	for i := range questions {
		q := &questions[i]
		b := bundleOf(eligibility.Missing(q.fact))
		if b == nil {
			continue
		}
		wants := q.counts
		q.counts = func(p at) tri {
			switch value, told := p.value(b.fact); {
			case !told && p.bundleWants(b) != no:
				return min(maybe, wants(p))
			case value == Unknown:
				return no
			}
			return wants(p)
		}
	}
	for i := range bundles {
		questions = append(questions, bundles[i].question())
	}
	return questions
}

// bundleOf returns the bundle that a fact is in; nil: none.
func bundleOf(m eligibility.Missing) *bundle {
	for i := range bundles {
		if slices.ContainsFunc(bundles[i].members, func(x member) bool { return x.missing == m }) {
			return &bundles[i]
		}
	}
	return nil
}

func (b *bundle) question() question {
	return question{fact: b.fact, title: b.title, ask: b.ask, example: b.example,
		hint:    "Bà con bấm một nút. Không thuộc điều nào thì bấm «" + b.none + "».",
		choices: b.choices, hear: b.hear, say: b.say,
		counts: func(p at) tri { return p.bundleWants(b) },
	}
}

func (p at) bundleWants(b *bundle) (out tri) {
	for _, m := range b.members {
		out = max(out, p.wants(m.missing))
	}
	return out
}

// offered are the members that count for the person.
func (b *bundle) offered(p at) []member {
	if b.single {
		return b.members
	}
	wanted := slices.DeleteFunc(slices.Clone(b.members), func(m member) bool { return p.wants(m.missing) == no })
	return wanted[:min(len(wanted), mostMembers)]
}

// choices are an option for each member that counts; the value of each tells all of them.
func (b *bundle) choices(p at) []Option {
	var all []Option
	offered := b.offered(p)
	for i, m := range offered {
		all = append(all, Option{assignment(offered, i), m.label})
	}
	all = append(all, Option{assignment(offered, -1), b.none})
	if !b.single && len(offered) > 1 {
		all = append(all, Option{valueSeveral, "Có nhiều điều"})
	}
	return all
}

// assignment is how a state keeps which member is so: "orphan=yes,single=no". None is for -1.
func assignment(offered []member, so int) string {
	values := map[eligibility.Missing]string{}
	var order []string
	for i, m := range offered {
		if _, met := values[m.missing]; !met {
			order = append(order, string(m.missing))
			values[m.missing] = m.none
		}
		if i == so {
			values[m.missing] = m.yes
		}
	}
	for i, name := range order {
		order[i] = name + "=" + values[eligibility.Missing(name)]
	}
	return strings.Join(order, ",")
}

// hear reads the words of content for a member, and that there is none.
func (b *bundle) hear(p at, text string) (string, bool) {
	offered := b.offered(p)
	if plain := vi.Fold(strings.ToLower(vi.Normalize(text))); refused.MatchString(plainly(text)) || b.noneSaid != nil && b.noneSaid.MatchString(plain) {
		return assignment(offered, -1), true
	}
	if school, heard := hearSchool(p, text); heard {
		i := slices.IndexFunc(offered, func(m member) bool { return m.missing == eligibility.MissingSchool && m.yes == school })
		return assignment(offered, i), i >= 0
	}
	said := p.answers.WordsIn(text)
	for i, m := range offered {
		if slices.ContainsFunc(m.words, func(w string) bool { return slices.Contains(said, w) }) {
			return assignment(offered, i), true
		}
	}
	return "", false
}

// say names the member that is so.
func (b *bundle) say(_ at, value string) string {
	if value == valueSeveral {
		return "Có nhiều điều"
	}
	for _, m := range b.members {
		if strings.Contains(","+value+",", ","+string(m.missing)+"="+m.yes+",") {
			return m.label
		}
	}
	return b.none
}

// fromBundle returns the value of a fact that a bundle tells; empty: it tells none.
func (p at) fromBundle(m eligibility.Missing) string {
	b := bundleOf(m)
	if b == nil {
		return ""
	}
	for pair := range strings.SplitSeq(p.known(b.fact), ",") {
		if name, value, _ := strings.Cut(pair, "="); name == string(m) {
			return value
		}
	}
	return ""
}
