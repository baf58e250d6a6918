-- +goose Up
-- Whatever looks for a row without its partner: the trigger that keeps periods apart looks for the other
-- subscriptions of an account at every change of one.
CREATE INDEX subscriptions_of_account ON subscriptions (account_id);
CREATE INDEX subscriptions_customer ON subscriptions (partner_id, customer_id);
-- What the portal asks every minute.
CREATE INDEX subscriptions_due ON subscriptions (starts_at)
    WHERE activated_at IS NULL AND cancelled_at IS NULL AND suspended_at IS NULL;
CREATE INDEX proposals_unused ON proposals (expires_at) WHERE used_at IS NULL;
CREATE INDEX forms_created ON forms (created_at);
