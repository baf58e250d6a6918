-- +goose Up
CREATE TABLE installation (
    name  text PRIMARY KEY,
    value text NOT NULL
);

CREATE TABLE partners (
    id         text PRIMARY KEY,
    root_id    text NOT NULL,
    parent_id  text REFERENCES partners (id),
    kind       text NOT NULL CHECK (kind IN ('distributor', 'reseller')),
    name       text NOT NULL CHECK (name <> ''),
    time_zone  text NOT NULL,
    currency   text NOT NULL CHECK (length(currency) = 3),
    created_at timestamptz NOT NULL,
    UNIQUE (root_id, id),
    CHECK ((kind = 'distributor') = (id = root_id)),
    CHECK ((kind = 'distributor') = (parent_id IS NULL))
);

CREATE TABLE users (
    id            text PRIMARY KEY,
    root_id       text NOT NULL,
    partner_id    text NOT NULL,
    name          text NOT NULL CHECK (name <> ''),
    email         text NOT NULL UNIQUE CHECK (email = lower(email)),
    role          text NOT NULL,
    password_hash text NOT NULL,
    created_at    timestamptz NOT NULL,
    disabled_at   timestamptz,
    UNIQUE (partner_id, id),
    FOREIGN KEY (root_id, partner_id) REFERENCES partners (root_id, id) ON UPDATE CASCADE
);

CREATE TABLE sessions (
    id         text PRIMARY KEY,
    user_id    text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL,
    seen_at    timestamptz NOT NULL,
    address    text NOT NULL,
    browser    text NOT NULL
);
CREATE INDEX sessions_user ON sessions (user_id);

CREATE TABLE sign_in_links (
    hash       text PRIMARY KEY,
    user_id    text NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    expires_at timestamptz NOT NULL,
    used_at    timestamptz
);

CREATE TABLE throttles (
    name     text PRIMARY KEY,
    fails    bigint NOT NULL CHECK (fails >= 0),
    running  bigint NOT NULL CHECK (running >= 0),
    next_ms  bigint NOT NULL,
    seen_ms  bigint NOT NULL
);

CREATE TABLE forms (
    form_key   text PRIMARY KEY,
    actor_id   text NOT NULL,
    place      text NOT NULL,
    created_at timestamptz NOT NULL
);

CREATE TABLE products (
    id         text PRIMARY KEY,
    root_id    text NOT NULL,
    partner_id text NOT NULL,
    family     text NOT NULL CHECK (family <> ''),
    name       text NOT NULL CHECK (name <> ''),
    kind       text NOT NULL CHECK (kind IN ('saas', 'on-premise')),
    created_at timestamptz NOT NULL,
    UNIQUE (root_id, id),
    FOREIGN KEY (root_id, partner_id) REFERENCES partners (root_id, id) ON UPDATE CASCADE
);

CREATE TABLE plans (
    id         text PRIMARY KEY,
    root_id    text NOT NULL,
    partner_id text NOT NULL,
    product_id text NOT NULL,
    key        text NOT NULL CHECK (key <> ''),
    current    bigint NOT NULL CHECK (current >= 1),
    created_at timestamptz NOT NULL,
    retired_at timestamptz,
    locked_at  timestamptz,
    version    bigint NOT NULL CHECK (version >= 1),
    UNIQUE (root_id, key),
    UNIQUE (root_id, id),
    FOREIGN KEY (root_id, partner_id) REFERENCES partners (root_id, id) ON UPDATE CASCADE,
    FOREIGN KEY (root_id, product_id) REFERENCES products (root_id, id) ON UPDATE CASCADE
);

CREATE TABLE plan_versions (
    plan_id     text NOT NULL,
    number      bigint NOT NULL CHECK (number >= 1),
    root_id     text NOT NULL,
    partner_id  text NOT NULL,
    name        text NOT NULL CHECK (name <> ''),
    edition     text NOT NULL CHECK (edition <> ''),
    summary     text NOT NULL,
    features    text NOT NULL,
    trial       boolean NOT NULL,
    unit        text NOT NULL CHECK (unit <> ''),
    data_center text NOT NULL,
    activation  text NOT NULL CHECK (activation IN ('first sign-in', 'on a date', 'at once', 'by code')),
    price_minor bigint NOT NULL CHECK (price_minor >= 0),
    currency    text NOT NULL CHECK (length(currency) = 3),
    term_months bigint NOT NULL CHECK (term_months BETWEEN 1 AND 66),
    renews      boolean NOT NULL,
    policy      text NOT NULL,
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (plan_id, number),
    FOREIGN KEY (root_id, plan_id) REFERENCES plans (root_id, id) ON UPDATE CASCADE
);

CREATE TABLE plan_grants (
    plan_id    text NOT NULL,
    root_id    text NOT NULL,
    partner_id text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (plan_id, partner_id),
    FOREIGN KEY (root_id, plan_id) REFERENCES plans (root_id, id) ON UPDATE CASCADE,
    FOREIGN KEY (root_id, partner_id) REFERENCES partners (root_id, id) ON UPDATE CASCADE
);

CREATE TABLE customers (
    id           text PRIMARY KEY,
    root_id      text NOT NULL,
    partner_id   text NOT NULL,
    owner_id     text NOT NULL,
    name         text NOT NULL CHECK (name <> ''),
    address      text NOT NULL,
    city         text NOT NULL,
    region       text NOT NULL,
    postal_code  text NOT NULL,
    country      text NOT NULL,
    time_zone    text NOT NULL CHECK (time_zone <> ''),
    currency     text NOT NULL CHECK (length(currency) = 3),
    external_ref text NOT NULL,
    note         text NOT NULL,
    sort_key     text COLLATE "C" NOT NULL,
    search_key   text COLLATE "C" NOT NULL,
    plain_name   text COLLATE "C" NOT NULL,
    created_at   timestamptz NOT NULL,
    archived_at  timestamptz,
    version      bigint NOT NULL CHECK (version >= 1),
    UNIQUE (partner_id, id),
    FOREIGN KEY (root_id, partner_id) REFERENCES partners (root_id, id) ON UPDATE CASCADE
);
CREATE UNIQUE INDEX customers_external_ref ON customers (partner_id, external_ref) WHERE external_ref <> '';
CREATE INDEX customers_sorted ON customers (partner_id, sort_key, id);
CREATE INDEX customers_sorted_root ON customers (root_id, sort_key, id);
CREATE INDEX customers_plain ON customers (partner_id, plain_name);

CREATE TABLE contacts (
    id          text PRIMARY KEY,
    root_id     text NOT NULL,
    partner_id  text NOT NULL,
    customer_id text NOT NULL,
    user_id     text,
    name        text NOT NULL CHECK (name <> ''),
    email       text NOT NULL,
    created_at  timestamptz NOT NULL,
    FOREIGN KEY (root_id, partner_id) REFERENCES partners (root_id, id) ON UPDATE CASCADE,
    FOREIGN KEY (partner_id, customer_id) REFERENCES customers (partner_id, id) ON UPDATE CASCADE,
    FOREIGN KEY (partner_id, user_id) REFERENCES users (partner_id, id) ON UPDATE CASCADE
);
CREATE INDEX contacts_customer ON contacts (partner_id, customer_id);
CREATE INDEX contacts_email ON contacts (partner_id, email);
CREATE INDEX contacts_user ON contacts (user_id) WHERE user_id IS NOT NULL;

CREATE TABLE proposals (
    id             text PRIMARY KEY,
    root_id        text NOT NULL,
    partner_id     text NOT NULL,
    customer_id    text NOT NULL,
    account_id     text NOT NULL,
    plan_id        text NOT NULL,
    plan_number    bigint NOT NULL,
    seats          bigint NOT NULL CHECK (seats BETWEEN 1 AND 999999),
    actor_id       text NOT NULL,
    actor_name     text NOT NULL,
    new_account_id text NOT NULL,
    digest         text NOT NULL,
    shown          text NOT NULL,
    created_at     timestamptz NOT NULL,
    expires_at     timestamptz NOT NULL,
    used_at        timestamptz,
    why            text NOT NULL,
    note           text NOT NULL,
    typed_id       text NOT NULL,
    result_id      text,
    UNIQUE (partner_id, id),
    UNIQUE (result_id),
    CHECK ((used_at IS NULL) = (result_id IS NULL)),
    FOREIGN KEY (root_id, partner_id) REFERENCES partners (root_id, id) ON UPDATE CASCADE,
    FOREIGN KEY (partner_id, customer_id) REFERENCES customers (partner_id, id) ON UPDATE CASCADE
);
CREATE UNIQUE INDEX proposals_open ON proposals (actor_id, account_id, plan_id, digest) WHERE used_at IS NULL;
CREATE INDEX proposals_account ON proposals (partner_id, account_id);

CREATE TABLE accounts (
    id             text PRIMARY KEY,
    root_id        text NOT NULL,
    partner_id     text NOT NULL,
    customer_id    text NOT NULL,
    product_id     text NOT NULL,
    family         text NOT NULL,
    data_center    text NOT NULL,
    sealed_key     text NOT NULL,
    created_at     timestamptz NOT NULL,
    activated_at   timestamptz,
    replaced_by_id text UNIQUE,
    replaced_at    timestamptz,
    proposal_id    text UNIQUE,
    closed_at      timestamptz,
    purged_at      timestamptz,
    agents_version bigint NOT NULL,
    version        bigint NOT NULL CHECK (version >= 1),
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
    hash        text PRIMARY KEY,
    root_id     text NOT NULL,
    partner_id  text NOT NULL,
    customer_id text NOT NULL,
    account_id  text NOT NULL,
    created_at  timestamptz NOT NULL,
    valid_until timestamptz,
    FOREIGN KEY (root_id, partner_id) REFERENCES partners (root_id, id) ON UPDATE CASCADE,
    FOREIGN KEY (partner_id, account_id) REFERENCES accounts (partner_id, id) ON UPDATE CASCADE
);

CREATE TABLE subscriptions (
    id           text PRIMARY KEY,
    root_id      text NOT NULL,
    partner_id   text NOT NULL,
    customer_id  text NOT NULL,
    account_id   text NOT NULL,
    plan_id      text NOT NULL,
    plan_number  bigint NOT NULL,
    seats        bigint NOT NULL CHECK (seats BETWEEN 1 AND 999999),
    starts_at    timestamptz NOT NULL,
    activated_at timestamptz,
    starts_on    text NOT NULL CHECK (starts_on = '' OR length(starts_on) = 10),
    ends_on      text NOT NULL CHECK (ends_on = '' OR length(ends_on) = 10),
    ends_at      timestamptz,
    anchor_day   bigint NOT NULL CHECK (anchor_day BETWEEN 0 AND 31),
    renews       boolean NOT NULL,
    suspended_at timestamptz,
    cancelled_at timestamptz,
    created_at   timestamptz NOT NULL,
    version      bigint NOT NULL CHECK (version >= 1),
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
    id          text PRIMARY KEY,
    root_id     text NOT NULL,
    partner_id  text NOT NULL,
    customer_id text NOT NULL,
    account_id  text NOT NULL,
    device_id   text NOT NULL CHECK (device_id <> ''),
    device_name text NOT NULL,
    group_name  text NOT NULL,
    os          text NOT NULL,
    app_version text NOT NULL,
    enrolled_at timestamptz NOT NULL,
    released_at timestamptz,
    UNIQUE (partner_id, id),
    UNIQUE (account_id, device_id),
    FOREIGN KEY (root_id, partner_id) REFERENCES partners (root_id, id) ON UPDATE CASCADE,
    FOREIGN KEY (partner_id, account_id) REFERENCES accounts (partner_id, id) ON UPDATE CASCADE,
    FOREIGN KEY (partner_id, customer_id) REFERENCES customers (partner_id, id) ON UPDATE CASCADE
);
CREATE INDEX agents_account ON agents (partner_id, account_id);

CREATE TABLE agent_tokens (
    hash        text PRIMARY KEY,
    root_id     text NOT NULL,
    partner_id  text NOT NULL,
    customer_id text NOT NULL,
    account_id  text NOT NULL,
    agent_id    text NOT NULL,
    created_at  timestamptz NOT NULL,
    FOREIGN KEY (partner_id, agent_id) REFERENCES agents (partner_id, id) ON UPDATE CASCADE
);
CREATE INDEX agent_tokens_agent ON agent_tokens (partner_id, agent_id);

-- The last check-in of each agent: narrow, written in batches, apart from everything else.
CREATE TABLE sightings (
    agent_id text PRIMARY KEY REFERENCES agents (id) ON DELETE CASCADE,
    seen_at  timestamptz NOT NULL,
    sequence bigint NOT NULL
);

-- Every account an agent ever belonged to; exactly one membership of an agent is open.
CREATE TABLE memberships (
    agent_id    text NOT NULL,
    root_id     text NOT NULL,
    partner_id  text NOT NULL,
    customer_id text NOT NULL,
    account_id  text NOT NULL,
    joined_at   timestamptz NOT NULL,
    left_at     timestamptz,
    PRIMARY KEY (agent_id, joined_at),
    FOREIGN KEY (partner_id, agent_id) REFERENCES agents (partner_id, id) ON UPDATE CASCADE,
    FOREIGN KEY (partner_id, account_id) REFERENCES accounts (partner_id, id) ON UPDATE CASCADE
);
CREATE UNIQUE INDEX memberships_open ON memberships (agent_id) WHERE left_at IS NULL;

CREATE TABLE event_heads (
    partner_id text PRIMARY KEY REFERENCES partners (id) ON UPDATE CASCADE,
    root_id    text NOT NULL,
    seq        bigint NOT NULL,
    hash       text NOT NULL
);

CREATE TABLE events (
    id          bigserial PRIMARY KEY,
    root_id     text NOT NULL,
    partner_id  text NOT NULL,
    customer_id text NOT NULL,
    account_id  text NOT NULL,
    seq         bigint NOT NULL,
    kind        text NOT NULL CHECK (kind <> ''),
    at          timestamptz NOT NULL,
    actor_id    text NOT NULL CHECK (actor_id <> ''),
    actor_name  text NOT NULL,
    actor_role  text NOT NULL,
    door        text NOT NULL,
    request_id  text NOT NULL,
    proposal_id text NOT NULL,
    detail      text NOT NULL,
    prev_hash   text NOT NULL,
    hash        text NOT NULL,
    UNIQUE (partner_id, seq)
);
CREATE INDEX events_account ON events (partner_id, account_id, seq DESC) WHERE account_id <> '';
CREATE INDEX events_customer ON events (partner_id, customer_id, seq DESC) WHERE customer_id <> '';

-- +goose StatementBegin
CREATE FUNCTION keep_tenant() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.root_id IS DISTINCT FROM OLD.root_id OR NEW.partner_id IS DISTINCT FROM OLD.partner_id
        OR to_jsonb(NEW) ->> 'customer_id' IS DISTINCT FROM to_jsonb(OLD) ->> 'customer_id' THEN
        RAISE EXCEPTION 'tenant columns of % are immutable', TG_TABLE_NAME USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION keep_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION keep_periods_apart() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM subscriptions o
        WHERE o.partner_id = NEW.partner_id AND o.account_id = NEW.account_id AND o.id <> NEW.id
          AND o.starts_at < coalesce(NEW.cancelled_at, NEW.ends_at, 'infinity')
          AND NEW.starts_at < coalesce(o.cancelled_at, o.ends_at, 'infinity')) THEN
        RAISE EXCEPTION 'periods of account % overlap', NEW.account_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd

CREATE TRIGGER users_tenant BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION keep_tenant();
CREATE TRIGGER products_tenant BEFORE UPDATE ON products FOR EACH ROW EXECUTE FUNCTION keep_tenant();
CREATE TRIGGER plans_tenant BEFORE UPDATE ON plans FOR EACH ROW EXECUTE FUNCTION keep_tenant();
CREATE TRIGGER plan_grants_tenant BEFORE UPDATE ON plan_grants FOR EACH ROW EXECUTE FUNCTION keep_tenant();
CREATE TRIGGER customers_tenant BEFORE UPDATE ON customers FOR EACH ROW EXECUTE FUNCTION keep_tenant();
CREATE TRIGGER contacts_tenant BEFORE UPDATE ON contacts FOR EACH ROW EXECUTE FUNCTION keep_tenant();
CREATE TRIGGER proposals_tenant BEFORE UPDATE ON proposals FOR EACH ROW EXECUTE FUNCTION keep_tenant();
CREATE TRIGGER accounts_tenant BEFORE UPDATE ON accounts FOR EACH ROW EXECUTE FUNCTION keep_tenant();
CREATE TRIGGER enrolment_keys_tenant BEFORE UPDATE ON enrolment_keys FOR EACH ROW EXECUTE FUNCTION keep_tenant();
CREATE TRIGGER subscriptions_tenant BEFORE UPDATE ON subscriptions FOR EACH ROW EXECUTE FUNCTION keep_tenant();
CREATE TRIGGER agents_tenant BEFORE UPDATE ON agents FOR EACH ROW EXECUTE FUNCTION keep_tenant();
CREATE TRIGGER agent_tokens_tenant BEFORE UPDATE ON agent_tokens FOR EACH ROW EXECUTE FUNCTION keep_tenant();
CREATE TRIGGER memberships_tenant BEFORE UPDATE ON memberships FOR EACH ROW EXECUTE FUNCTION keep_tenant();
CREATE TRIGGER plan_versions_kept BEFORE UPDATE OR DELETE ON plan_versions FOR EACH ROW EXECUTE FUNCTION keep_history();
CREATE TRIGGER events_kept BEFORE UPDATE OR DELETE ON events FOR EACH ROW EXECUTE FUNCTION keep_history();
CREATE TRIGGER subscriptions_apart BEFORE INSERT OR UPDATE ON subscriptions FOR EACH ROW EXECUTE FUNCTION keep_periods_apart();
