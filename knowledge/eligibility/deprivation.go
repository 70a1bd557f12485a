package eligibility

import (
	"fmt"
	"slices"
)

// Dimension is a side of life in which a household may lack basic services (chiều thiếu hụt).
type Dimension string

// The dimensions of the standard that is in use until the end of 2026; policy/10 §10.2.
const (
	Work        Dimension = "work"        // việc làm, người phụ thuộc
	Health      Dimension = "health"      // dinh dưỡng, bảo hiểm y tế
	Education   Dimension = "education"   // trình độ người lớn, trẻ đi học
	Housing     Dimension = "housing"     // chất lượng nhà, diện tích
	Water       Dimension = "water"       // nguồn nước, nhà tiêu
	Information Dimension = "information" // viễn thông, phương tiện
)

// Dimensions returns all of them in the order of the law.
func Dimensions() []Dimension {
	return []Dimension{Work, Health, Education, Housing, Water, Information}
}

// Deprivations are how many of its indicators a household lacks in each dimension; what is not in it
// is not known.
type Deprivations map[Dimension]Fact[int]

// open returns the dimensions of which it is not known exactly what is lacking.
func (d Deprivations) open() []Dimension {
	return slices.DeleteFunc(Dimensions(), func(dim Dimension) bool {
		_, known := d[dim].Value()
		return known
	})
}

// span returns the least and the most indicators that may be lacking, when each dimension has so
// many of them.
func (d Deprivations) span(each int) (least, most int, err error) {
	for dim, f := range d {
		if !slices.Contains(Dimensions(), dim) {
			return 0, 0, fmt.Errorf("dimension %q: %w", dim, ErrImpossible)
		}
		for _, n := range f.Among(nil) {
			if n < 0 || n > each {
				return 0, 0, fmt.Errorf("%d of %d lacking in %s: %w", n, each, dim, ErrImpossible)
			}
		}
	}
	whole := []int{0, each}
	for _, dim := range Dimensions() {
		may := d[dim].Among(whole)
		least, most = least+slices.Min(may), most+slices.Max(may)
	}
	return least, most, nil
}
