package store

import (
	"context"
	"database/sql"
)

// tx is a transaction of the writer.
type tx struct {
	*sql.Tx
	hot map[string]*sql.Stmt
}

// Statements that each turn runs. They are parsed once: parsing was a quarter of the time of a turn.
var hotStatements = []string{insertUpdate, finishUpdate, upsertPerson, updateSession, insertTurn, insertCall, finishCall, upsertMessage}

func (db *DB) prepare(ctx context.Context) error {
	db.hot = make(map[string]*sql.Stmt, len(hotStatements))
	for _, query := range hotStatements {
		s, err := db.w.PrepareContext(ctx, query)
		if err != nil {
			return err
		}
		db.hot[query] = s
	}
	return nil
}

// update runs f in one transaction. Inside f only tx may be used: the pool has no second connection.
func (db *DB) update(ctx context.Context, f func(tx tx) error) error {
	t, err := db.w.BeginTx(ctx, nil)
	if err != nil {
		return db.explain(err)
	}
	defer t.Rollback() // no-op after Commit
	if err := f(tx{t, db.hot}); err != nil {
		return db.explain(err)
	}
	return db.explain(t.Commit())
}

// exec runs one statement in a transaction of its own, and returns how many rows it changed.
func (db *DB) exec(ctx context.Context, query string, args ...any) (changed int64, err error) {
	err = db.update(ctx, func(tx tx) error {
		changed, err = tx.exec(ctx, query, args...)
		return err
	})
	return changed, err
}

// exec returns how many rows the statement changed.
func (t tx) exec(ctx context.Context, query string, args ...any) (int64, error) {
	res, err := t.run(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

func (t tx) run(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if s := t.hot[query]; s != nil {
		return t.StmtContext(ctx, s).ExecContext(ctx, args...)
	}
	return t.ExecContext(ctx, query, args...)
}

// row is the one row that the statement yields.
func (t tx) row(ctx context.Context, query string, args ...any) *sql.Row {
	if s := t.hot[query]; s != nil {
		return t.StmtContext(ctx, s).QueryRowContext(ctx, args...)
	}
	return t.QueryRowContext(ctx, query, args...)
}
