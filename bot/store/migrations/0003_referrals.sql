-- Referrals and the officers who see to them. In 0001 it says of people that nothing leads from a
-- pseudonym to a chat: since this migration the table addresses does, sealed, for those whom the bot
-- must be able to write to by itself, and for nobody else: residents with a referral, linked
-- officers, and their groups.
CREATE TABLE addresses (
    person TEXT PRIMARY KEY, -- the pseudonym
    chat   BLOB NOT NULL     -- sealed: Telegram's number
) STRICT, WITHOUT ROWID;

CREATE TABLE officers (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    name    TEXT    NOT NULL,
    ward    TEXT    NOT NULL, -- a code, or 'city'
    role    TEXT    NOT NULL CHECK (role IN ('officer', 'supervisor', 'duty', 'admin')),
    invited INTEGER NOT NULL,
    invite  BLOB UNIQUE,      -- SHA-256 of the invitation's secret; NULL once it is used
    person  TEXT,             -- the pseudonym of the private chat; NULL: not linked
    linked  INTEGER,
    revoked INTEGER,          -- NULL: may act
    writes  TEXT    NOT NULL DEFAULT '', -- the code of the referral whose resident gets what they write …
    until   INTEGER NOT NULL DEFAULT 0   -- … up to here
) STRICT;
CREATE UNIQUE INDEX officers_person ON officers (person) WHERE revoked IS NULL;

-- The group chat of a desk.
CREATE TABLE desks (
    ward   TEXT PRIMARY KEY, -- a code, or 'city'
    person TEXT NOT NULL UNIQUE -- the pseudonym of the group
) STRICT, WITHOUT ROWID;

CREATE TABLE referrals (
    code      TEXT PRIMARY KEY,
    draft     TEXT    NOT NULL UNIQUE,
    version   INTEGER NOT NULL, -- of the state
    writes    INTEGER NOT NULL, -- so that of two who build on the same row only one counts
    state     TEXT    NOT NULL CHECK (state IN ('sent', 'accepted', 'waiting', 'closed', 'cancelled')),
    resident  TEXT,             -- the pseudonym; NULL: forgotten
    topic     TEXT    NOT NULL,
    ward      TEXT    NOT NULL,
    desk      TEXT    NOT NULL,
    holder    INTEGER REFERENCES officers (id),
    said      BLOB,             -- sealed JSON: what was sent; NULL: forgotten
    contact   BLOB,             -- sealed; NULL: none, or forgotten
    consent   TEXT    NOT NULL, -- the version of the wording …
    sent      INTEGER NOT NULL, -- … and when it was agreed to
    due       INTEGER NOT NULL,
    taken     INTEGER,
    talk_ends INTEGER,
    closed    INTEGER,
    reopened  INTEGER NOT NULL DEFAULT 0 CHECK (reopened IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX referrals_resident ON referrals (resident, sent);
CREATE INDEX referrals_open ON referrals (desk, sent) WHERE state IN ('sent', 'accepted', 'waiting');

-- What happened, without a word of what was said.
CREATE TABLE referral_events (
    id        INTEGER PRIMARY KEY,
    code      TEXT    NOT NULL REFERENCES referrals (code),
    version   INTEGER NOT NULL,
    event     TEXT    NOT NULL,
    officer   INTEGER REFERENCES officers (id), -- NULL: the resident
    update_id INTEGER NOT NULL,
    at        INTEGER NOT NULL
) STRICT;
CREATE INDEX referral_events_code ON referral_events (code, id);

-- The chats that show the card of a referral.
CREATE TABLE referral_cards (
    code   TEXT NOT NULL REFERENCES referrals (code),
    person TEXT NOT NULL, -- the pseudonym of the chat
    PRIMARY KEY (code, person)
) STRICT, WITHOUT ROWID;
