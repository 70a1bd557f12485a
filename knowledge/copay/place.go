package copay

import (
	"fmt"
	"slices"

	"policybot/knowledge"
)

// factor finds the part of the level that is paid at the place of treatment.
func (w *worker) factor() error {
	w.out.Factor = knowledge.Whole
	if w.in.Route == Registered {
		return nil
	}
	name, err := w.in.factorName()
	if err != nil {
		return err
	}
	v, err := w.figure("copay.self_referred." + name)
	w.out.Factor, w.onWay = knowledge.Rate(v.Amount.N), v.Basis
	return err
}

// factorName names the figure of the part that is paid, without its first words.
func (c Case) factorName() (string, error) {
	switch {
	case c.Route == Emergency:
		return "emergency", nil
	case c.Listed:
		return "rare_disease", nil
	case c.Facility == Primary || c.Facility == FormerDistrict:
		return string(c.Facility), nil
	case c.Facility == Clinic:
		return "", fmt.Errorf("self-referred to a clinic of several communes: %w", ErrNotSaid)
	case !slices.Contains(Facilities(), c.Facility):
		return "", fmt.Errorf("self-referred to a facility of the class %q: %w", c.Facility, ErrImpossible)
	case c.Care != Inpatient && c.Care != Outpatient:
		return "", fmt.Errorf("care %q, want %s or %s: %w", c.Care, Inpatient, Outpatient, ErrImpossible)
	}
	return c.place() + "." + string(c.Care), nil
}

// place names the facility as the figures for its kind of care do.
func (c Case) place() string {
	if c.Care == Inpatient {
		switch c.Facility {
		case BasicLow, BasicMid, BasicFormerProvince:
			return "basic"
		case Province, Central:
			if c.HardArea {
				return "hard_area"
			}
		}
	}
	return string(c.Facility)
}

// inPrimary reports whether the treatment is primary care, or counts like it.
func (c Case) inPrimary() bool {
	return c.Facility == Primary || c.Facility == Clinic && c.Care == Outpatient
}
