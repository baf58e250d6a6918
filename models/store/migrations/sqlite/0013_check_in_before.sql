-- +goose Up
-- The check-in before the last one.
ALTER TABLE sightings ADD COLUMN seen_before TIMESTAMP CHECK (typeof(seen_before) IN ('text', 'null'));
