-- +goose Up
-- Which device an agent runs on, when its software was installed anew and knows itself by another id.
ALTER TABLE agents ADD COLUMN fingerprint text NOT NULL DEFAULT '';
UPDATE agents SET fingerprint = device_id;
CREATE INDEX agents_fingerprint ON agents (partner_id, customer_id, fingerprint);

-- An agent may join twice at one instant; its memberships are counted instead.
ALTER TABLE memberships ADD COLUMN number bigint CHECK (number >= 1);
ALTER TABLE memberships ADD COLUMN carry_id text;
UPDATE memberships m SET number = n.number FROM (
    SELECT agent_id, joined_at, row_number() OVER (PARTITION BY agent_id ORDER BY joined_at) AS number FROM memberships) n
    WHERE n.agent_id = m.agent_id AND n.joined_at = m.joined_at;
ALTER TABLE memberships ALTER COLUMN number SET NOT NULL;
ALTER TABLE memberships ALTER COLUMN number SET DEFAULT 1;
ALTER TABLE memberships DROP CONSTRAINT memberships_pkey;
ALTER TABLE memberships ADD PRIMARY KEY (agent_id, number);
CREATE INDEX memberships_joined ON memberships (partner_id, account_id, joined_at);
CREATE INDEX memberships_left ON memberships (partner_id, account_id, left_at);

-- What an agent was offered instead of its token; it is its token from the moment it uses it.
ALTER TABLE agent_tokens ADD COLUMN next_hash text;
CREATE UNIQUE INDEX agent_tokens_next ON agent_tokens (next_hash) WHERE next_hash IS NOT NULL;

-- How far the clock of an agent is ahead of the portal's, in seconds, at its last check-in.
ALTER TABLE sightings ADD COLUMN skew bigint NOT NULL DEFAULT 0;

ALTER TABLE proposals ADD COLUMN undone_at timestamptz;

-- Agents of one account on their way to another one of the same customer and product.
CREATE TABLE carries (
    id            text PRIMARY KEY,
    root_id       text NOT NULL,
    partner_id    text NOT NULL,
    customer_id   text NOT NULL,
    account_id    text NOT NULL,
    to_account_id text NOT NULL,
    kind          text NOT NULL CHECK (kind IN ('carry', 'undo')),
    picked        text NOT NULL,
    actor_id      text NOT NULL CHECK (actor_id <> ''),
    actor_name    text NOT NULL,
    total         bigint NOT NULL CHECK (total >= 1),
    created_at    timestamptz NOT NULL,
    deadline_at   timestamptz NOT NULL,
    cancelled_at  timestamptz,
    version       bigint NOT NULL CHECK (version >= 1),
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
    carry_id    text NOT NULL,
    agent_id    text NOT NULL,
    root_id     text NOT NULL,
    partner_id  text NOT NULL,
    customer_id text NOT NULL,
    account_id  text NOT NULL,
    token_hash  text,
    told_at     timestamptz,
    moved_at    timestamptz,
    dropped_at  timestamptz,
    why         text NOT NULL,
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
CREATE FUNCTION keep_carry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.account_id IS DISTINCT FROM OLD.account_id OR NEW.to_account_id IS DISTINCT FROM OLD.to_account_id
        OR NEW.total IS DISTINCT FROM OLD.total THEN
        RAISE EXCEPTION 'the accounts of a carry and its total are immutable' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION keep_carried() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.account_id IS DISTINCT FROM OLD.account_id OR NEW.agent_id IS DISTINCT FROM OLD.agent_id OR OLD.moved_at IS NOT NULL THEN
        RAISE EXCEPTION 'the agents of a carry and that they moved are immutable' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER carries_tenant BEFORE UPDATE ON carries FOR EACH ROW EXECUTE FUNCTION keep_tenant();
CREATE TRIGGER carries_kept BEFORE UPDATE ON carries FOR EACH ROW EXECUTE FUNCTION keep_carry();
CREATE TRIGGER carry_agents_tenant BEFORE UPDATE ON carry_agents FOR EACH ROW EXECUTE FUNCTION keep_tenant();
CREATE TRIGGER carry_agents_kept BEFORE UPDATE ON carry_agents FOR EACH ROW EXECUTE FUNCTION keep_carried();
