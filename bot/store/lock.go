//go:build unix

package store

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"
	"time"
)

// instance is the claim of one service on a data directory. The lock is the kernel's and ends with
// the process, however it ends; what the file says only describes the holder.
type instance struct{ f *os.File }

func claimInstance(path string) (*instance, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock data directory, give the service's user write access to it: %w", err)
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		defer f.Close()
		return nil, fmt.Errorf("another service works on %s: %s; end it, or give this one a data directory of its own",
			path, holder(f))
	}
	if err == nil {
		err = describe(f)
	}
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("lock data directory: %w", err)
	}
	return &instance{f}, nil
}

func describe(f *os.File) error {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	text := fmt.Sprintf("process %d on host %s since %s\n", os.Getpid(), host, time.Now().UTC().Format(time.RFC3339))
	if err := f.Truncate(0); err != nil {
		return err
	}
	_, err = f.WriteAt([]byte(text), 0)
	return err
}

func holder(f io.Reader) string {
	text, err := io.ReadAll(io.LimitReader(f, 500))
	if who := strings.TrimSpace(string(text)); err == nil && who != "" {
		return who
	}
	return "it has not said which"
}

// release keeps the file: to remove it would let two services lock two files of the same name. A
// second release does nothing.
func (i *instance) release() error {
	if err := i.f.Close(); !errors.Is(err, os.ErrClosed) {
		return err
	}
	return nil
}
