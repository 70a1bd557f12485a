package premium_test

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"policybot/knowledge"
	"policybot/knowledge/premium"
)

// golden is a case of a file under testdata/golden, as officers write them: keys with their values.
type golden map[string]string

// readGolden reads the cases of a file: blocks of lines, apart by an empty one; # begins a remark.
func readGolden(t *testing.T, path string) (all []golden) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, block := range strings.Split(string(data), "\n\n") {
		g := golden{}
		for line := range strings.Lines(block) {
			if key, value, found := strings.Cut(strings.TrimSpace(line), ": "); found && !strings.HasPrefix(line, "#") {
				g[key] = value
			}
		}
		if g["tên"] != "" {
			all = append(all, g)
		}
	}
	return all
}

func (g golden) count(t *testing.T, key string) int {
	n, err := strconv.Atoi(strings.TrimSuffix(g[key], " người"))
	if err != nil {
		t.Fatalf("%s: %s: %v", g["tên"], key, err)
	}
	return n
}

func (g golden) day(t *testing.T) knowledge.Date {
	d, err := time.Parse("02/01/2006", g["ngày"])
	if err != nil {
		t.Fatalf("%s: %v", g["tên"], err)
	}
	return knowledge.DateOf(d)
}

func (g golden) groups() (all []premium.Group) {
	for _, name := range strings.Split(g["nhóm"], "; ") {
		all = append(all, premium.Group(name))
	}
	return all
}

// outcome works a case out and returns what it says by the same keys.
func (g golden) outcome(t *testing.T, l *knowledge.Library) (golden, error) {
	on := g.day(t)
	switch {
	case g["lương"] != "":
		salary, err := knowledge.ParseVND(g["lương"])
		if err != nil {
			t.Fatal(err)
		}
		s, err := premium.OfSalary(l, on, salary)
		return golden{"tự đóng": s.Worker.Digits(), "người khác đóng ít nhất": s.Employer.Digits()}, err
	case g["cùng tham gia"] != "":
		bill, err := premium.Together(l, on, g.count(t, "cùng tham gia"), g.count(t, "số tháng"))
		return golden{"tự đóng": bill.Total.Digits()}, err
	case g["mua riêng"] != "":
		bill, err := premium.Alone(l, on, g.count(t, "mua riêng"), g.count(t, "số tháng"))
		return golden{"tự đóng": bill.Total.Digits()}, err
	case g["người thứ"] != "":
		n := g.count(t, "người thứ")
		bill, err := premium.Together(l, on, n, g.count(t, "số tháng"))
		if err != nil {
			return nil, err
		}
		return golden{"tự đóng": bill.Lines[n-1].Amount.Digits()}, nil
	case g["sau khi đổi lương"] != "":
		p, err := premium.AfterChange(l, g.groups()[0], on, g.count(t, "số tháng"))
		return golden{"sau khi đổi lương": string(p.Settlement)}, err
	}
	c, err := premium.Person(l, on, g.groups(), g.count(t, "số tháng"))
	if errors.Is(err, premium.ErrBySalary) {
		return golden{"theo lương": "có"}, nil
	}
	return golden{"chọn nhóm": string(c.Group), "tự đóng": c.Most.Digits(), "người khác đóng ít nhất": c.Least.Digits()}, err
}

func TestGolden(t *testing.T) {
	l := library(t)
	files, err := filepath.Glob("testdata/golden/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden cases: %v", err)
	}
	for _, file := range files {
		for _, g := range readGolden(t, file) {
			got, err := g.outcome(t, l)
			if g["chưa có quy định"] != "" {
				if !errors.Is(err, knowledge.ErrNotKnown) {
					t.Errorf("%s: %v, %v; want no rule", g["tên"], got, err)
				}
				continue
			}
			told := 0
			for _, key := range []string{"tự đóng", "người khác đóng ít nhất", "chọn nhóm", "sau khi đổi lương", "theo lương"} {
				if want, says := g[key]; says {
					told++
					if err != nil || got[key] != want {
						t.Errorf("%s: %s is %s, %v; want %s", g["tên"], key, got[key], err, want)
					}
				}
			}
			if told == 0 {
				t.Errorf("%s: says nothing", g["tên"])
			}
		}
	}
}
