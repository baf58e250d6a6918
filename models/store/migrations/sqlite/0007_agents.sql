-- +goose Up
-- What an agent is sorted and searched by. The portal writes both; where it left them empty, lower case
-- has to do.
ALTER TABLE agents ADD COLUMN sort_key TEXT NOT NULL DEFAULT '';
ALTER TABLE agents ADD COLUMN search_key TEXT NOT NULL DEFAULT '';

-- One line of the lists of agents, for each that holds a seat. Triggers keep it; nothing else writes here.
CREATE TABLE agent_lines (
    id          INTEGER PRIMARY KEY,
    agent_id    TEXT NOT NULL UNIQUE REFERENCES agents (id) ON DELETE CASCADE,
    root_id     TEXT NOT NULL,
    partner_id  TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    account_id  TEXT NOT NULL,
    sort_key    TEXT NOT NULL,
    enrolled_at TIMESTAMP NOT NULL CHECK (typeof(enrolled_at) = 'text'),
    words       TEXT NOT NULL
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
-- Carries that agents may still be moving on.
CREATE INDEX carries_deadline ON carries (root_id, partner_id, deadline_at);

CREATE VIRTUAL TABLE agent_words USING fts5 (words, content = 'agent_lines', content_rowid = 'id', tokenize = 'trigram case_sensitive 1');

-- +goose StatementBegin
CREATE TRIGGER agent_lines_words_in AFTER INSERT ON agent_lines FOR EACH ROW
BEGIN
    INSERT INTO agent_words (rowid, words) VALUES (NEW.id, NEW.words);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER agent_lines_words_changed AFTER UPDATE OF words ON agent_lines FOR EACH ROW WHEN OLD.words <> NEW.words
BEGIN
    INSERT INTO agent_words (agent_words, rowid, words) VALUES ('delete', OLD.id, OLD.words);
    INSERT INTO agent_words (rowid, words) VALUES (NEW.id, NEW.words);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER agent_lines_words_out AFTER DELETE ON agent_lines FOR EACH ROW
BEGIN
    INSERT INTO agent_words (agent_words, rowid, words) VALUES ('delete', OLD.id, OLD.words);
END;
-- +goose StatementEnd

-- What the lines should say. The account stands among the words, so that a search within one account
-- reads its own agents only.
CREATE VIEW agent_line_now AS
SELECT g.id AS agent_id, g.root_id, g.partner_id, g.customer_id, g.account_id,
    coalesce(nullif(g.sort_key, ''), lower(g.device_name)) AS sort_key, g.enrolled_at,
    lower(g.account_id) || char(10) || coalesce(nullif(g.search_key, ''),
        lower(g.device_name || char(10) || g.os || char(10) || g.app_version || char(10) || g.group_name)) AS words
FROM agents g WHERE g.released_at IS NULL;

-- +goose StatementBegin
CREATE TRIGGER agents_listed AFTER INSERT ON agents FOR EACH ROW WHEN NEW.released_at IS NULL
BEGIN
    INSERT INTO agent_lines (agent_id, root_id, partner_id, customer_id, account_id, sort_key, enrolled_at, words)
    SELECT n.agent_id, n.root_id, n.partner_id, n.customer_id, n.account_id, n.sort_key, n.enrolled_at, n.words
    FROM agent_line_now n WHERE n.agent_id = NEW.id;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER agents_keys AFTER UPDATE OF device_name, os, app_version, group_name ON agents FOR EACH ROW
WHEN NEW.search_key <> '' AND OLD.search_key = NEW.search_key AND (OLD.device_name <> NEW.device_name OR OLD.os <> NEW.os
    OR OLD.app_version <> NEW.app_version OR OLD.group_name <> NEW.group_name)
BEGIN
    UPDATE agents SET sort_key = '', search_key = '' WHERE id = NEW.id;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER agents_relisted AFTER UPDATE ON agents FOR EACH ROW
WHEN NEW.released_at IS NULL AND (OLD.released_at IS NOT NULL OR OLD.partner_id <> NEW.partner_id OR OLD.account_id <> NEW.account_id
    OR OLD.sort_key <> NEW.sort_key OR OLD.search_key <> NEW.search_key OR OLD.device_name <> NEW.device_name OR OLD.os <> NEW.os
    OR OLD.app_version <> NEW.app_version OR OLD.group_name <> NEW.group_name OR OLD.enrolled_at <> NEW.enrolled_at)
BEGIN
    INSERT INTO agent_lines (agent_id, root_id, partner_id, customer_id, account_id, sort_key, enrolled_at, words)
    SELECT n.agent_id, n.root_id, n.partner_id, n.customer_id, n.account_id, n.sort_key, n.enrolled_at, n.words
    FROM agent_line_now n WHERE n.agent_id = NEW.id
    ON CONFLICT (agent_id) DO UPDATE SET root_id = excluded.root_id, partner_id = excluded.partner_id, customer_id = excluded.customer_id,
        account_id = excluded.account_id, sort_key = excluded.sort_key, enrolled_at = excluded.enrolled_at, words = excluded.words;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER agents_unlisted AFTER UPDATE OF released_at ON agents FOR EACH ROW WHEN NEW.released_at IS NOT NULL AND OLD.released_at IS NULL
BEGIN
    DELETE FROM agent_lines WHERE agent_id = NEW.id;
END;
-- +goose StatementEnd

INSERT INTO agent_lines (agent_id, root_id, partner_id, customer_id, account_id, sort_key, enrolled_at, words)
SELECT n.agent_id, n.root_id, n.partner_id, n.customer_id, n.account_id, n.sort_key, n.enrolled_at, n.words FROM agent_line_now n;
