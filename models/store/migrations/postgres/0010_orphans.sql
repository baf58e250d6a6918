-- +goose Up
-- What the orphan radar walks along: accounts with agents by the moment their plan stops or stopped for
-- good, replaced accounts with agents, and accounts that a reassign generated.
CREATE INDEX account_lines_stops ON account_lines (root_id, partner_id, coalesce(cancelled_at, locked_until), account_id)
    WHERE in_use > 0 AND replaced_by_id IS NULL;
CREATE INDEX account_lines_stops_root ON account_lines (root_id, coalesce(cancelled_at, locked_until), account_id)
    WHERE in_use > 0 AND replaced_by_id IS NULL;
CREATE INDEX account_lines_behind ON account_lines (root_id, partner_id, account_id) WHERE in_use > 0 AND replaced_by_id IS NOT NULL;
CREATE INDEX account_lines_behind_root ON account_lines (root_id, account_id) WHERE in_use > 0 AND replaced_by_id IS NOT NULL;
CREATE INDEX accounts_second ON accounts (root_id, partner_id, id) WHERE proposal_id IS NOT NULL AND closed_at IS NULL AND purged_at IS NULL;
CREATE INDEX accounts_second_root ON accounts (root_id, id) WHERE proposal_id IS NOT NULL AND closed_at IS NULL AND purged_at IS NULL;
-- From a line to its account, whose ids are of another collation.
CREATE UNIQUE INDEX accounts_id_plain ON accounts (id COLLATE "C");

-- Devices that hold a seat in more than one account of a customer. Triggers keep it; nothing else writes
-- here.
CREATE TABLE doubled_devices (
    partner_id  text NOT NULL,
    customer_id text NOT NULL,
    fingerprint text NOT NULL,
    root_id     text NOT NULL,
    PRIMARY KEY (partner_id, customer_id, fingerprint),
    FOREIGN KEY (partner_id, customer_id) REFERENCES customers (partner_id, id) ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE INDEX doubled_devices_walk ON doubled_devices (root_id, partner_id, customer_id, fingerprint);
CREATE INDEX doubled_devices_walk_root ON doubled_devices (root_id, customer_id, fingerprint);

-- +goose StatementBegin
CREATE FUNCTION double_enrolled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO doubled_devices (partner_id, customer_id, fingerprint, root_id)
    SELECT DISTINCT e.partner_id, e.customer_id, e.fingerprint, e.root_id FROM enrolled e
    JOIN agents g ON g.partner_id = e.partner_id AND g.customer_id = e.customer_id AND g.fingerprint = e.fingerprint
        AND g.account_id <> e.account_id AND g.released_at IS NULL
    WHERE e.released_at IS NULL AND e.fingerprint <> ''
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION double_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM doubled_devices d WHERE d.partner_id = OLD.partner_id AND d.customer_id = OLD.customer_id AND d.fingerprint = OLD.fingerprint
        AND (SELECT count(DISTINCT g.account_id) FROM agents g WHERE g.partner_id = OLD.partner_id AND g.customer_id = OLD.customer_id
            AND g.fingerprint = OLD.fingerprint AND g.released_at IS NULL) < 2;
    INSERT INTO doubled_devices (partner_id, customer_id, fingerprint, root_id)
    SELECT NEW.partner_id, NEW.customer_id, NEW.fingerprint, NEW.root_id
    WHERE NEW.released_at IS NULL AND NEW.fingerprint <> '' AND EXISTS (
        SELECT 1 FROM agents g WHERE g.partner_id = NEW.partner_id AND g.customer_id = NEW.customer_id
        AND g.fingerprint = NEW.fingerprint AND g.account_id <> NEW.account_id AND g.released_at IS NULL)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
-- +goose StatementEnd

CREATE TRIGGER agents_doubled AFTER INSERT ON agents
    REFERENCING NEW TABLE AS enrolled FOR EACH STATEMENT EXECUTE FUNCTION double_enrolled();
CREATE TRIGGER agents_undoubled AFTER UPDATE ON agents FOR EACH ROW
    WHEN ((OLD.account_id, OLD.fingerprint, OLD.released_at IS NULL) IS DISTINCT FROM (NEW.account_id, NEW.fingerprint, NEW.released_at IS NULL))
    EXECUTE FUNCTION double_moved();

INSERT INTO doubled_devices (partner_id, customer_id, fingerprint, root_id)
SELECT partner_id, customer_id, fingerprint, min(root_id) FROM agents WHERE released_at IS NULL AND fingerprint <> ''
GROUP BY partner_id, customer_id, fingerprint HAVING count(DISTINCT account_id) > 1;
