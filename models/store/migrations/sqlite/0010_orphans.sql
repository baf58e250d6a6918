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

-- Devices that hold a seat in more than one account of a customer. Triggers keep it; nothing else writes
-- here.
CREATE TABLE doubled_devices (
    partner_id  TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    root_id     TEXT NOT NULL,
    PRIMARY KEY (partner_id, customer_id, fingerprint),
    FOREIGN KEY (partner_id, customer_id) REFERENCES customers (partner_id, id) ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE INDEX doubled_devices_walk ON doubled_devices (root_id, partner_id, customer_id, fingerprint);
CREATE INDEX doubled_devices_walk_root ON doubled_devices (root_id, customer_id, fingerprint);

-- +goose StatementBegin
CREATE TRIGGER agents_doubled AFTER INSERT ON agents FOR EACH ROW WHEN NEW.released_at IS NULL AND NEW.fingerprint <> ''
BEGIN
    INSERT INTO doubled_devices (partner_id, customer_id, fingerprint, root_id)
    SELECT NEW.partner_id, NEW.customer_id, NEW.fingerprint, NEW.root_id
    WHERE EXISTS (SELECT 1 FROM agents g WHERE g.partner_id = NEW.partner_id AND g.customer_id = NEW.customer_id
        AND g.fingerprint = NEW.fingerprint AND g.account_id <> NEW.account_id AND g.released_at IS NULL)
    ON CONFLICT DO NOTHING;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER agents_undoubled AFTER UPDATE ON agents FOR EACH ROW
WHEN OLD.account_id <> NEW.account_id OR OLD.fingerprint <> NEW.fingerprint OR (OLD.released_at IS NULL) <> (NEW.released_at IS NULL)
BEGIN
    DELETE FROM doubled_devices WHERE partner_id = OLD.partner_id AND customer_id = OLD.customer_id AND fingerprint = OLD.fingerprint
        AND (SELECT count(DISTINCT g.account_id) FROM agents g WHERE g.partner_id = OLD.partner_id AND g.customer_id = OLD.customer_id
            AND g.fingerprint = OLD.fingerprint AND g.released_at IS NULL) < 2;
    INSERT INTO doubled_devices (partner_id, customer_id, fingerprint, root_id)
    SELECT NEW.partner_id, NEW.customer_id, NEW.fingerprint, NEW.root_id
    WHERE NEW.released_at IS NULL AND NEW.fingerprint <> '' AND EXISTS (
        SELECT 1 FROM agents g WHERE g.partner_id = NEW.partner_id AND g.customer_id = NEW.customer_id
        AND g.fingerprint = NEW.fingerprint AND g.account_id <> NEW.account_id AND g.released_at IS NULL)
    ON CONFLICT DO NOTHING;
END;
-- +goose StatementEnd

INSERT INTO doubled_devices (partner_id, customer_id, fingerprint, root_id)
SELECT partner_id, customer_id, fingerprint, min(root_id) FROM agents WHERE released_at IS NULL AND fingerprint <> ''
GROUP BY partner_id, customer_id, fingerprint HAVING count(DISTINCT account_id) > 1;
