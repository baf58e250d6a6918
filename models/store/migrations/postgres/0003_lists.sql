-- +goose Up
-- Whoever stores a subscription looks for others of the account, whatever became of them. Lines are made
-- of what belongs to a customer. The partner is left aside in both: a database that knows nothing of its
-- tables yet would walk through all that is the partner's.
CREATE INDEX subscriptions_periods ON subscriptions (account_id);
CREATE INDEX accounts_of ON accounts (customer_id);
CREATE INDEX contacts_of ON contacts (customer_id);

-- How many days a plan's policy speaks of, where lists can reach them.
ALTER TABLE plan_versions
    ADD COLUMN soon_days   bigint GENERATED ALWAYS AS (coalesce((policy::jsonb ->> 'EndingSoonDays')::bigint, 0)) STORED,
    ADD COLUMN grace_days  bigint GENERATED ALWAYS AS (coalesce((policy::jsonb ->> 'GraceDays')::bigint, 0)) STORED,
    ADD COLUMN locked_days bigint GENERATED ALWAYS AS (coalesce((policy::jsonb ->> 'LockedDays')::bigint, 0)) STORED;

-- What a contact's email address is searched by; where the portal left it empty, lower case has to do.
ALTER TABLE contacts ADD COLUMN email_key text COLLATE "C" NOT NULL DEFAULT '';

-- One line of the list of accounts: what it is found, narrowed down and sorted by. Triggers keep it;
-- nothing else writes here. Without an end, the instants are those of the last day there is.
CREATE TABLE account_lines (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id     text COLLATE "C" NOT NULL UNIQUE REFERENCES accounts (id) ON DELETE CASCADE,
    root_id        text NOT NULL,
    partner_id     text NOT NULL,
    customer_id    text NOT NULL,
    sort_key       text COLLATE "C" NOT NULL,
    owner_id       text NOT NULL,
    plan_id        text NOT NULL,
    plan_number    bigint NOT NULL,
    activation     text NOT NULL,
    seats          bigint NOT NULL,
    in_use         bigint NOT NULL DEFAULT 0,
    created_at     timestamptz NOT NULL,
    starts_at      timestamptz NOT NULL,
    activated_at   timestamptz,
    suspended_at   timestamptz,
    cancelled_at   timestamptz,
    ends_on        text NOT NULL,
    ends_at        timestamptz NOT NULL,
    soon_at        timestamptz NOT NULL,
    grace_until    timestamptz NOT NULL,
    locked_until   timestamptz NOT NULL,
    replaced_by_id text,
    closed_at      timestamptz,
    words          text COLLATE "C" NOT NULL,
    FOREIGN KEY (partner_id, customer_id) REFERENCES customers (partner_id, id) ON UPDATE CASCADE ON DELETE CASCADE
);

-- One line of the list of customers.
CREATE TABLE customer_lines (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id text COLLATE "C" NOT NULL UNIQUE,
    root_id     text NOT NULL,
    partner_id  text NOT NULL,
    sort_key    text COLLATE "C" NOT NULL,
    owner_id    text NOT NULL,
    created_at  timestamptz NOT NULL,
    archived_at timestamptz,
    accounts    bigint NOT NULL,
    words       text COLLATE "C" NOT NULL,
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

-- Every three letters in a row that stand in a text, in any script and whatever the database's locale.
-- +goose StatementBegin
CREATE FUNCTION grams(words text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10000 AS $$
    SELECT coalesce(array_agg(DISTINCT substr(words, i, 3)), '{}') FROM generate_series(1, length(words) - 2) AS i
$$;
-- +goose StatementEnd
CREATE INDEX account_lines_words ON account_lines USING gin (grams(words));
CREATE INDEX customer_lines_words ON customer_lines USING gin (grams(words));

-- What the lines should say. The subscription of an account is its live one, or the last that it had.
CREATE VIEW account_line_now AS
SELECT a.id AS account_id, a.root_id, a.partner_id, c.id AS customer_id, c.sort_key, c.owner_id, s.plan_id, s.plan_number,
    t.activation, s.seats, a.created_at, s.starts_at, s.activated_at, s.suspended_at, s.cancelled_at, s.ends_on,
    coalesce(s.ends_at, '9999-12-31 00:00:00+00') AS ends_at,
    coalesce(s.ends_at - make_interval(hours => (24 * t.soon_days)::int), '9999-12-31 00:00:00+00') AS soon_at,
    coalesce(s.ends_at + make_interval(hours => (24 * t.grace_days)::int), '9999-12-31 00:00:00+00') AS grace_until,
    coalesce(s.ends_at + make_interval(hours => (24 * (t.grace_days + t.locked_days))::int), '9999-12-31 00:00:00+00') AS locked_until,
    a.replaced_by_id, a.closed_at,
    lower(a.id) || E'\n' || c.search_key || coalesce((
        SELECT string_agg(E'\n' || coalesce(nullif(k.email_key, ''), lower(k.email)), '')
        FROM contacts k WHERE k.customer_id = c.id), '') AS words
FROM accounts a
JOIN customers c ON c.id = a.customer_id
CROSS JOIN LATERAL (
    SELECT l.* FROM subscriptions l WHERE l.account_id = a.id
    ORDER BY CASE WHEN l.cancelled_at IS NULL THEN 0 ELSE 1 END, l.created_at DESC, l.id LIMIT 1) AS s
JOIN plan_versions t ON t.plan_id = s.plan_id AND t.number = s.plan_number;

CREATE VIEW customer_line_now AS
SELECT c.id AS customer_id, c.root_id, c.partner_id, c.sort_key, c.owner_id, c.created_at, c.archived_at,
    (SELECT count(*) FROM accounts a WHERE a.customer_id = c.id AND a.closed_at IS NULL) AS accounts,
    lower(c.id) || E'\n' || c.search_key || coalesce((
        SELECT string_agg(E'\n' || coalesce(nullif(k.email_key, ''), lower(k.email)), '')
        FROM contacts k WHERE k.customer_id = c.id), '') || coalesce((
        SELECT string_agg(E'\n' || lower(a.id), '')
        FROM accounts a WHERE a.customer_id = c.id), '') AS words
FROM customers c;

-- Writes the lines of some customers and their accounts anew. Each customer is held first, so that two
-- changes that meet in one line come one after the other and the later sees the earlier. One by one, for
-- then every way leads over a key, whatever the database knows of its tables yet.
-- +goose StatementBegin
CREATE FUNCTION relist(ids text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    one text;
BEGIN
    FOR one IN SELECT DISTINCT i.id FROM unnest(ids) AS i (id) ORDER BY i.id LOOP
        PERFORM 1 FROM customers c WHERE c.id = one FOR NO KEY UPDATE;
        INSERT INTO customer_lines (customer_id, root_id, partner_id, sort_key, owner_id, created_at, archived_at, accounts, words)
        SELECT n.customer_id, n.root_id, n.partner_id, n.sort_key, n.owner_id, n.created_at, n.archived_at, n.accounts, n.words
        FROM customer_line_now n WHERE n.customer_id = one
        ON CONFLICT (customer_id) DO UPDATE SET sort_key = excluded.sort_key, owner_id = excluded.owner_id, created_at = excluded.created_at,
            archived_at = excluded.archived_at, accounts = excluded.accounts, words = excluded.words;
        INSERT INTO account_lines (account_id, root_id, partner_id, customer_id, sort_key, owner_id, plan_id, plan_number, activation, seats, created_at,
            starts_at, activated_at, suspended_at, cancelled_at, ends_on, ends_at, soon_at, grace_until, locked_until,
            replaced_by_id, closed_at, words)
        SELECT n.account_id, n.root_id, n.partner_id, n.customer_id, n.sort_key, n.owner_id, n.plan_id, n.plan_number, n.activation,
            n.seats, n.created_at, n.starts_at, n.activated_at, n.suspended_at, n.cancelled_at, n.ends_on, n.ends_at,
            n.soon_at, n.grace_until, n.locked_until, n.replaced_by_id, n.closed_at, n.words
        FROM account_line_now n WHERE n.customer_id = one
        ON CONFLICT (account_id) DO UPDATE SET sort_key = excluded.sort_key, owner_id = excluded.owner_id, plan_id = excluded.plan_id,
            plan_number = excluded.plan_number, activation = excluded.activation, seats = excluded.seats,
            created_at = excluded.created_at, starts_at = excluded.starts_at, activated_at = excluded.activated_at,
            suspended_at = excluded.suspended_at, cancelled_at = excluded.cancelled_at, ends_on = excluded.ends_on,
            ends_at = excluded.ends_at, soon_at = excluded.soon_at, grace_until = excluded.grace_until,
            locked_until = excluded.locked_until, replaced_by_id = excluded.replaced_by_id, closed_at = excluded.closed_at,
            words = excluded.words;
    END LOOP;
END $$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION relist_customers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM relist(ARRAY(SELECT DISTINCT m.id FROM moved m));
    RETURN NULL;
END $$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION relist_theirs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM relist(ARRAY(SELECT DISTINCT m.customer_id FROM moved m));
    RETURN NULL;
END $$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION relist_one() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM relist(ARRAY[CASE WHEN TG_TABLE_NAME = 'customers' THEN to_jsonb(NEW) ->> 'id' ELSE to_jsonb(NEW) ->> 'customer_id' END]);
    RETURN NULL;
END $$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION forget_email_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.email_key := '';
    RETURN NEW;
END $$;
-- +goose StatementEnd

CREATE TRIGGER customers_listed AFTER INSERT ON customers
    REFERENCING NEW TABLE AS moved FOR EACH STATEMENT EXECUTE FUNCTION relist_customers();
CREATE TRIGGER customers_relisted AFTER UPDATE ON customers FOR EACH ROW
    WHEN ((OLD.sort_key, OLD.search_key, OLD.owner_id, OLD.archived_at) IS DISTINCT FROM (NEW.sort_key, NEW.search_key, NEW.owner_id, NEW.archived_at))
    EXECUTE FUNCTION relist_one();
CREATE TRIGGER contacts_email_key BEFORE UPDATE ON contacts FOR EACH ROW
    WHEN (OLD.email <> NEW.email AND OLD.email_key = NEW.email_key) EXECUTE FUNCTION forget_email_key();
CREATE TRIGGER contacts_listed AFTER INSERT ON contacts
    REFERENCING NEW TABLE AS moved FOR EACH STATEMENT EXECUTE FUNCTION relist_theirs();
CREATE TRIGGER contacts_relisted AFTER UPDATE ON contacts FOR EACH ROW
    WHEN ((OLD.email, OLD.email_key) IS DISTINCT FROM (NEW.email, NEW.email_key)) EXECUTE FUNCTION relist_one();
CREATE TRIGGER contacts_unlisted AFTER DELETE ON contacts
    REFERENCING OLD TABLE AS moved FOR EACH STATEMENT EXECUTE FUNCTION relist_theirs();
CREATE TRIGGER accounts_relisted AFTER UPDATE ON accounts FOR EACH ROW
    WHEN ((OLD.closed_at, OLD.replaced_by_id) IS DISTINCT FROM (NEW.closed_at, NEW.replaced_by_id)) EXECUTE FUNCTION relist_one();
CREATE TRIGGER subscriptions_listed AFTER INSERT ON subscriptions
    REFERENCING NEW TABLE AS moved FOR EACH STATEMENT EXECUTE FUNCTION relist_theirs();
CREATE TRIGGER subscriptions_relisted AFTER UPDATE ON subscriptions FOR EACH ROW EXECUTE FUNCTION relist_one();

-- Seats in use: agents that were not released.
-- +goose StatementBegin
CREATE FUNCTION count_enrolled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE account_lines l SET in_use = l.in_use + e.n
    FROM (SELECT account_id, count(*) AS n FROM enrolled WHERE released_at IS NULL GROUP BY account_id) e
    WHERE l.account_id = e.account_id;
    RETURN NULL;
END $$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION count_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.released_at IS NULL THEN
        UPDATE account_lines SET in_use = in_use - 1 WHERE account_id = OLD.account_id;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.released_at IS NULL THEN
        UPDATE account_lines SET in_use = in_use + 1 WHERE account_id = NEW.account_id;
    END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd

CREATE TRIGGER agents_enrolled AFTER INSERT ON agents
    REFERENCING NEW TABLE AS enrolled FOR EACH STATEMENT EXECUTE FUNCTION count_enrolled();
CREATE TRIGGER agents_moved AFTER UPDATE ON agents FOR EACH ROW
    WHEN ((OLD.account_id, OLD.released_at IS NULL) IS DISTINCT FROM (NEW.account_id, NEW.released_at IS NULL)) EXECUTE FUNCTION count_moved();
CREATE TRIGGER agents_gone AFTER DELETE ON agents FOR EACH ROW EXECUTE FUNCTION count_moved();

SELECT relist(ARRAY(SELECT id FROM customers));
UPDATE account_lines l SET in_use = (
    SELECT count(*) FROM agents g WHERE g.partner_id = l.partner_id AND g.account_id = l.account_id AND g.released_at IS NULL);
