-- +goose Up
-- Every agent has its row from the moment it enrols, so that a check-in is one update in place. The row
-- names the account that the agent holds a seat on, or none, and the hour of the last check-in (Unix
-- hours, 0 before the first): the index below changes once an hour at most, and the updates between stay
-- on their page. Pages keep room for them.
ALTER TABLE sightings RENAME TO sightings_before;
ALTER TABLE sightings_before RENAME CONSTRAINT sightings_pkey TO sightings_before_pkey;
ALTER TABLE sightings_before DROP CONSTRAINT sightings_agent_id_fkey;
CREATE TABLE sightings (
    agent_id   text PRIMARY KEY,
    account_id text NOT NULL,
    seen_at    timestamptz,
    seen_hour  bigint NOT NULL DEFAULT 0,
    sequence   bigint NOT NULL DEFAULT 0,
    skew       bigint NOT NULL DEFAULT 0,
    turned     boolean NOT NULL DEFAULT FALSE, -- the last check-in was the first of its hour
    CHECK ((seen_at IS NULL) = (seen_hour = 0)),
    FOREIGN KEY (agent_id) REFERENCES agents (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
) WITH (fillfactor = 70);
INSERT INTO sightings (agent_id, account_id, seen_at, seen_hour, sequence, skew)
    SELECT g.id, CASE WHEN g.released_at IS NULL THEN g.account_id ELSE '' END, w.seen_at,
        coalesce(floor(extract(epoch FROM w.seen_at) / 3600), 0), coalesce(w.sequence, 0), coalesce(w.skew, 0)
    FROM agents g LEFT JOIN sightings_before w ON w.agent_id = g.id ORDER BY g.id;
DROP TABLE sightings_before;
CREATE INDEX sightings_account ON sightings (account_id, seen_hour);

-- How many agents of an account had their first check-in of an hour in it.
CREATE TABLE account_hours (
    account_id text NOT NULL CHECK (account_id <> ''),
    hour       bigint NOT NULL,
    agents     bigint NOT NULL CHECK (agents >= 1),
    PRIMARY KEY (account_id, hour)
) WITH (fillfactor = 50);
CREATE INDEX account_hours_hour ON account_hours (hour);

-- The row follows its agent.
-- +goose StatementBegin
CREATE FUNCTION await_enrolled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO sightings (agent_id, account_id)
    SELECT id, CASE WHEN released_at IS NULL THEN account_id ELSE '' END FROM enrolled ON CONFLICT (agent_id) DO NOTHING;
    RETURN NULL;
END $$;
CREATE FUNCTION follow_agent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE sightings SET account_id = CASE WHEN NEW.released_at IS NULL THEN NEW.account_id ELSE '' END
        WHERE agent_id = NEW.id AND account_id <> CASE WHEN NEW.released_at IS NULL THEN NEW.account_id ELSE '' END;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER agents_awaited AFTER INSERT ON agents
    REFERENCING NEW TABLE AS enrolled FOR EACH STATEMENT EXECUTE FUNCTION await_enrolled();
CREATE TRIGGER agents_followed AFTER UPDATE ON agents FOR EACH ROW
    WHEN ((OLD.account_id, OLD.released_at IS NULL) IS DISTINCT FROM (NEW.account_id, NEW.released_at IS NULL)) EXECUTE FUNCTION follow_agent();
