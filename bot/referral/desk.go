package referral

import (
	"slices"
	"time"

	"policybot/knowledge"
)

// OfficerID numbers the officers; 0 is none.
type OfficerID int64

// Role is what an officer may do.
type Role string

// The roles.
const (
	Plain      Role = "officer"    // sees to the referrals of a ward
	Supervisor Role = "supervisor" // also closes those that others of the ward hold
	Duty       Role = "duty"       // sees to those that no ward takes
	Admin      Role = "admin"      // sees to all
)

// Roles are all roles, as the command line names them.
var Roles = []Role{Plain, Supervisor, Duty, Admin}

// OfCity reports whether the role is for the whole city, and not for a ward.
func (r Role) OfCity() bool { return r == Duty || r == Admin }

// Officer is somebody who receives referrals (cán bộ phụ trách).
type Officer struct {
	ID   OfficerID
	Name string             // as residents read it
	Ward knowledge.WardCode // City for a role of the city
	Role Role
	Chat ChatID // their private chat with the bot; empty: not linked
	// Writes is the referral to whose resident the officer's next message goes, until Until.
	Writes Code
	Until  time.Time
}

// Writing returns the referral that the officer writes to at a time; empty: none.
func (o Officer) Writing(at time.Time) Code {
	if at.Before(o.Until) {
		return o.Writes
	}
	return ""
}

// Serves reports whether the officer works at a desk.
func (o Officer) Serves(desk knowledge.WardCode) bool {
	return o.Role == Admin || o.Ward == desk
}

// May reports whether an officer may do this to a referral. It looks at the officer and the desk;
// the state is for [Referral.Move].
func (o Officer) May(e Event, r Referral) bool {
	if o.ID == 0 || !o.Serves(r.Desk) {
		return false
	}
	switch e {
	case Accept:
		return true
	case Ask, Reply, Release, Decline:
		return r.Holder == o.ID
	case Close:
		return r.Holder == o.ID || o.Role == Supervisor || o.Role == Admin
	}
	return false
}

// Table is who is linked at a time.
type Table struct {
	Officers []Officer // linked, and not revoked
	Groups   map[knowledge.WardCode]ChatID
}

// Officer returns an officer; the zero Officer when they are linked no more.
func (t Table) Officer(id OfficerID) Officer {
	if i := slices.IndexFunc(t.Officers, func(o Officer) bool { return o.ID == id && id != 0 }); i >= 0 {
		return t.Officers[i]
	}
	return Officer{}
}

// Desk is a queue of referrals and those who share it (đầu mối tiếp nhận).
type Desk struct {
	Ward     knowledge.WardCode // City: those on duty
	Group    ChatID             // its group chat; empty: none
	Officers []Officer
}

// Chats are where the desk's cards go: to its group, or to each officer where it has none. Empty: to
// nobody yet.
func (d Desk) Chats() []ChatID {
	if d.Group != "" {
		return []ChatID{d.Group}
	}
	var chats []ChatID
	for _, o := range d.Officers {
		chats = append(chats, o.Chat)
	}
	return chats
}

// Desk returns a desk as the table has it.
func (t Table) Desk(ward knowledge.WardCode) Desk {
	d := Desk{Ward: ward, Group: t.Groups[ward]}
	for _, o := range t.Officers {
		if o.Ward == ward {
			d.Officers = append(d.Officers, o)
		}
	}
	return d
}

// Route returns the desk that sees to a matter of a ward: the ward's own, if an officer of it is
// linked, and else that of the city. A group alone is no desk: nobody in it may press a button.
func Route(t Table, ward knowledge.WardCode) Desk {
	if d := t.Desk(ward); len(d.Officers) > 0 {
		return d
	}
	return t.Desk(City)
}
