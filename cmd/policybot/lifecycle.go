package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// cleanups take down what was built, the last first. The zero value is empty.
type cleanups struct {
	all []cleanup
}

type cleanup struct {
	what string
	do   func(context.Context) error
}

// add registers the clean-up of a part that has just come to exist.
func (c *cleanups) add(what string, do func(context.Context) error) {
	c.all = append(c.all, cleanup{what, do})
}

// run takes everything down within a time; what is late is named and left behind.
func (c *cleanups) run(within time.Duration) error {
	ctx, cancel := context.WithTimeout(context.Background(), within)
	defer cancel()
	var errs []error
	for _, one := range slices.Backward(c.all) {
		if err := one.do(ctx); err != nil {
			errs = append(errs, fmt.Errorf("stop %s: %w", one.what, err))
		}
	}
	return errors.Join(errs...)
}

// start runs a part in the background and reports its failure, and nothing else: a part that ends
// well has been told to. The function returned ends the part and waits for it.
func start(failed chan<- error, part func(context.Context) error) (stop func(context.Context) error) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if err := part(ctx); err != nil {
			failed <- err
		}
	}()
	return func(within context.Context) error {
		cancel()
		select {
		case <-ended:
			return nil
		case <-within.Done():
			return errors.New("not done in time; the next start goes on with it")
		}
	}
}
