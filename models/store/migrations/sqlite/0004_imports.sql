-- +goose Up
-- A file of customers that somebody sent in a page. It lives for a day.
CREATE TABLE imports (
    id         TEXT PRIMARY KEY,
    root_id    TEXT NOT NULL,
    partner_id TEXT NOT NULL,
    actor_id   TEXT NOT NULL CHECK (actor_id <> ''),
    file_name  TEXT NOT NULL CHECK (file_name <> ''),
    content    BLOB NOT NULL CHECK (typeof(content) = 'blob'),
    created_at TIMESTAMP NOT NULL CHECK (typeof(created_at) = 'text'),
    expires_at TIMESTAMP NOT NULL CHECK (typeof(expires_at) = 'text'),
    started_at TIMESTAMP CHECK (typeof(started_at) IN ('text', 'null')),
    done_at    TIMESTAMP CHECK (typeof(done_at) IN ('text', 'null')),
    result     TEXT NOT NULL,
    CHECK (done_at IS NULL OR started_at IS NOT NULL),
    FOREIGN KEY (root_id, partner_id) REFERENCES partners (root_id, id) ON UPDATE CASCADE
);
CREATE INDEX imports_actor ON imports (actor_id, created_at);
CREATE INDEX imports_expiring ON imports (expires_at);

-- The latest events of a whole tree.
CREATE INDEX events_root ON events (root_id, id);

-- +goose StatementBegin
CREATE TRIGGER imports_kept BEFORE UPDATE ON imports FOR EACH ROW
WHEN NEW.root_id IS NOT OLD.root_id OR NEW.partner_id IS NOT OLD.partner_id OR NEW.actor_id IS NOT OLD.actor_id
    OR NEW.content IS NOT OLD.content OR OLD.done_at IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'whose an import is, its file and its result are immutable');
END;
-- +goose StatementEnd
