-- +goose Up
-- Every agent has its row from the moment it enrols, so that a check-in is one update in place. The row
-- names the account that the agent holds a seat on, or none, and the hour of the last check-in (Unix
-- hours, 0 before the first): the index below changes once an hour at most.
CREATE TABLE sightings_now (
    agent_id   TEXT PRIMARY KEY,
    account_id TEXT NOT NULL,
    seen_at    TIMESTAMP CHECK (typeof(seen_at) IN ('text', 'null')),
    seen_hour  INTEGER NOT NULL DEFAULT 0 CHECK (typeof(seen_hour) = 'integer'),
    sequence   INTEGER NOT NULL DEFAULT 0 CHECK (typeof(sequence) = 'integer'),
    skew       INTEGER NOT NULL DEFAULT 0,
    CHECK ((seen_at IS NULL) = (seen_hour = 0)),
    FOREIGN KEY (agent_id) REFERENCES agents (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;
INSERT INTO sightings_now (agent_id, account_id, seen_at, seen_hour, sequence, skew)
    SELECT g.id, CASE WHEN g.released_at IS NULL THEN g.account_id ELSE '' END, w.seen_at,
        coalesce(CAST(strftime('%s', w.seen_at) AS INTEGER) / 3600, 0), coalesce(w.sequence, 0), coalesce(w.skew, 0)
    FROM agents g LEFT JOIN sightings w ON w.agent_id = g.id ORDER BY g.id;
DROP TABLE sightings;
ALTER TABLE sightings_now RENAME TO sightings;
CREATE INDEX sightings_account ON sightings (account_id, seen_hour);

-- How many agents of an account had their first check-in of an hour in it.
CREATE TABLE account_hours (
    account_id TEXT NOT NULL CHECK (account_id <> ''),
    hour       INTEGER NOT NULL CHECK (typeof(hour) = 'integer'),
    agents     INTEGER NOT NULL CHECK (typeof(agents) = 'integer') CHECK (agents >= 1),
    PRIMARY KEY (account_id, hour)
) WITHOUT ROWID;
CREATE INDEX account_hours_hour ON account_hours (hour);

-- The row follows its agent.
-- +goose StatementBegin
CREATE TRIGGER agents_awaited AFTER INSERT ON agents FOR EACH ROW
BEGIN
    INSERT INTO sightings (agent_id, account_id) VALUES (NEW.id, CASE WHEN NEW.released_at IS NULL THEN NEW.account_id ELSE '' END)
        ON CONFLICT (agent_id) DO NOTHING;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER agents_followed AFTER UPDATE ON agents FOR EACH ROW
WHEN OLD.account_id <> NEW.account_id OR (OLD.released_at IS NULL) <> (NEW.released_at IS NULL)
BEGIN
    UPDATE sightings SET account_id = CASE WHEN NEW.released_at IS NULL THEN NEW.account_id ELSE '' END
        WHERE agent_id = NEW.id AND account_id <> CASE WHEN NEW.released_at IS NULL THEN NEW.account_id ELSE '' END;
END;
-- +goose StatementEnd
