-- +goose Up
CREATE TABLE installation (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE partners (
    id         TEXT PRIMARY KEY,
    root_id    TEXT NOT NULL,
    parent_id  TEXT REFERENCES partners (id),
    kind       TEXT NOT NULL CHECK (kind IN ('distributor', 'reseller')),
    name       TEXT NOT NULL CHECK (name <> ''),
    time_zone  TEXT NOT NULL,
    currency   TEXT NOT NULL CHECK (length(currency) = 3),
    created_at TIMESTAMP NOT NULL CHECK (typeof(created_at) = 'text'),
    UNIQUE (root_id, id),
    CHECK ((kind = 'distributor') = (id = root_id)),
    CHECK ((kind = 'distributor') = (parent_id IS NULL))
);

CREATE TABLE users (
    id            TEXT PRIMARY KEY,
    root_id       TEXT NOT NULL,
    partner_id    TEXT NOT NULL,
    name          TEXT NOT NULL CHECK (name <> ''),
    email         TEXT NOT NULL UNIQUE CHECK (email = lower(email)),
    role          TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    created_at    TIMESTAMP NOT NULL CHECK (typeof(created_at) = 'text'),
    disabled_at   TIMESTAMP CHECK (typeof(disabled_at) IN ('text', 'null')),
    UNIQUE (partner_id, id),
    FOREIGN KEY (root_id, partner_id) REFERENCES partners (root_id, id) ON UPDATE CASCADE
);

CREATE TABLE sessions (
    id         TEXT PRIMARY KEY,
    user_id    TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at TIMESTAMP NOT NULL CHECK (typeof(created_at) = 'text'),
    seen_at    TIMESTAMP NOT NULL CHECK (typeof(seen_at) = 'text'),
    address    TEXT NOT NULL,
    browser    TEXT NOT NULL
);
CREATE INDEX sessions_user ON sessions (user_id);

CREATE TABLE sign_in_links (
    hash       TEXT PRIMARY KEY,
    user_id    TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    expires_at TIMESTAMP NOT NULL CHECK (typeof(expires_at) = 'text'),
    used_at    TIMESTAMP CHECK (typeof(used_at) IN ('text', 'null'))
);

CREATE TABLE throttles (
    name     TEXT PRIMARY KEY,
    fails    INTEGER NOT NULL CHECK (typeof(fails) = 'integer') CHECK (fails >= 0),
    running  INTEGER NOT NULL CHECK (typeof(running) = 'integer') CHECK (running >= 0),
    next_ms  INTEGER NOT NULL CHECK (typeof(next_ms) = 'integer'),
    seen_ms  INTEGER NOT NULL CHECK (typeof(seen_ms) = 'integer')
);

CREATE TABLE forms (
    form_key   TEXT PRIMARY KEY,
    actor_id   TEXT NOT NULL,
    place      TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL CHECK (typeof(created_at) = 'text')
);

CREATE TABLE products (
    id         TEXT PRIMARY KEY,
    root_id    TEXT NOT NULL,
    partner_id TEXT NOT NULL,
    family     TEXT NOT NULL CHECK (family <> ''),
    name       TEXT NOT NULL CHECK (name <> ''),
    kind       TEXT NOT NULL CHECK (kind IN ('saas', 'on-premise')),
    created_at TIMESTAMP NOT NULL CHECK (typeof(created_at) = 'text'),
    UNIQUE (root_id, id),
    FOREIGN KEY (root_id, partner_id) REFERENCES partners (root_id, id) ON UPDATE CASCADE
);

CREATE TABLE plans (
    id         TEXT PRIMARY KEY,
    root_id    TEXT NOT NULL,
    partner_id TEXT NOT NULL,
    product_id TEXT NOT NULL,
    key        TEXT NOT NULL CHECK (key <> ''),
    current    INTEGER NOT NULL CHECK (typeof(current) = 'integer') CHECK (current >= 1),
    created_at TIMESTAMP NOT NULL CHECK (typeof(created_at) = 'text'),
    retired_at TIMESTAMP CHECK (typeof(retired_at) IN ('text', 'null')),
    locked_at  TIMESTAMP CHECK (typeof(locked_at) IN ('text', 'null')),
    version    INTEGER NOT NULL CHECK (typeof(version) = 'integer') CHECK (version >= 1),
    UNIQUE (root_id, key),
    UNIQUE (root_id, id),
    FOREIGN KEY (root_id, partner_id) REFERENCES partners (root_id, id) ON UPDATE CASCADE,
    FOREIGN KEY (root_id, product_id) REFERENCES products (root_id, id) ON UPDATE CASCADE
);

CREATE TABLE plan_versions (
    plan_id     TEXT NOT NULL,
    number      INTEGER NOT NULL CHECK (typeof(number) = 'integer') CHECK (number >= 1),
    root_id     TEXT NOT NULL,
    partner_id  TEXT NOT NULL,
    name        TEXT NOT NULL CHECK (name <> ''),
    edition     TEXT NOT NULL CHECK (edition <> ''),
    summary     TEXT NOT NULL,
    features    TEXT NOT NULL,
    trial       BOOLEAN NOT NULL,
    unit        TEXT NOT NULL CHECK (unit <> ''),
    data_center TEXT NOT NULL,
    activation  TEXT NOT NULL CHECK (activation IN ('first sign-in', 'on a date', 'at once', 'by code')),
    price_minor INTEGER NOT NULL CHECK (typeof(price_minor) = 'integer') CHECK (price_minor >= 0),
    currency    TEXT NOT NULL CHECK (length(currency) = 3),
    term_months INTEGER NOT NULL CHECK (typeof(term_months) = 'integer') CHECK (term_months BETWEEN 1 AND 66),
    renews      BOOLEAN NOT NULL,
    policy      TEXT NOT NULL,
    created_at  TIMESTAMP NOT NULL CHECK (typeof(created_at) = 'text'),
    PRIMARY KEY (plan_id, number),
    FOREIGN KEY (root_id, plan_id) REFERENCES plans (root_id, id) ON UPDATE CASCADE
);

CREATE TABLE plan_grants (
    plan_id    TEXT NOT NULL,
    root_id    TEXT NOT NULL,
    partner_id TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL CHECK (typeof(created_at) = 'text'),
    PRIMARY KEY (plan_id, partner_id),
    FOREIGN KEY (root_id, plan_id) REFERENCES plans (root_id, id) ON UPDATE CASCADE,
    FOREIGN KEY (root_id, partner_id) REFERENCES partners (root_id, id) ON UPDATE CASCADE
);

CREATE TABLE customers (
    id           TEXT PRIMARY KEY,
    root_id      TEXT NOT NULL,
    partner_id   TEXT NOT NULL,
    owner_id     TEXT NOT NULL,
    name         TEXT NOT NULL CHECK (name <> ''),
    address      TEXT NOT NULL,
    city         TEXT NOT NULL,
    region       TEXT NOT NULL,
    postal_code  TEXT NOT NULL,
    country      TEXT NOT NULL,
    time_zone    TEXT NOT NULL CHECK (time_zone <> ''),
    currency     TEXT NOT NULL CHECK (length(currency) = 3),
    external_ref TEXT NOT NULL,
    note         TEXT NOT NULL,
    sort_key     TEXT NOT NULL,
    search_key   TEXT NOT NULL,
    plain_name   TEXT NOT NULL,
    created_at   TIMESTAMP NOT NULL CHECK (typeof(created_at) = 'text'),
    archived_at  TIMESTAMP CHECK (typeof(archived_at) IN ('text', 'null')),
    version      INTEGER NOT NULL CHECK (typeof(version) = 'integer') CHECK (version >= 1),
    UNIQUE (partner_id, id),
    FOREIGN KEY (root_id, partner_id) REFERENCES partners (root_id, id) ON UPDATE CASCADE
);
CREATE UNIQUE INDEX customers_external_ref ON customers (partner_id, external_ref) WHERE external_ref <> '';
CREATE INDEX customers_sorted ON customers (partner_id, sort_key, id);
CREATE INDEX customers_sorted_root ON customers (root_id, sort_key, id);
CREATE INDEX customers_plain ON customers (partner_id, plain_name);

CREATE TABLE contacts (
    id          TEXT PRIMARY KEY,
    root_id     TEXT NOT NULL,
    partner_id  TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    user_id     TEXT,
    name        TEXT NOT NULL CHECK (name <> ''),
    email       TEXT NOT NULL,
    created_at  TIMESTAMP NOT NULL CHECK (typeof(created_at) = 'text'),
    FOREIGN KEY (root_id, partner_id) REFERENCES partners (root_id, id) ON UPDATE CASCADE,
    FOREIGN KEY (partner_id, customer_id) REFERENCES customers (partner_id, id) ON UPDATE CASCADE,
    FOREIGN KEY (partner_id, user_id) REFERENCES users (partner_id, id) ON UPDATE CASCADE
);
CREATE INDEX contacts_customer ON contacts (partner_id, customer_id);
CREATE INDEX contacts_email ON contacts (partner_id, email);
CREATE INDEX contacts_user ON contacts (user_id) WHERE user_id IS NOT NULL;

CREATE TABLE proposals (
    id             TEXT PRIMARY KEY,
    root_id        TEXT NOT NULL,
    partner_id     TEXT NOT NULL,
    customer_id    TEXT NOT NULL,
    account_id     TEXT NOT NULL,
    plan_id        TEXT NOT NULL,
    plan_number    INTEGER NOT NULL CHECK (typeof(plan_number) = 'integer'),
    seats          INTEGER NOT NULL CHECK (typeof(seats) = 'integer') CHECK (seats BETWEEN 1 AND 999999),
    actor_id       TEXT NOT NULL,
    actor_name     TEXT NOT NULL,
    new_account_id TEXT NOT NULL,
    digest         TEXT NOT NULL,
    shown          TEXT NOT NULL,
    created_at     TIMESTAMP NOT NULL CHECK (typeof(created_at) = 'text'),
    expires_at     TIMESTAMP NOT NULL CHECK (typeof(expires_at) = 'text'),
    used_at        TIMESTAMP CHECK (typeof(used_at) IN ('text', 'null')),
    why            TEXT NOT NULL,
    note           TEXT NOT NULL,
    typed_id       TEXT NOT NULL,
    result_id      TEXT,
    UNIQUE (partner_id, id),
    UNIQUE (result_id),
    CHECK ((used_at IS NULL) = (result_id IS NULL)),
    FOREIGN KEY (root_id, partner_id) REFERENCES partners (root_id, id) ON UPDATE CASCADE,
    FOREIGN KEY (partner_id, customer_id) REFERENCES customers (partner_id, id) ON UPDATE CASCADE
);
CREATE UNIQUE INDEX proposals_open ON proposals (actor_id, account_id, plan_id, digest) WHERE used_at IS NULL;
CREATE INDEX proposals_account ON proposals (partner_id, account_id);

CREATE TABLE accounts (
    id             TEXT PRIMARY KEY,
    root_id        TEXT NOT NULL,
    partner_id     TEXT NOT NULL,
    customer_id    TEXT NOT NULL,
    product_id     TEXT NOT NULL,
    family         TEXT NOT NULL,
    data_center    TEXT NOT NULL,
    sealed_key     TEXT NOT NULL,
    created_at     TIMESTAMP NOT NULL CHECK (typeof(created_at) = 'text'),
    activated_at   TIMESTAMP CHECK (typeof(activated_at) IN ('text', 'null')),
    replaced_by_id TEXT UNIQUE,
    replaced_at    TIMESTAMP CHECK (typeof(replaced_at) IN ('text', 'null')),
    proposal_id    TEXT UNIQUE,
    closed_at      TIMESTAMP CHECK (typeof(closed_at) IN ('text', 'null')),
    purged_at      TIMESTAMP CHECK (typeof(purged_at) IN ('text', 'null')),
    agents_version INTEGER NOT NULL CHECK (typeof(agents_version) = 'integer'),
    version        INTEGER NOT NULL CHECK (typeof(version) = 'integer') CHECK (version >= 1),
    UNIQUE (partner_id, id),
    CHECK (replaced_by_id <> id),
    CHECK ((replaced_by_id IS NULL) = (replaced_at IS NULL)),
    FOREIGN KEY (root_id, partner_id) REFERENCES partners (root_id, id) ON UPDATE CASCADE,
    FOREIGN KEY (partner_id, customer_id) REFERENCES customers (partner_id, id) ON UPDATE CASCADE,
    FOREIGN KEY (root_id, product_id) REFERENCES products (root_id, id) ON UPDATE CASCADE,
    FOREIGN KEY (partner_id, replaced_by_id) REFERENCES accounts (partner_id, id) ON UPDATE CASCADE,
    FOREIGN KEY (partner_id, proposal_id) REFERENCES proposals (partner_id, id) ON UPDATE CASCADE
);
-- One live account per customer and product family, unless a person made a second one on purpose.
CREATE UNIQUE INDEX accounts_one_live ON accounts (customer_id, family)
    WHERE closed_at IS NULL AND purged_at IS NULL AND proposal_id IS NULL;
CREATE INDEX accounts_customer ON accounts (partner_id, customer_id);

CREATE TABLE enrolment_keys (
    hash        TEXT PRIMARY KEY,
    root_id     TEXT NOT NULL,
    partner_id  TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    account_id  TEXT NOT NULL,
    created_at  TIMESTAMP NOT NULL CHECK (typeof(created_at) = 'text'),
    valid_until TIMESTAMP CHECK (typeof(valid_until) IN ('text', 'null')),
    FOREIGN KEY (root_id, partner_id) REFERENCES partners (root_id, id) ON UPDATE CASCADE,
    FOREIGN KEY (partner_id, account_id) REFERENCES accounts (partner_id, id) ON UPDATE CASCADE
);

CREATE TABLE subscriptions (
    id           TEXT PRIMARY KEY,
    root_id      TEXT NOT NULL,
    partner_id   TEXT NOT NULL,
    customer_id  TEXT NOT NULL,
    account_id   TEXT NOT NULL,
    plan_id      TEXT NOT NULL,
    plan_number  INTEGER NOT NULL CHECK (typeof(plan_number) = 'integer'),
    seats        INTEGER NOT NULL CHECK (typeof(seats) = 'integer') CHECK (seats BETWEEN 1 AND 999999),
    starts_at    TIMESTAMP NOT NULL CHECK (typeof(starts_at) = 'text'),
    activated_at TIMESTAMP CHECK (typeof(activated_at) IN ('text', 'null')),
    starts_on    TEXT NOT NULL CHECK (starts_on = '' OR length(starts_on) = 10),
    ends_on      TEXT NOT NULL CHECK (ends_on = '' OR length(ends_on) = 10),
    ends_at      TIMESTAMP CHECK (typeof(ends_at) IN ('text', 'null')),
    anchor_day   INTEGER NOT NULL CHECK (typeof(anchor_day) = 'integer') CHECK (anchor_day BETWEEN 0 AND 31),
    renews       BOOLEAN NOT NULL,
    suspended_at TIMESTAMP CHECK (typeof(suspended_at) IN ('text', 'null')),
    cancelled_at TIMESTAMP CHECK (typeof(cancelled_at) IN ('text', 'null')),
    created_at   TIMESTAMP NOT NULL CHECK (typeof(created_at) = 'text'),
    version      INTEGER NOT NULL CHECK (typeof(version) = 'integer') CHECK (version >= 1),
    UNIQUE (partner_id, id),
    CHECK ((ends_on = '') = (ends_at IS NULL)),
    CHECK (starts_on = '' OR ends_on = '' OR starts_on <= ends_on),
    FOREIGN KEY (root_id, partner_id) REFERENCES partners (root_id, id) ON UPDATE CASCADE,
    FOREIGN KEY (partner_id, account_id) REFERENCES accounts (partner_id, id) ON UPDATE CASCADE,
    FOREIGN KEY (partner_id, customer_id) REFERENCES customers (partner_id, id) ON UPDATE CASCADE,
    FOREIGN KEY (plan_id, plan_number) REFERENCES plan_versions (plan_id, number)
);
CREATE UNIQUE INDEX subscriptions_one_live ON subscriptions (account_id) WHERE cancelled_at IS NULL;
CREATE INDEX subscriptions_account ON subscriptions (partner_id, account_id);

CREATE TABLE agents (
    id          TEXT PRIMARY KEY,
    root_id     TEXT NOT NULL,
    partner_id  TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    account_id  TEXT NOT NULL,
    device_id   TEXT NOT NULL CHECK (device_id <> ''),
    device_name TEXT NOT NULL,
    group_name  TEXT NOT NULL,
    os          TEXT NOT NULL,
    app_version TEXT NOT NULL,
    enrolled_at TIMESTAMP NOT NULL CHECK (typeof(enrolled_at) = 'text'),
    released_at TIMESTAMP CHECK (typeof(released_at) IN ('text', 'null')),
    UNIQUE (partner_id, id),
    UNIQUE (account_id, device_id),
    FOREIGN KEY (root_id, partner_id) REFERENCES partners (root_id, id) ON UPDATE CASCADE,
    FOREIGN KEY (partner_id, account_id) REFERENCES accounts (partner_id, id) ON UPDATE CASCADE,
    FOREIGN KEY (partner_id, customer_id) REFERENCES customers (partner_id, id) ON UPDATE CASCADE
);
CREATE INDEX agents_account ON agents (partner_id, account_id);

CREATE TABLE agent_tokens (
    hash        TEXT PRIMARY KEY,
    root_id     TEXT NOT NULL,
    partner_id  TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    account_id  TEXT NOT NULL,
    agent_id    TEXT NOT NULL,
    created_at  TIMESTAMP NOT NULL CHECK (typeof(created_at) = 'text'),
    FOREIGN KEY (partner_id, agent_id) REFERENCES agents (partner_id, id) ON UPDATE CASCADE
);
CREATE INDEX agent_tokens_agent ON agent_tokens (partner_id, agent_id);

-- The last check-in of each agent: narrow, written in batches, apart from everything else.
CREATE TABLE sightings (
    agent_id TEXT PRIMARY KEY REFERENCES agents (id) ON DELETE CASCADE,
    seen_at  TIMESTAMP NOT NULL CHECK (typeof(seen_at) = 'text'),
    sequence INTEGER NOT NULL CHECK (typeof(sequence) = 'integer')
);

-- Every account an agent ever belonged to; exactly one membership of an agent is open.
CREATE TABLE memberships (
    agent_id    TEXT NOT NULL,
    root_id     TEXT NOT NULL,
    partner_id  TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    account_id  TEXT NOT NULL,
    joined_at   TIMESTAMP NOT NULL CHECK (typeof(joined_at) = 'text'),
    left_at     TIMESTAMP CHECK (typeof(left_at) IN ('text', 'null')),
    PRIMARY KEY (agent_id, joined_at),
    FOREIGN KEY (partner_id, agent_id) REFERENCES agents (partner_id, id) ON UPDATE CASCADE,
    FOREIGN KEY (partner_id, account_id) REFERENCES accounts (partner_id, id) ON UPDATE CASCADE
);
CREATE UNIQUE INDEX memberships_open ON memberships (agent_id) WHERE left_at IS NULL;

CREATE TABLE event_heads (
    partner_id TEXT PRIMARY KEY REFERENCES partners (id) ON UPDATE CASCADE,
    root_id    TEXT NOT NULL,
    seq        INTEGER NOT NULL CHECK (typeof(seq) = 'integer'),
    hash       TEXT NOT NULL
);

CREATE TABLE events (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    root_id     TEXT NOT NULL,
    partner_id  TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    account_id  TEXT NOT NULL,
    seq         INTEGER NOT NULL CHECK (typeof(seq) = 'integer'),
    kind        TEXT NOT NULL CHECK (kind <> ''),
    at          TIMESTAMP NOT NULL CHECK (typeof(at) = 'text'),
    actor_id    TEXT NOT NULL CHECK (actor_id <> ''),
    actor_name  TEXT NOT NULL,
    actor_role  TEXT NOT NULL,
    door        TEXT NOT NULL,
    request_id  TEXT NOT NULL,
    proposal_id TEXT NOT NULL,
    detail      TEXT NOT NULL,
    prev_hash   TEXT NOT NULL,
    hash        TEXT NOT NULL,
    UNIQUE (partner_id, seq)
);
CREATE INDEX events_account ON events (partner_id, account_id, seq DESC) WHERE account_id <> '';
CREATE INDEX events_customer ON events (partner_id, customer_id, seq DESC) WHERE customer_id <> '';

-- +goose StatementBegin
CREATE TRIGGER users_tenant BEFORE UPDATE ON users FOR EACH ROW
WHEN NEW.root_id IS NOT OLD.root_id OR NEW.partner_id IS NOT OLD.partner_id
BEGIN
    SELECT RAISE(ABORT, 'tenant columns of users are immutable');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER products_tenant BEFORE UPDATE ON products FOR EACH ROW
WHEN NEW.root_id IS NOT OLD.root_id OR NEW.partner_id IS NOT OLD.partner_id
BEGIN
    SELECT RAISE(ABORT, 'tenant columns of products are immutable');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER plans_tenant BEFORE UPDATE ON plans FOR EACH ROW
WHEN NEW.root_id IS NOT OLD.root_id OR NEW.partner_id IS NOT OLD.partner_id
BEGIN
    SELECT RAISE(ABORT, 'tenant columns of plans are immutable');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER plan_grants_tenant BEFORE UPDATE ON plan_grants FOR EACH ROW
WHEN NEW.root_id IS NOT OLD.root_id OR NEW.partner_id IS NOT OLD.partner_id
BEGIN
    SELECT RAISE(ABORT, 'tenant columns of plan_grants are immutable');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER customers_tenant BEFORE UPDATE ON customers FOR EACH ROW
WHEN NEW.root_id IS NOT OLD.root_id OR NEW.partner_id IS NOT OLD.partner_id
BEGIN
    SELECT RAISE(ABORT, 'tenant columns of customers are immutable');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER contacts_tenant BEFORE UPDATE ON contacts FOR EACH ROW
WHEN NEW.root_id IS NOT OLD.root_id OR NEW.partner_id IS NOT OLD.partner_id OR NEW.customer_id IS NOT OLD.customer_id
BEGIN
    SELECT RAISE(ABORT, 'tenant columns of contacts are immutable');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER proposals_tenant BEFORE UPDATE ON proposals FOR EACH ROW
WHEN NEW.root_id IS NOT OLD.root_id OR NEW.partner_id IS NOT OLD.partner_id OR NEW.customer_id IS NOT OLD.customer_id
BEGIN
    SELECT RAISE(ABORT, 'tenant columns of proposals are immutable');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER accounts_tenant BEFORE UPDATE ON accounts FOR EACH ROW
WHEN NEW.root_id IS NOT OLD.root_id OR NEW.partner_id IS NOT OLD.partner_id OR NEW.customer_id IS NOT OLD.customer_id
BEGIN
    SELECT RAISE(ABORT, 'tenant columns of accounts are immutable');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER enrolment_keys_tenant BEFORE UPDATE ON enrolment_keys FOR EACH ROW
WHEN NEW.root_id IS NOT OLD.root_id OR NEW.partner_id IS NOT OLD.partner_id OR NEW.customer_id IS NOT OLD.customer_id
BEGIN
    SELECT RAISE(ABORT, 'tenant columns of enrolment_keys are immutable');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER subscriptions_tenant BEFORE UPDATE ON subscriptions FOR EACH ROW
WHEN NEW.root_id IS NOT OLD.root_id OR NEW.partner_id IS NOT OLD.partner_id OR NEW.customer_id IS NOT OLD.customer_id
BEGIN
    SELECT RAISE(ABORT, 'tenant columns of subscriptions are immutable');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER agents_tenant BEFORE UPDATE ON agents FOR EACH ROW
WHEN NEW.root_id IS NOT OLD.root_id OR NEW.partner_id IS NOT OLD.partner_id OR NEW.customer_id IS NOT OLD.customer_id
BEGIN
    SELECT RAISE(ABORT, 'tenant columns of agents are immutable');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER agent_tokens_tenant BEFORE UPDATE ON agent_tokens FOR EACH ROW
WHEN NEW.root_id IS NOT OLD.root_id OR NEW.partner_id IS NOT OLD.partner_id OR NEW.customer_id IS NOT OLD.customer_id
BEGIN
    SELECT RAISE(ABORT, 'tenant columns of agent_tokens are immutable');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER memberships_tenant BEFORE UPDATE ON memberships FOR EACH ROW
WHEN NEW.root_id IS NOT OLD.root_id OR NEW.partner_id IS NOT OLD.partner_id OR NEW.customer_id IS NOT OLD.customer_id
BEGIN
    SELECT RAISE(ABORT, 'tenant columns of memberships are immutable');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER plan_versions_kept_update BEFORE UPDATE ON plan_versions FOR EACH ROW
BEGIN
    SELECT RAISE(ABORT, 'plan_versions is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER plan_versions_kept_delete BEFORE DELETE ON plan_versions FOR EACH ROW
BEGIN
    SELECT RAISE(ABORT, 'plan_versions is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER events_kept_update BEFORE UPDATE ON events FOR EACH ROW
BEGIN
    SELECT RAISE(ABORT, 'events is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER events_kept_delete BEFORE DELETE ON events FOR EACH ROW
BEGIN
    SELECT RAISE(ABORT, 'events is append-only');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER subscriptions_apart_insert BEFORE INSERT ON subscriptions FOR EACH ROW
WHEN EXISTS (
    SELECT 1 FROM subscriptions o
    WHERE o.partner_id = NEW.partner_id AND o.account_id = NEW.account_id AND o.id <> NEW.id
      AND o.starts_at < coalesce(NEW.cancelled_at, NEW.ends_at, '9999')
      AND NEW.starts_at < coalesce(o.cancelled_at, o.ends_at, '9999'))
BEGIN
    SELECT RAISE(ABORT, 'periods of one account overlap');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER subscriptions_apart_update BEFORE UPDATE ON subscriptions FOR EACH ROW
WHEN EXISTS (
    SELECT 1 FROM subscriptions o
    WHERE o.partner_id = NEW.partner_id AND o.account_id = NEW.account_id AND o.id <> NEW.id
      AND o.starts_at < coalesce(NEW.cancelled_at, NEW.ends_at, '9999')
      AND NEW.starts_at < coalesce(o.cancelled_at, o.ends_at, '9999'))
BEGIN
    SELECT RAISE(ABORT, 'periods of one account overlap');
END;
-- +goose StatementEnd
