package bot

import (
	"context"
	"errors"
	"fmt"

	"policybot/bot/referral"
	"policybot/knowledge"
)

// Cases reads referrals and who sees to them. What a turn changes of them is in its Changes. *store.DB
// is the real one.
type Cases interface {
	// Standing returns what a person is to referrals; the zero Standing: nothing.
	Standing(ctx context.Context, person ChatID) (referral.Standing, error)
	// Referral returns the referral with a code, or ErrNoCase.
	Referral(ctx context.Context, code referral.Code) (referral.Referral, error)
	// Referrals returns those of a resident, or those of a desk that are open; the newest first.
	Referrals(ctx context.Context, of Whose) ([]referral.Referral, error)
	// Table returns who is linked.
	Table(ctx context.Context) (referral.Table, error)
	// Invited returns the officer whose invitation has this secret, not used and not expired, or
	// ErrNoCase.
	Invited(ctx context.Context, secret string) (referral.Officer, error)
}

// Whose says which referrals are wanted: those of a resident, or else those of a desk.
type Whose struct {
	Resident ChatID
	Desk     knowledge.WardCode
}

// ErrNoCase says that there is no such referral or invitation.
var ErrNoCase = errors.New("there is none such")

// errCases marks that referrals cannot be read. Such a turn is no turn: nothing that was said is to be
// lost by it, so it is tried again.
var errCases = errors.New("referrals cannot be read")

// marked marks the failures of Cases.
type marked struct{ Cases }

func mark[T any](v T, err error) (T, error) {
	if err != nil && !errors.Is(err, ErrNoCase) {
		err = fmt.Errorf("%w: %w", errCases, err)
	}
	return v, err
}

func (m marked) Standing(ctx context.Context, person ChatID) (referral.Standing, error) {
	return mark(m.Cases.Standing(ctx, person))
}

func (m marked) Referral(ctx context.Context, code referral.Code) (referral.Referral, error) {
	return mark(m.Cases.Referral(ctx, code))
}

func (m marked) Referrals(ctx context.Context, of Whose) ([]referral.Referral, error) {
	return mark(m.Cases.Referrals(ctx, of))
}

func (m marked) Table(ctx context.Context) (referral.Table, error) { return mark(m.Cases.Table(ctx)) }

func (m marked) Invited(ctx context.Context, secret string) (referral.Officer, error) {
	return mark(m.Cases.Invited(ctx, secret))
}

// none is where nothing is kept: in the terminal and in batches. Drafts can be made there, and not
// sent.
type none struct{}

func (none) Standing(context.Context, ChatID) (s referral.Standing, err error) { return s, nil }
func (none) Referrals(context.Context, Whose) ([]referral.Referral, error)     { return nil, nil }
func (none) Table(context.Context) (t referral.Table, err error)               { return t, nil }
func (none) Invited(context.Context, string) (o referral.Officer, err error)   { return o, ErrNoCase }
func (none) Referral(context.Context, referral.Code) (r referral.Referral, err error) {
	return r, ErrNoCase
}
