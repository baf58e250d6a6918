-- +goose Up
-- How many agents of an account had their first check-in of an hour in it.
CREATE TABLE IF NOT EXISTS account_hours (
    account_id text NOT NULL CHECK (account_id <> ''),
    hour       bigint NOT NULL,
    agents     bigint NOT NULL CHECK (agents >= 1),
    PRIMARY KEY (account_id, hour)
);
-- The changes after which accounts are watched: few among all events.
CREATE INDEX events_watched ON events (partner_id, at)
    WHERE kind IN ('plan.modified', 'account.replaced', 'account.undone', 'carry.begun');
CREATE INDEX events_watched_root ON events (root_id, at)
    WHERE kind IN ('plan.modified', 'account.replaced', 'account.undone', 'carry.begun');
