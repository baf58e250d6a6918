-- +goose Up
-- The last group of a key that was rotated, by which people know it again.
ALTER TABLE enrolment_keys ADD COLUMN ending text NOT NULL DEFAULT '';
-- The key that an account shows is the one without an end.
CREATE UNIQUE INDEX enrolment_keys_current ON enrolment_keys (account_id) WHERE valid_until IS NULL;
CREATE INDEX enrolment_keys_account ON enrolment_keys (partner_id, account_id);
-- Who made the key of an account, and who has asked to see it since.
CREATE INDEX events_keys ON events (partner_id, account_id, seq DESC)
    WHERE kind IN ('account.created', 'account.key-rotated', 'account.key-shown');
