-- +goose Up
-- The check-in before the last one.
ALTER TABLE sightings ADD COLUMN seen_before timestamptz;
