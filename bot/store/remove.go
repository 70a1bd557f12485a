package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Remove deletes the database of a folder that no service uses. That there is none is no error.
func Remove(dir string) error {
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(filepath.Join(dir, fileName+suffix)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
