package store

import (
	"context"
	"fmt"
	"time"

	"policybot/bot"
	"policybot/knowledge"
)

// Blocks implements [bot.Blocks].
func (db *DB) Blocks(ctx context.Context) (knowledge.Blocks, error) {
	const query = `SELECT item, freed, reason, author, at FROM block_events e
		WHERE freed = 0 AND id = (SELECT max(id) FROM block_events WHERE item = e.item) ORDER BY id`
	changes, err := db.blockChanges(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("read blocks: %w", err)
	}
	var blocks knowledge.Blocks
	for _, c := range changes {
		blocks = append(blocks, c.Block)
	}
	return blocks, nil
}

// BlockLog implements [bot.Blocks].
func (db *DB) BlockLog(ctx context.Context, most int) ([]bot.BlockChange, error) {
	const query = `SELECT item, freed, reason, author, at FROM block_events ORDER BY id DESC LIMIT ?`
	changes, err := db.blockChanges(ctx, query, most)
	if err != nil {
		return nil, fmt.Errorf("read the log of blocks: %w", err)
	}
	return changes, nil
}

func (db *DB) blockChanges(ctx context.Context, query string, args ...any) ([]bot.BlockChange, error) {
	rows, err := db.r.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, db.explain(err)
	}
	defer rows.Close()
	var all []bot.BlockChange
	for rows.Next() {
		var c bot.BlockChange
		var at int64
		if err := rows.Scan(&c.Item, &c.Freed, &c.Reason, &c.Author, &at); err != nil {
			return nil, db.explain(err)
		}
		c.Since = time.Unix(at, 0)
		all = append(all, c)
	}
	return all, db.explain(rows.Err())
}

const insertBlockChange = `INSERT INTO block_events (update_id, item, freed, reason, author, at) VALUES (?, ?, ?, ?, ?, ?)`

func saveBlockChanges(ctx context.Context, tx tx, update int64, changes []bot.BlockChange) error {
	for _, c := range changes {
		_, err := tx.exec(ctx, insertBlockChange, update, c.Item, c.Freed, c.Reason, c.Author, c.Since.Unix())
		if err != nil {
			return err
		}
	}
	return nil
}
