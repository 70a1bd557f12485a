// Package training works out what the state gives to whoever learns a trade (hỗ trợ đào tạo nghề):
// fees, meals and the way, by each of the two rules that are cited side by side.
package training

import (
	"errors"
	"fmt"

	"policybot/knowledge"
)

// Rule is one of the rules that may pay for a class.
type Rule string

// The rules. Which of them pays for a given class the commune says; policy/README ruling 6.
const (
	Decree338   Rule = "decree-338"  // Nghị định 338/2025, from 2026 on: the first answer
	Decision46  Rule = "decision-46" // Quyết định 46/2015, the older one, still cited
	decreeCap        = "training.rural.cap"
	decisionCap      = "training.q46."
)

// Group is whom somebody counts as, as the figures of [Decision46] name it.
type Group string

// The groups. By [Decree338] all rural workers are alike, and youth (thanh niên hoàn thành nghĩa vụ,
// thanh niên tình nguyện) have a limit for everything together.
const (
	Disabled     Group = "disabled"
	PoorMinority Group = "poor_minority" // dân tộc thiểu số thuộc hộ nghèo
	PoorHard     Group = "poor_hard"     // hộ nghèo ở xã, thôn đặc biệt khó khăn
	Poor         Group = "poor"
	Minority     Group = "minority"
	Merit        Group = "merit"
	Land         Group = "land" // bị thu hồi đất
	WomanJobless Group = "woman_jobless"
	Fisher       Group = "fisher"
	NearPoor     Group = "near_poor"
	Woman        Group = "woman"
	Rural        Group = "rural" // lao động nông thôn khác
	Youth        Group = "youth" // only by Decree338
)

// Groups returns all of them, those that get more before the others.
func Groups() []Group {
	return []Group{Disabled, PoorMinority, PoorHard, Poor, Minority, Merit, Land, WomanJobless, Fisher, NearPoor, Woman, Rural, Youth}
}

// fed are the groups of Decision46 that get meals and the way, article 5.
var fed = map[Group]bool{Disabled: true, PoorMinority: true, PoorHard: true, Poor: true, Minority: true, Merit: true, Land: true,
	WomanJobless: true, NearPoor: true}

// Class is a class that somebody goes to.
type Class struct {
	Day   knowledge.Date
	Group Group                         // zero: not known, so that Decision46 tells no amount
	Fee   knowledge.Fact[knowledge.VND] // what the class costs
	Days  knowledge.Fact[int]           // days of learning
	Km    knowledge.Fact[int]           // from home to the class, in full kilometres
	Hard  knowledge.Fact[bool]          // lives in an area of special difficulty
}

// Part is what a line is for.
type Part string

// The parts.
const (
	Fees  Part = "fees"  // học phí
	Meals Part = "meals" // tiền ăn
	Way   Part = "way"   // đi lại
)

// Line is what is given for one part.
type Line struct {
	Part Part
	// Amount is what is given; when it is not Known it is the most there may be, or zero when even
	// that is open.
	Amount  knowledge.VND
	Known   bool
	Rate    knowledge.VND // of a day, for meals; the limit, for fees
	Days    int           // for meals
	MinKm   int           // for the way: from so many kilometres on
	Missing []string      // what is not known: fee, days, km, hard
}

// Grant is what one rule gives.
type Grant struct {
	Rule  Rule
	Lines []Line
	Total knowledge.VND // of the lines that are known
	Whole bool          // every line is known
	// Cap is the most that everything together may come to; zero: none.
	Cap  knowledge.VND
	Used []knowledge.Value
}

// Grants returns what each rule gives for a class, the first answer first. The error is
// [knowledge.ErrNotKnown] when none of them has figures for the day.
func Grants(l *knowledge.Library, c Class) ([]Grant, error) {
	if err := c.check(); err != nil {
		return nil, fmt.Errorf("support of a class: %w", err)
	}
	var all []Grant
	var last error
	for _, work := range []func(*worker) (Grant, error){(*worker).decree, (*worker).decision} {
		w := &worker{library: l, class: c}
		g, err := work(w)
		if errors.Is(err, knowledge.ErrNotKnown) {
			last = err
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("support of a class: %w", err)
		}
		g.Used = w.used
		all = append(all, g.sum())
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("support of a class: %w", last)
	}
	return all, nil
}

// errNoGroup says that a rule has no amount for the group.
var errNoGroup = fmt.Errorf("the rule knows no such group: %w", knowledge.ErrNotKnown)

func (c Class) check() error {
	fee, _ := c.Fee.Value()
	days, _ := c.Days.Value()
	km, _ := c.Km.Value()
	if fee < 0 || days < 0 || km < 0 {
		return fmt.Errorf("a fee of %s, %d days, %d km: none may be negative", fee, days, km)
	}
	return nil
}

// worker remembers the figures it used.
type worker struct {
	library *knowledge.Library
	class   Class
	used    []knowledge.Value
}

func (w *worker) figure(name string) (int64, error) {
	v, err := w.library.Figure(name, w.class.Day)
	if err == nil {
		w.used = append(w.used, v)
	}
	return v.Amount.N, err
}

// decree is Decree 338/2025: fees up to a limit, meals by the day, the way from a distance on. Youth
// have no limit for the fees alone, but one for everything together.
func (w *worker) decree() (Grant, error) {
	g := Grant{Rule: Decree338}
	limit, err := w.figure(decreeCap)
	if err != nil {
		return g, err
	}
	if w.class.Group == Youth {
		w.used = nil // the limit of rural workers is not theirs
		whole, err := w.figure("training.youth.cap")
		if err != nil {
			return g, err
		}
		g.Cap, limit = knowledge.VND(whole), whole
	}
	meals, err := w.meals("training.meal")
	if err != nil {
		return g, err
	}
	hard, known := w.class.Hard.Value()
	way, err := w.way("training.travel", "training.travel_hard", hard, known)
	g.Lines = []Line{w.fees(knowledge.VND(limit)), meals, way}
	return g, err
}

// decision is Decision 46/2015.
func (w *worker) decision() (Grant, error) {
	g := Grant{Rule: Decision46}
	if w.class.Group == "" || w.class.Group == Youth {
		return g, errNoGroup
	}
	limit, err := w.figure(decisionCap + string(w.class.Group))
	if err != nil {
		return g, err
	}
	g.Lines = []Line{w.fees(knowledge.VND(limit))}
	if !fed[w.class.Group] {
		return g, nil
	}
	meals, err := w.meals("training.meal_2015")
	if err != nil {
		return g, err
	}
	hard, known := w.class.Hard.Value()
	if w.class.Group == Disabled || w.class.Group == PoorHard {
		hard, known = true, true
	}
	way, err := w.way("training.travel_2015", "training.travel_hard_2015", hard, known)
	g.Lines = append(g.Lines, meals, way)
	return g, err
}

// fees are what the class costs, up to the limit.
func (w *worker) fees(limit knowledge.VND) Line {
	fee, known := w.class.Fee.Value()
	if !known {
		return Line{Part: Fees, Amount: limit, Rate: limit, Missing: []string{"fee"}}
	}
	return Line{Part: Fees, Amount: min(fee, limit), Rate: limit, Known: true}
}

func (w *worker) meals(name string) (Line, error) {
	rate, err := w.figure(name)
	if err != nil {
		return Line{}, err
	}
	line := Line{Part: Meals, Rate: knowledge.VND(rate)}
	if line.Days, line.Known = w.class.Days.Value(); !line.Known {
		line.Missing = []string{"days"}
		return line, nil
	}
	line.Amount = knowledge.VND(rate) * knowledge.VND(line.Days)
	return line, nil
}

// way is what is given for the way. Which of the two amounts it is needs not be known when both come
// to the same.
func (w *worker) way(plain, hardName string, hard, hardKnown bool) (Line, error) {
	usual, err := w.journey(plain)
	if err != nil {
		return Line{}, err
	}
	special, err := w.journey(hardName)
	if err != nil {
		return Line{}, err
	}
	switch {
	case hardKnown && hard:
		return special, nil
	case hardKnown, usual.Known && special.Known && usual.Amount == special.Amount:
		return usual, nil
	}
	usual.Known = false
	usual.Missing = append(usual.Missing, "hard")
	usual.Amount = max(usual.Amount, special.Amount)
	return usual, nil
}

// journey is one of the amounts for the way.
func (w *worker) journey(name string) (Line, error) {
	amount, err := w.figure(name)
	if err != nil {
		return Line{}, err
	}
	least, err := w.figure(name + ".km")
	if err != nil {
		return Line{}, err
	}
	line := Line{Part: Way, Amount: knowledge.VND(amount), Rate: knowledge.VND(amount), MinKm: int(least)}
	km, known := w.class.Km.Value()
	if !known {
		line.Missing = []string{"km"}
		return line, nil
	}
	if line.Known = true; km < int(least) {
		line.Amount = 0
	}
	return line, nil
}

// sum adds what is known, up to the limit for everything.
func (g Grant) sum() Grant {
	g.Whole = true
	for _, line := range g.Lines {
		if !line.Known {
			g.Whole = false
			continue
		}
		g.Total += line.Amount
	}
	if g.Cap > 0 {
		g.Total = min(g.Total, g.Cap)
	}
	return g
}
