-- +goose Up
-- Two transactions that take one device into two accounts at the same moment do not see each other: they
-- take turns, by customer. Whoever comes here holds its accounts already.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION double_enrolled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(c.customer_id, 14)) FROM (SELECT DISTINCT e.customer_id FROM enrolled e ORDER BY 1) AS c;
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
CREATE OR REPLACE FUNCTION double_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(NEW.customer_id, 14));
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

DELETE FROM doubled_devices;
INSERT INTO doubled_devices (partner_id, customer_id, fingerprint, root_id)
SELECT partner_id, customer_id, fingerprint, min(root_id) FROM agents WHERE released_at IS NULL AND fingerprint <> ''
GROUP BY partner_id, customer_id, fingerprint HAVING count(DISTINCT account_id) > 1;
