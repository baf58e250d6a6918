-- +goose Up
-- What an agent is sorted and searched by. The portal writes both; where it left them empty, lower case
-- has to do.
ALTER TABLE agents
    ADD COLUMN sort_key   text COLLATE "C" NOT NULL DEFAULT '',
    ADD COLUMN search_key text COLLATE "C" NOT NULL DEFAULT '';

-- One line of the lists of agents, for each that holds a seat. Triggers keep it; nothing else writes here.
CREATE TABLE agent_lines (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    agent_id    text NOT NULL UNIQUE REFERENCES agents (id) ON DELETE CASCADE,
    root_id     text NOT NULL,
    partner_id  text NOT NULL,
    customer_id text NOT NULL,
    account_id  text NOT NULL,
    sort_key    text COLLATE "C" NOT NULL,
    enrolled_at timestamptz NOT NULL,
    words       text COLLATE "C" NOT NULL
);

-- Each order once for every reach that a list can have.
CREATE INDEX agent_lines_name ON agent_lines (root_id, partner_id, sort_key, agent_id);
CREATE INDEX agent_lines_name_root ON agent_lines (root_id, sort_key, agent_id);
CREATE INDEX agent_lines_name_customer ON agent_lines (customer_id, sort_key, agent_id);
CREATE INDEX agent_lines_name_account ON agent_lines (account_id, sort_key, agent_id);
CREATE INDEX agent_lines_enrolled ON agent_lines (root_id, partner_id, enrolled_at, agent_id);
CREATE INDEX agent_lines_enrolled_root ON agent_lines (root_id, enrolled_at, agent_id);
CREATE INDEX agent_lines_enrolled_customer ON agent_lines (customer_id, enrolled_at, agent_id);
CREATE INDEX agent_lines_enrolled_account ON agent_lines (account_id, enrolled_at, agent_id);
CREATE INDEX agent_lines_words ON agent_lines USING gin (grams(words));
-- Carries that agents may still be moving on.
CREATE INDEX carries_deadline ON carries (root_id, partner_id, deadline_at);

-- The account stands among the words, so that a search within one account reads its own agents only.
-- +goose StatementBegin
CREATE FUNCTION agent_words(account_id text, search_key text, device_name text, os text, app_version text, group_name text)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT lower(account_id) || E'\n' || coalesce(nullif(search_key, ''),
        lower(device_name || E'\n' || os || E'\n' || app_version || E'\n' || group_name))
$$;
-- +goose StatementEnd

-- What the lines should say.
CREATE VIEW agent_line_now AS
SELECT g.id AS agent_id, g.root_id, g.partner_id, g.customer_id, g.account_id,
    coalesce(nullif(g.sort_key, ''), lower(g.device_name)) AS sort_key, g.enrolled_at,
    agent_words(g.account_id, g.search_key, g.device_name, g.os, g.app_version, g.group_name) AS words
FROM agents g WHERE g.released_at IS NULL;

-- +goose StatementBegin
CREATE FUNCTION list_enrolled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO agent_lines (agent_id, root_id, partner_id, customer_id, account_id, sort_key, enrolled_at, words)
    SELECT e.id, e.root_id, e.partner_id, e.customer_id, e.account_id, coalesce(nullif(e.sort_key, ''), lower(e.device_name)),
        e.enrolled_at, agent_words(e.account_id, e.search_key, e.device_name, e.os, e.app_version, e.group_name)
    FROM enrolled e WHERE e.released_at IS NULL;
    RETURN NULL;
END $$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION relist_agent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.released_at IS NOT NULL THEN
        DELETE FROM agent_lines WHERE agent_id = NEW.id;
        RETURN NULL;
    END IF;
    INSERT INTO agent_lines (agent_id, root_id, partner_id, customer_id, account_id, sort_key, enrolled_at, words)
    SELECT n.agent_id, n.root_id, n.partner_id, n.customer_id, n.account_id, n.sort_key, n.enrolled_at, n.words
    FROM agent_line_now n WHERE n.agent_id = NEW.id
    ON CONFLICT (agent_id) DO UPDATE SET root_id = excluded.root_id, partner_id = excluded.partner_id, customer_id = excluded.customer_id,
        account_id = excluded.account_id, sort_key = excluded.sort_key, enrolled_at = excluded.enrolled_at, words = excluded.words;
    RETURN NULL;
END $$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION forget_agent_keys() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.sort_key := '';
    NEW.search_key := '';
    RETURN NEW;
END $$;
-- +goose StatementEnd

CREATE TRIGGER agents_keys BEFORE UPDATE ON agents FOR EACH ROW
    WHEN (OLD.search_key = NEW.search_key AND
        (OLD.device_name, OLD.os, OLD.app_version, OLD.group_name) IS DISTINCT FROM (NEW.device_name, NEW.os, NEW.app_version, NEW.group_name))
    EXECUTE FUNCTION forget_agent_keys();
CREATE TRIGGER agents_listed AFTER INSERT ON agents
    REFERENCING NEW TABLE AS enrolled FOR EACH STATEMENT EXECUTE FUNCTION list_enrolled();
CREATE TRIGGER agents_relisted AFTER UPDATE ON agents FOR EACH ROW
    WHEN ((OLD.partner_id, OLD.account_id, OLD.sort_key, OLD.search_key, OLD.device_name, OLD.os, OLD.app_version, OLD.group_name, OLD.enrolled_at, OLD.released_at IS NULL)
        IS DISTINCT FROM (NEW.partner_id, NEW.account_id, NEW.sort_key, NEW.search_key, NEW.device_name, NEW.os, NEW.app_version, NEW.group_name, NEW.enrolled_at, NEW.released_at IS NULL))
    EXECUTE FUNCTION relist_agent();

INSERT INTO agent_lines (agent_id, root_id, partner_id, customer_id, account_id, sort_key, enrolled_at, words)
SELECT n.agent_id, n.root_id, n.partner_id, n.customer_id, n.account_id, n.sort_key, n.enrolled_at, n.words FROM agent_line_now n;
