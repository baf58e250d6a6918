-- +goose Up
-- The device of an agent that was one of two of it goes on as the other one.
ALTER TABLE agents ADD COLUMN merged_into_id TEXT REFERENCES agents (id);
CREATE INDEX agents_merged ON agents (merged_into_id) WHERE merged_into_id IS NOT NULL;
