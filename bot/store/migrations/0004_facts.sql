-- When the facts that somebody gave to a calculator are to be forgotten; NULL: the session has none.
ALTER TABLE sessions ADD COLUMN facts_end INTEGER;
CREATE INDEX sessions_facts ON sessions (facts_end) WHERE facts_end IS NOT NULL;

-- Finished checks that administrators have put by for review: drafts of golden cases. They are made up
-- to try the program, and no resident's.
CREATE TABLE trials (
    id        INTEGER PRIMARY KEY,
    update_id INTEGER NOT NULL UNIQUE,
    at        INTEGER NOT NULL,
    day       TEXT    NOT NULL, -- YYYY-MM-DD
    flow      TEXT    NOT NULL,
    facts     TEXT    NOT NULL CHECK (json_valid(facts)),
    got       TEXT    NOT NULL CHECK (json_valid(got)),
    want      TEXT    NOT NULL,
    author    TEXT    NOT NULL,
    content   TEXT    NOT NULL
) STRICT;
