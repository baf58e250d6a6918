-- +goose Up
-- Which device an agent runs on, when its software was installed anew and knows itself by another id.
ALTER TABLE agents ADD COLUMN fingerprint TEXT NOT NULL DEFAULT '';
UPDATE agents SET fingerprint = device_id;
CREATE INDEX agents_fingerprint ON agents (partner_id, customer_id, fingerprint);

-- An agent may join twice at one instant; its memberships are counted instead.
CREATE TABLE counted_memberships (
    agent_id    TEXT NOT NULL,
    number      INTEGER NOT NULL DEFAULT 1 CHECK (typeof(number) = 'integer') CHECK (number >= 1),
    root_id     TEXT NOT NULL,
    partner_id  TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    account_id  TEXT NOT NULL,
    carry_id    TEXT,
    joined_at   TIMESTAMP NOT NULL CHECK (typeof(joined_at) = 'text'),
    left_at     TIMESTAMP CHECK (typeof(left_at) IN ('text', 'null')),
    PRIMARY KEY (agent_id, number),
    FOREIGN KEY (partner_id, agent_id) REFERENCES agents (partner_id, id) ON UPDATE CASCADE,
    FOREIGN KEY (partner_id, account_id) REFERENCES accounts (partner_id, id) ON UPDATE CASCADE
);
INSERT INTO counted_memberships (agent_id, number, root_id, partner_id, customer_id, account_id, joined_at, left_at)
    SELECT agent_id, row_number() OVER (PARTITION BY agent_id ORDER BY joined_at), root_id, partner_id, customer_id, account_id, joined_at, left_at
    FROM memberships;
DROP TABLE memberships;
ALTER TABLE counted_memberships RENAME TO memberships;
CREATE UNIQUE INDEX memberships_open ON memberships (agent_id) WHERE left_at IS NULL;
CREATE INDEX memberships_joined ON memberships (partner_id, account_id, joined_at);
CREATE INDEX memberships_left ON memberships (partner_id, account_id, left_at);
-- +goose StatementBegin
CREATE TRIGGER memberships_tenant BEFORE UPDATE ON memberships FOR EACH ROW
WHEN NEW.root_id IS NOT OLD.root_id OR NEW.partner_id IS NOT OLD.partner_id OR NEW.customer_id IS NOT OLD.customer_id
BEGIN
    SELECT RAISE(ABORT, 'tenant columns of memberships are immutable');
END;
-- +goose StatementEnd

-- What an agent was offered instead of its token; it is its token from the moment it uses it.
ALTER TABLE agent_tokens ADD COLUMN next_hash TEXT;
CREATE UNIQUE INDEX agent_tokens_next ON agent_tokens (next_hash) WHERE next_hash IS NOT NULL;

-- How far the clock of an agent is ahead of the portal's, in seconds, at its last check-in.
ALTER TABLE sightings ADD COLUMN skew INTEGER NOT NULL DEFAULT 0;

ALTER TABLE proposals ADD COLUMN undone_at TIMESTAMP CHECK (typeof(undone_at) IN ('text', 'null'));

-- Agents of one account on their way to another one of the same customer and product.
CREATE TABLE carries (
    id            TEXT PRIMARY KEY,
    root_id       TEXT NOT NULL,
    partner_id    TEXT NOT NULL,
    customer_id   TEXT NOT NULL,
    account_id    TEXT NOT NULL,
    to_account_id TEXT NOT NULL,
    kind          TEXT NOT NULL CHECK (kind IN ('carry', 'undo')),
    picked        TEXT NOT NULL,
    actor_id      TEXT NOT NULL CHECK (actor_id <> ''),
    actor_name    TEXT NOT NULL,
    total         INTEGER NOT NULL CHECK (typeof(total) = 'integer') CHECK (total >= 1),
    created_at    TIMESTAMP NOT NULL CHECK (typeof(created_at) = 'text'),
    deadline_at   TIMESTAMP NOT NULL CHECK (typeof(deadline_at) = 'text'),
    cancelled_at  TIMESTAMP CHECK (typeof(cancelled_at) IN ('text', 'null')),
    version       INTEGER NOT NULL CHECK (typeof(version) = 'integer') CHECK (version >= 1),
    UNIQUE (partner_id, id),
    CHECK (account_id <> to_account_id),
    FOREIGN KEY (root_id, partner_id) REFERENCES partners (root_id, id) ON UPDATE CASCADE,
    FOREIGN KEY (partner_id, customer_id) REFERENCES customers (partner_id, id) ON UPDATE CASCADE,
    FOREIGN KEY (partner_id, account_id) REFERENCES accounts (partner_id, id) ON UPDATE CASCADE,
    FOREIGN KEY (partner_id, to_account_id) REFERENCES accounts (partner_id, id) ON UPDATE CASCADE
);
CREATE INDEX carries_account ON carries (partner_id, account_id, created_at);
CREATE INDEX carries_to_account ON carries (partner_id, to_account_id, created_at);

-- One agent of a carry: told at its check-in, moved by its next one, or left where it is.
CREATE TABLE carry_agents (
    carry_id    TEXT NOT NULL,
    agent_id    TEXT NOT NULL,
    root_id     TEXT NOT NULL,
    partner_id  TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    account_id  TEXT NOT NULL,
    token_hash  TEXT,
    told_at     TIMESTAMP CHECK (typeof(told_at) IN ('text', 'null')),
    moved_at    TIMESTAMP CHECK (typeof(moved_at) IN ('text', 'null')),
    dropped_at  TIMESTAMP CHECK (typeof(dropped_at) IN ('text', 'null')),
    why         TEXT NOT NULL,
    PRIMARY KEY (carry_id, agent_id),
    CHECK (moved_at IS NULL OR dropped_at IS NULL),
    CHECK ((dropped_at IS NULL) = (why = '')),
    CHECK ((token_hash IS NULL) = (told_at IS NULL)),
    FOREIGN KEY (partner_id, carry_id) REFERENCES carries (partner_id, id) ON UPDATE CASCADE,
    FOREIGN KEY (partner_id, agent_id) REFERENCES agents (partner_id, id) ON UPDATE CASCADE
);
-- An agent is on one way at a time.
CREATE UNIQUE INDEX carry_agents_open ON carry_agents (agent_id) WHERE moved_at IS NULL AND dropped_at IS NULL;
CREATE UNIQUE INDEX carry_agents_token ON carry_agents (token_hash) WHERE token_hash IS NOT NULL;
CREATE INDEX carry_agents_agent ON carry_agents (partner_id, agent_id);

-- +goose StatementBegin
CREATE TRIGGER carries_kept BEFORE UPDATE ON carries FOR EACH ROW
WHEN NEW.root_id IS NOT OLD.root_id OR NEW.partner_id IS NOT OLD.partner_id OR NEW.customer_id IS NOT OLD.customer_id
    OR NEW.account_id IS NOT OLD.account_id OR NEW.to_account_id IS NOT OLD.to_account_id OR NEW.total IS NOT OLD.total
BEGIN
    SELECT RAISE(ABORT, 'whose a carry is, its accounts and its total are immutable');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER carry_agents_kept BEFORE UPDATE ON carry_agents FOR EACH ROW
WHEN NEW.root_id IS NOT OLD.root_id OR NEW.partner_id IS NOT OLD.partner_id OR NEW.customer_id IS NOT OLD.customer_id
    OR NEW.account_id IS NOT OLD.account_id OR NEW.agent_id IS NOT OLD.agent_id OR OLD.moved_at IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'whose an agent of a carry is and that it moved are immutable');
END;
-- +goose StatementEnd
