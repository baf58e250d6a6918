-- +goose Up
-- A file of customers that somebody sent in a page. It lives for a day.
CREATE TABLE imports (
    id         text PRIMARY KEY,
    root_id    text NOT NULL,
    partner_id text NOT NULL,
    actor_id   text NOT NULL CHECK (actor_id <> ''),
    file_name  text NOT NULL CHECK (file_name <> ''),
    content    bytea NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    started_at timestamptz,
    done_at    timestamptz,
    result     text NOT NULL,
    CHECK (done_at IS NULL OR started_at IS NOT NULL),
    FOREIGN KEY (root_id, partner_id) REFERENCES partners (root_id, id) ON UPDATE CASCADE
);
CREATE INDEX imports_actor ON imports (actor_id, created_at);
CREATE INDEX imports_expiring ON imports (expires_at);

-- The latest events of a whole tree.
CREATE INDEX events_root ON events (root_id, id);

-- +goose StatementBegin
CREATE FUNCTION keep_import() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.root_id IS DISTINCT FROM OLD.root_id OR NEW.partner_id IS DISTINCT FROM OLD.partner_id
        OR NEW.actor_id IS DISTINCT FROM OLD.actor_id OR NEW.content IS DISTINCT FROM OLD.content OR OLD.done_at IS NOT NULL THEN
        RAISE EXCEPTION 'whose an import is, its file and its result are immutable' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd

CREATE TRIGGER imports_kept BEFORE UPDATE ON imports FOR EACH ROW EXECUTE FUNCTION keep_import();
