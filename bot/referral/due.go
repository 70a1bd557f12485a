package referral

import "time"

// vietnam is the time of the country, which has known no summer time since 1975.
var vietnam = time.FixedZone("Asia/Ho_Chi_Minh", 7*60*60)

// firstWord is how many working hours a desk has for its first word.
const firstWord = 8 * time.Hour

// shifts are the working hours of a day.
var shifts = [][2]time.Duration{
	{7*time.Hour + 30*time.Minute, 11*time.Hour + 30*time.Minute},
	{13*time.Hour + 30*time.Minute, 17 * time.Hour},
}

// Due is when a first word is owed for what comes in at a time: eight working hours later, Monday to
// Friday. It knows no public holidays, so it is a reckoning for officers, and no promise to residents.
func Due(at time.Time) time.Time {
	left := firstWord
	at = at.In(vietnam)
	day := time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, vietnam)
	for ; ; day = day.AddDate(0, 0, 1) {
		if w := day.Weekday(); w == time.Saturday || w == time.Sunday {
			continue
		}
		for _, s := range shifts {
			from, until := day.Add(s[0]), day.Add(s[1])
			if from.Before(at) {
				from = at
			}
			if !from.Before(until) {
				continue
			}
			if worked := until.Sub(from); worked < left {
				left -= worked
				continue
			}
			return from.Add(left)
		}
	}
}
