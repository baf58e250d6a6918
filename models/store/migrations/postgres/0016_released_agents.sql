-- +goose Up
-- Agents whose seats were taken back, by when that was: those of an account, of a customer, of a partner and
-- of a tree. And who did it.
CREATE INDEX agents_released_account ON agents (account_id, released_at, id) WHERE released_at IS NOT NULL;
CREATE INDEX agents_released_customer ON agents (customer_id, released_at, id) WHERE released_at IS NOT NULL;
CREATE INDEX agents_released ON agents (root_id, partner_id, released_at, id) WHERE released_at IS NOT NULL;
CREATE INDEX agents_released_root ON agents (root_id, released_at, id) WHERE released_at IS NOT NULL;
CREATE INDEX events_released ON events (partner_id, account_id, at) WHERE kind = 'agents.released';
