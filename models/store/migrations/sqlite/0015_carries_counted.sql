-- +goose Up
-- A carry is counted along an index, without a look at the agents; so are the groups of an account.
CREATE INDEX carry_agents_standing ON carry_agents (carry_id, moved_at, dropped_at, told_at);
CREATE INDEX agents_group ON agents (account_id, released_at, group_name);
-- Agents that came to an account by enrolling: an account that all were carried to has none.
CREATE INDEX memberships_enrolled ON memberships (account_id) WHERE carry_id IS NULL AND left_at IS NULL;
