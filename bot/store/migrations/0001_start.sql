-- Facts about this database itself: the salt of its encryption, the proof of the key, the last check.
CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Raw updates. A row stays after its turn, without the text, so that a repeat is recognised.
CREATE TABLE inbox (
    update_id INTEGER PRIMARY KEY,
    chat      INTEGER NOT NULL,
    body      BLOB,             -- sealed; NULL once done
    received  INTEGER NOT NULL, -- unix seconds, as every time here that does not say otherwise
    done      INTEGER,          -- NULL: waits
    CHECK ((body IS NULL) = (done IS NOT NULL))
) STRICT;
CREATE INDEX inbox_waiting ON inbox (update_id) WHERE done IS NULL;

-- People by their pseudonym. Nothing here leads from it to a chat of Telegram.
CREATE TABLE people (
    id   TEXT PRIMARY KEY,
    seen INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    person  TEXT PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    state   BLOB NOT NULL -- sealed JSON
) STRICT, WITHOUT ROWID;

CREATE TABLE turns (
    id         INTEGER PRIMARY KEY,
    person     TEXT    NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    update_id  INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    day        TEXT    NOT NULL, -- YYYY-MM-DD
    question   TEXT    NOT NULL, -- masked
    understood TEXT    NOT NULL, -- masked
    outcome    TEXT    NOT NULL,
    card       TEXT    NOT NULL,
    provisions TEXT    NOT NULL CHECK (json_valid(provisions)),
    sources    TEXT    NOT NULL CHECK (json_valid(sources)),
    referral   INTEGER NOT NULL CHECK (referral IN (0, 1)),
    content    TEXT    NOT NULL,
    took_us    INTEGER NOT NULL -- microseconds
) STRICT;
CREATE INDEX turns_at ON turns (at);
CREATE INDEX turns_person ON turns (person);

-- Chats of Telegram: what is known of them besides the conversation. A chat without a row is an
-- ordinary one.
CREATE TABLE chats (
    id       INTEGER PRIMARY KEY,
    kind     TEXT NOT NULL GENERATED ALWAYS AS (iif(id < 0, 'group', 'private')) VIRTUAL,
    blocked  INTEGER, -- since when the person does not want the bot; NULL: does
    moved_to INTEGER  -- the ID the group has now; NULL: still this one
) STRICT;

-- AUTOINCREMENT: the number of a call that is gone must never name another one.
CREATE TABLE outbox (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    chat     INTEGER NOT NULL,
    grouped  INTEGER NOT NULL CHECK (grouped IN (0, 1)), -- goes to a group
    method   TEXT    NOT NULL,
    body     BLOB,             -- sealed; NULL once done
    screen   INTEGER NOT NULL,
    created  INTEGER NOT NULL,
    due_ms   INTEGER NOT NULL, -- unix milliseconds: a second is too coarse for a short back-off
    tries    INTEGER NOT NULL DEFAULT 0,
    reason   TEXT    NOT NULL DEFAULT '', -- of the last failure
    done     INTEGER,          -- NULL: waits
    dropped  INTEGER NOT NULL DEFAULT 0 CHECK (dropped IN (0, 1)),
    CHECK ((body IS NULL) = (done IS NOT NULL))
) STRICT;
CREATE INDEX outbox_waiting ON outbox (chat, id) WHERE done IS NULL;
CREATE INDEX outbox_due ON outbox (due_ms, id) WHERE done IS NULL;

-- Which message of Telegram shows a screen, for editing it.
CREATE TABLE messages (
    chat    INTEGER NOT NULL,
    screen  INTEGER NOT NULL,
    message INTEGER NOT NULL,
    sent    INTEGER NOT NULL,
    PRIMARY KEY (chat, screen)
) STRICT, WITHOUT ROWID;
CREATE INDEX messages_sent ON messages (sent);
