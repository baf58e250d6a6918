-- +goose Up
-- The changes after which accounts are watched: few among all events.
CREATE INDEX events_watched ON events (partner_id, at)
    WHERE kind IN ('plan.modified', 'account.replaced', 'account.undone', 'carry.begun');
CREATE INDEX events_watched_root ON events (root_id, at)
    WHERE kind IN ('plan.modified', 'account.replaced', 'account.undone', 'carry.begun');
