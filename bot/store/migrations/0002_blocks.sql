-- What administrators have blocked, and freed again: the latest row of an item says how it stands. Rows
-- are never changed or deleted: they are the log of who did what, and why.
CREATE TABLE block_events (
    id        INTEGER PRIMARY KEY,
    update_id INTEGER NOT NULL, -- that brought the command
    item      TEXT    NOT NULL, -- a document, a provision, a card or a topic
    freed     INTEGER NOT NULL CHECK (freed IN (0, 1)),
    reason    TEXT    NOT NULL,
    author    TEXT    NOT NULL, -- as the settings name administrators
    at        INTEGER NOT NULL
) STRICT;
CREATE INDEX block_events_item ON block_events (item, id);
