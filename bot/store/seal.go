package store

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
)

// Key is the secret that seals what people wrote. It prints as ***.
type Key string

// String hides the key.
func (Key) String() string { return "***" }

// GoString hides the key.
func (Key) GoString() string { return "***" }

// LogValue hides the key.
func (Key) LogValue() slog.Value { return slog.StringValue("***") }

// A key is used as it is, not stretched as a password would be, so it has to be long.
const keyLength = 32

func (k Key) check() error {
	if len(k) < keyLength {
		return fmt.Errorf("the key has %d characters: want at least %d random ones, as from `openssl rand -hex 32`", len(k), keyLength)
	}
	return nil
}

// sealer encrypts with AES-256-GCM and a random nonce for each text. Each text is bound to its
// place, so that one cannot be put into another's.
type sealer struct{ aead cipher.AEAD }

func newSealer(key Key, salt []byte) (*sealer, error) {
	derived, err := hkdf.Key(sha256.New, []byte(key), salt, "policybot store 1", 32)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(derived)
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, err
	}
	return &sealer{aead}, nil
}

var errNoKey = errors.New("the database was opened without its key")

func (s *sealer) close(text []byte, place string) ([]byte, error) {
	if s == nil {
		return nil, errNoKey
	}
	return s.aead.Seal(nil, nil, text, []byte(place)), nil
}

func (s *sealer) open(sealed []byte, place string) ([]byte, error) {
	if s == nil {
		return nil, errNoKey
	}
	text, err := s.aead.Open(nil, nil, sealed, []byte(place))
	if err != nil {
		return nil, fmt.Errorf("unseal %s: %w", place, err)
	}
	return text, nil
}

// unlock derives the sealer and makes sure that it is the one the database was made with.
func (db *DB) unlock(ctx context.Context, opt Options) error {
	if opt.Key == "" {
		return nil
	}
	salt, proof, err := db.keyFacts(ctx)
	if errors.Is(err, sql.ErrNoRows) && !opt.Beside {
		return db.newKey(ctx, opt.Key)
	}
	if err != nil {
		return err
	}
	s, err := newSealer(opt.Key, salt)
	if err != nil {
		return err
	}
	if _, err := s.open(proof, "proof"); err != nil {
		return errors.New("wrong key: this database was made with another one; " +
			"use that key, or a new data directory (what waits in this one cannot be read without its key)")
	}
	db.seal = s
	return nil
}

func (db *DB) keyFacts(ctx context.Context) (salt, proof []byte, err error) {
	const query = `SELECT s.value, p.value FROM meta s, meta p WHERE s.name = 'salt' AND p.name = 'proof'`
	err = db.w.QueryRowContext(ctx, query).Scan(&salt, &proof)
	return salt, proof, err
}

func (db *DB) newKey(ctx context.Context, key Key) error {
	salt := make([]byte, 16)
	rand.Read(salt) // never fails
	s, err := newSealer(key, salt)
	if err != nil {
		return err
	}
	proof, err := s.close([]byte("this is the key"), "proof")
	if err != nil {
		return err
	}
	const query = `INSERT INTO meta (name, value) VALUES ('salt', ?), ('proof', ?)`
	if _, err := db.exec(ctx, query, salt, proof); err != nil {
		return err
	}
	db.seal = s
	return nil
}
