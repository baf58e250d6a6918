-- +goose Up
-- Whoever stores a subscription looks for others of the account, whatever became of them. Lines are made
-- of what belongs to a customer. The partner is left aside in both: a database that knows nothing of its
-- tables yet would walk through all that is the partner's.
CREATE INDEX subscriptions_periods ON subscriptions (account_id);
CREATE INDEX accounts_of ON accounts (customer_id);
CREATE INDEX contacts_of ON contacts (customer_id);

-- How many days a plan's policy speaks of, where lists can reach them.
ALTER TABLE plan_versions ADD COLUMN soon_days INTEGER GENERATED ALWAYS AS (coalesce(json_extract(policy, '$.EndingSoonDays'), 0)) VIRTUAL;
ALTER TABLE plan_versions ADD COLUMN grace_days INTEGER GENERATED ALWAYS AS (coalesce(json_extract(policy, '$.GraceDays'), 0)) VIRTUAL;
ALTER TABLE plan_versions ADD COLUMN locked_days INTEGER GENERATED ALWAYS AS (coalesce(json_extract(policy, '$.LockedDays'), 0)) VIRTUAL;

-- What a contact's email address is searched by; where the portal left it empty, lower case has to do.
ALTER TABLE contacts ADD COLUMN email_key TEXT NOT NULL DEFAULT '';

-- One line of the list of accounts: what it is found, narrowed down and sorted by. Triggers keep it;
-- nothing else writes here. Without an end, the instants are those of the last day there is.
CREATE TABLE account_lines (
    id             INTEGER PRIMARY KEY,
    account_id     TEXT NOT NULL UNIQUE REFERENCES accounts (id) ON DELETE CASCADE,
    root_id        TEXT NOT NULL,
    partner_id     TEXT NOT NULL,
    customer_id    TEXT NOT NULL,
    sort_key       TEXT NOT NULL,
    owner_id       TEXT NOT NULL,
    plan_id        TEXT NOT NULL,
    plan_number    INTEGER NOT NULL CHECK (typeof(plan_number) = 'integer'),
    activation     TEXT NOT NULL,
    seats          INTEGER NOT NULL CHECK (typeof(seats) = 'integer'),
    in_use         INTEGER NOT NULL DEFAULT 0 CHECK (typeof(in_use) = 'integer'),
    created_at     TIMESTAMP NOT NULL CHECK (typeof(created_at) = 'text'),
    starts_at      TIMESTAMP NOT NULL CHECK (typeof(starts_at) = 'text'),
    activated_at   TIMESTAMP CHECK (typeof(activated_at) IN ('text', 'null')),
    suspended_at   TIMESTAMP CHECK (typeof(suspended_at) IN ('text', 'null')),
    cancelled_at   TIMESTAMP CHECK (typeof(cancelled_at) IN ('text', 'null')),
    ends_on        TEXT NOT NULL,
    ends_at        TIMESTAMP NOT NULL CHECK (typeof(ends_at) = 'text'),
    soon_at        TIMESTAMP NOT NULL CHECK (typeof(soon_at) = 'text'),
    grace_until    TIMESTAMP NOT NULL CHECK (typeof(grace_until) = 'text'),
    locked_until   TIMESTAMP NOT NULL CHECK (typeof(locked_until) = 'text'),
    replaced_by_id TEXT,
    closed_at      TIMESTAMP CHECK (typeof(closed_at) IN ('text', 'null')),
    words          TEXT NOT NULL,
    FOREIGN KEY (partner_id, customer_id) REFERENCES customers (partner_id, id) ON UPDATE CASCADE ON DELETE CASCADE
);

-- One line of the list of customers.
CREATE TABLE customer_lines (
    id          INTEGER PRIMARY KEY,
    customer_id TEXT NOT NULL UNIQUE,
    root_id     TEXT NOT NULL,
    partner_id  TEXT NOT NULL,
    sort_key    TEXT NOT NULL,
    owner_id    TEXT NOT NULL,
    created_at  TIMESTAMP NOT NULL CHECK (typeof(created_at) = 'text'),
    archived_at TIMESTAMP CHECK (typeof(archived_at) IN ('text', 'null')),
    accounts    INTEGER NOT NULL CHECK (typeof(accounts) = 'integer'),
    words       TEXT NOT NULL,
    FOREIGN KEY (partner_id, customer_id) REFERENCES customers (partner_id, id) ON UPDATE CASCADE ON DELETE CASCADE
);

CREATE INDEX account_lines_name ON account_lines (root_id, partner_id, sort_key, account_id);
CREATE INDEX account_lines_name_root ON account_lines (root_id, sort_key, account_id);
CREATE INDEX account_lines_ends ON account_lines (root_id, partner_id, ends_at, account_id);
CREATE INDEX account_lines_ends_root ON account_lines (root_id, ends_at, account_id);
CREATE INDEX account_lines_created ON account_lines (root_id, partner_id, created_at, account_id);
CREATE INDEX account_lines_created_root ON account_lines (root_id, created_at, account_id);
CREATE INDEX account_lines_customer ON account_lines (customer_id, partner_id, root_id);
CREATE INDEX account_lines_plan ON account_lines (plan_id, root_id, partner_id, owner_id);
CREATE INDEX account_lines_owner ON account_lines (owner_id, root_id, partner_id);
CREATE INDEX account_lines_over ON account_lines (root_id, partner_id) WHERE in_use > seats;
CREATE INDEX account_lines_waiting ON account_lines (root_id, partner_id) WHERE activated_at IS NULL;
CREATE INDEX account_lines_suspended ON account_lines (root_id, partner_id) WHERE suspended_at IS NOT NULL;
CREATE INDEX account_lines_cancelled ON account_lines (root_id, partner_id) WHERE cancelled_at IS NOT NULL;
CREATE INDEX account_lines_replaced ON account_lines (root_id, partner_id) WHERE replaced_by_id IS NOT NULL;
CREATE INDEX customer_lines_name ON customer_lines (root_id, partner_id, sort_key, customer_id) WHERE archived_at IS NULL;
CREATE INDEX customer_lines_name_root ON customer_lines (root_id, sort_key, customer_id) WHERE archived_at IS NULL;
CREATE INDEX customer_lines_created ON customer_lines (root_id, partner_id, created_at, customer_id) WHERE archived_at IS NULL;
CREATE INDEX customer_lines_created_root ON customer_lines (root_id, created_at, customer_id) WHERE archived_at IS NULL;
CREATE INDEX customer_lines_owner ON customer_lines (owner_id, root_id, partner_id);
CREATE INDEX customer_lines_bare ON customer_lines (root_id, partner_id) WHERE accounts = 0;
CREATE INDEX customer_lines_archived ON customer_lines (root_id, partner_id) WHERE archived_at IS NOT NULL;

-- Every three letters in a row that stand in the words of a line, in any script.
CREATE VIRTUAL TABLE account_words USING fts5 (words, content = 'account_lines', content_rowid = 'id', tokenize = 'trigram case_sensitive 1');

-- +goose StatementBegin
CREATE TRIGGER account_lines_words_in AFTER INSERT ON account_lines FOR EACH ROW
BEGIN
    INSERT INTO account_words (rowid, words) VALUES (NEW.id, NEW.words);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER account_lines_words_changed AFTER UPDATE OF words ON account_lines FOR EACH ROW WHEN OLD.words <> NEW.words
BEGIN
    INSERT INTO account_words (account_words, rowid, words) VALUES ('delete', OLD.id, OLD.words);
    INSERT INTO account_words (rowid, words) VALUES (NEW.id, NEW.words);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER account_lines_words_out AFTER DELETE ON account_lines FOR EACH ROW
BEGIN
    INSERT INTO account_words (account_words, rowid, words) VALUES ('delete', OLD.id, OLD.words);
END;
-- +goose StatementEnd

CREATE VIRTUAL TABLE customer_words USING fts5 (words, content = 'customer_lines', content_rowid = 'id', tokenize = 'trigram case_sensitive 1');

-- +goose StatementBegin
CREATE TRIGGER customer_lines_words_in AFTER INSERT ON customer_lines FOR EACH ROW
BEGIN
    INSERT INTO customer_words (rowid, words) VALUES (NEW.id, NEW.words);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER customer_lines_words_changed AFTER UPDATE OF words ON customer_lines FOR EACH ROW WHEN OLD.words <> NEW.words
BEGIN
    INSERT INTO customer_words (customer_words, rowid, words) VALUES ('delete', OLD.id, OLD.words);
    INSERT INTO customer_words (rowid, words) VALUES (NEW.id, NEW.words);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER customer_lines_words_out AFTER DELETE ON customer_lines FOR EACH ROW
BEGIN
    INSERT INTO customer_words (customer_words, rowid, words) VALUES ('delete', OLD.id, OLD.words);
END;
-- +goose StatementEnd

-- What the lines should say. The subscription of an account is its live one, or the last that it had.
CREATE VIEW account_line_now AS
SELECT a.id AS account_id, a.root_id, a.partner_id, c.id AS customer_id, c.sort_key, c.owner_id, s.plan_id, s.plan_number,
    t.activation, s.seats, a.created_at, s.starts_at, s.activated_at, s.suspended_at, s.cancelled_at, s.ends_on,
    coalesce(s.ends_at, '9999-12-31 00:00:00+00:00') AS ends_at,
    coalesce(strftime('%Y-%m-%d %H:%M:%S', s.ends_at, (-t.soon_days) || ' days') || '+00:00', '9999-12-31 00:00:00+00:00') AS soon_at,
    coalesce(strftime('%Y-%m-%d %H:%M:%S', s.ends_at, (t.grace_days) || ' days') || '+00:00', '9999-12-31 00:00:00+00:00') AS grace_until,
    coalesce(strftime('%Y-%m-%d %H:%M:%S', s.ends_at, (t.grace_days + t.locked_days) || ' days') || '+00:00', '9999-12-31 00:00:00+00:00') AS locked_until,
    a.replaced_by_id, a.closed_at,
    lower(a.id) || char(10) || c.search_key || coalesce((
        SELECT group_concat(char(10) || coalesce(nullif(k.email_key, ''), lower(k.email)), '')
        FROM contacts k WHERE k.customer_id = c.id), '') AS words
FROM accounts a
JOIN customers c ON c.id = a.customer_id
JOIN subscriptions s ON s.id = (
    SELECT l.id FROM subscriptions l WHERE l.account_id = a.id
    ORDER BY CASE WHEN l.cancelled_at IS NULL THEN 0 ELSE 1 END, l.created_at DESC, l.id LIMIT 1)
JOIN plan_versions t ON t.plan_id = s.plan_id AND t.number = s.plan_number;

CREATE VIEW customer_line_now AS
SELECT c.id AS customer_id, c.root_id, c.partner_id, c.sort_key, c.owner_id, c.created_at, c.archived_at,
    (SELECT count(*) FROM accounts a WHERE a.customer_id = c.id AND a.closed_at IS NULL) AS accounts,
    lower(c.id) || char(10) || c.search_key || coalesce((
        SELECT group_concat(char(10) || coalesce(nullif(k.email_key, ''), lower(k.email)), '')
        FROM contacts k WHERE k.customer_id = c.id), '') || coalesce((
        SELECT group_concat(char(10) || lower(a.id), '')
        FROM accounts a WHERE a.customer_id = c.id), '') AS words
FROM customers c;

-- Adding a customer's id here writes its lines and those of its accounts anew.
CREATE VIEW relist (customer_id) AS SELECT '';
-- +goose StatementBegin
CREATE TRIGGER relist_written INSTEAD OF INSERT ON relist FOR EACH ROW
BEGIN
    INSERT INTO customer_lines (customer_id, root_id, partner_id, sort_key, owner_id, created_at, archived_at, accounts, words)
    SELECT n.customer_id, n.root_id, n.partner_id, n.sort_key, n.owner_id, n.created_at, n.archived_at, n.accounts, n.words
    FROM customer_line_now n WHERE n.customer_id = NEW.customer_id
    ON CONFLICT (customer_id) DO UPDATE SET sort_key = excluded.sort_key, owner_id = excluded.owner_id, created_at = excluded.created_at,
        archived_at = excluded.archived_at, accounts = excluded.accounts, words = excluded.words;
    INSERT INTO account_lines (account_id, root_id, partner_id, customer_id, sort_key, owner_id, plan_id, plan_number, activation, seats, created_at,
        starts_at, activated_at, suspended_at, cancelled_at, ends_on, ends_at, soon_at, grace_until, locked_until,
        replaced_by_id, closed_at, words)
    SELECT n.account_id, n.root_id, n.partner_id, n.customer_id, n.sort_key, n.owner_id, n.plan_id, n.plan_number, n.activation,
        n.seats, n.created_at, n.starts_at, n.activated_at, n.suspended_at, n.cancelled_at, n.ends_on, n.ends_at,
        n.soon_at, n.grace_until, n.locked_until, n.replaced_by_id, n.closed_at, n.words
    FROM account_line_now n WHERE n.customer_id = NEW.customer_id
    ON CONFLICT (account_id) DO UPDATE SET sort_key = excluded.sort_key, owner_id = excluded.owner_id, plan_id = excluded.plan_id,
        plan_number = excluded.plan_number, activation = excluded.activation, seats = excluded.seats,
        created_at = excluded.created_at, starts_at = excluded.starts_at, activated_at = excluded.activated_at,
        suspended_at = excluded.suspended_at, cancelled_at = excluded.cancelled_at, ends_on = excluded.ends_on,
        ends_at = excluded.ends_at, soon_at = excluded.soon_at, grace_until = excluded.grace_until,
        locked_until = excluded.locked_until, replaced_by_id = excluded.replaced_by_id, closed_at = excluded.closed_at,
        words = excluded.words;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER customers_listed AFTER INSERT ON customers FOR EACH ROW
BEGIN
    INSERT INTO relist VALUES (NEW.id);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER customers_relisted AFTER UPDATE ON customers FOR EACH ROW
WHEN OLD.sort_key IS NOT NEW.sort_key OR OLD.search_key IS NOT NEW.search_key OR OLD.owner_id IS NOT NEW.owner_id OR OLD.archived_at IS NOT NEW.archived_at
BEGIN
    INSERT INTO relist VALUES (NEW.id);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER contacts_email_key AFTER UPDATE ON contacts FOR EACH ROW
WHEN OLD.email <> NEW.email AND OLD.email_key = NEW.email_key AND NEW.email_key <> ''
BEGIN
    UPDATE contacts SET email_key = '' WHERE id = NEW.id;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER contacts_listed AFTER INSERT ON contacts FOR EACH ROW
BEGIN
    INSERT INTO relist VALUES (NEW.customer_id);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER contacts_relisted AFTER UPDATE ON contacts FOR EACH ROW
WHEN OLD.email IS NOT NEW.email OR OLD.email_key IS NOT NEW.email_key
BEGIN
    INSERT INTO relist VALUES (NEW.customer_id);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER contacts_unlisted AFTER DELETE ON contacts FOR EACH ROW
BEGIN
    INSERT INTO relist VALUES (OLD.customer_id);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER accounts_relisted AFTER UPDATE ON accounts FOR EACH ROW
WHEN OLD.closed_at IS NOT NEW.closed_at OR OLD.replaced_by_id IS NOT NEW.replaced_by_id
BEGIN
    INSERT INTO relist VALUES (NEW.customer_id);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER subscriptions_listed AFTER INSERT ON subscriptions FOR EACH ROW
BEGIN
    INSERT INTO relist VALUES (NEW.customer_id);
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER subscriptions_relisted AFTER UPDATE ON subscriptions FOR EACH ROW
BEGIN
    INSERT INTO relist VALUES (NEW.customer_id);
END;
-- +goose StatementEnd

-- Seats in use: agents that were not released.
-- +goose StatementBegin
CREATE TRIGGER agents_enrolled AFTER INSERT ON agents FOR EACH ROW WHEN NEW.released_at IS NULL
BEGIN
    UPDATE account_lines SET in_use = in_use + 1 WHERE account_id = NEW.account_id;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER agents_moved AFTER UPDATE ON agents FOR EACH ROW
WHEN OLD.account_id <> NEW.account_id OR (OLD.released_at IS NULL) <> (NEW.released_at IS NULL)
BEGIN
    UPDATE account_lines SET in_use = in_use - 1 WHERE account_id = OLD.account_id AND OLD.released_at IS NULL;
    UPDATE account_lines SET in_use = in_use + 1 WHERE account_id = NEW.account_id AND NEW.released_at IS NULL;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER agents_gone AFTER DELETE ON agents FOR EACH ROW WHEN OLD.released_at IS NULL
BEGIN
    UPDATE account_lines SET in_use = in_use - 1 WHERE account_id = OLD.account_id;
END;
-- +goose StatementEnd

INSERT INTO relist SELECT id FROM customers;
UPDATE account_lines SET in_use = (
    SELECT count(*) FROM agents g WHERE g.partner_id = account_lines.partner_id AND g.account_id = account_lines.account_id AND g.released_at IS NULL);
