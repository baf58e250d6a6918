-- +goose Up
-- Who has moved and the groups of an account are counted along indexes. Those that are waited for have none by
-- carry: while the database believes that few are on their way, it would look agents up in it, one by one.
CREATE INDEX carry_agents_moved ON carry_agents (carry_id) WHERE moved_at IS NOT NULL;
CREATE INDEX agents_group ON agents (account_id, group_name) WHERE released_at IS NULL;
-- Agents that came to an account by enrolling: an account that all were carried to has none.
CREATE INDEX memberships_enrolled ON memberships (account_id) WHERE carry_id IS NULL AND left_at IS NULL;
