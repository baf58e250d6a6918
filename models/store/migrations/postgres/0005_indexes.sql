-- +goose Up
-- What a contact's first sign-in looks for.
CREATE INDEX subscriptions_customer ON subscriptions (partner_id, customer_id);
-- What the portal asks every minute.
CREATE INDEX subscriptions_due ON subscriptions (starts_at)
    WHERE activated_at IS NULL AND cancelled_at IS NULL AND suspended_at IS NULL;
CREATE INDEX proposals_unused ON proposals (expires_at) WHERE used_at IS NULL;
CREATE INDEX forms_created ON forms (created_at);
-- Lines name their customer in the order of bytes, and an index serves one order only: without this one
-- a page of the list reads all customers.
CREATE UNIQUE INDEX customers_id_plain ON customers (id COLLATE "C");
