package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"policybot/bot"
	"policybot/knowledge"
)

// Trials implements [bot.Trials].
func (db *DB) Trials(ctx context.Context, most int) ([]bot.Trial, error) {
	rows, err := db.r.QueryContext(ctx, `SELECT at, day, flow, facts, got, want, author, content FROM trials ORDER BY id DESC LIMIT ?`, most)
	if err != nil {
		return nil, fmt.Errorf("read trials: %w", db.explain(err))
	}
	defer rows.Close()
	var all []bot.Trial
	for rows.Next() {
		var c bot.Trial
		var at int64
		var day string
		var facts, got []byte
		err := rows.Scan(&at, &day, &c.Flow, &facts, &got, &c.Want, &c.Author, &c.Content)
		if err == nil {
			c.Day, err = knowledge.ParseDate(day)
		}
		if err == nil {
			err = json.Unmarshal(facts, &c.Facts)
		}
		if err == nil {
			err = json.Unmarshal(got, &c.Got)
		}
		if err != nil {
			return nil, fmt.Errorf("read trials: %w", db.explain(err))
		}
		c.At = time.Unix(at, 0)
		all = append(all, c)
	}
	return all, db.explain(rows.Err())
}

const insertTrial = `INSERT INTO trials (update_id, at, day, flow, facts, got, want, author, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`

func saveTrials(ctx context.Context, tx tx, update int64, trials []bot.Trial) error {
	for _, c := range trials {
		facts, err := list(c.Facts)
		if err != nil {
			return err
		}
		got, err := list(c.Got)
		if err != nil {
			return err
		}
		if _, err := tx.exec(ctx, insertTrial, update, c.At.Unix(), c.Day.String(), c.Flow, facts, got, c.Want, c.Author, c.Content); err != nil {
			return err
		}
	}
	return nil
}
