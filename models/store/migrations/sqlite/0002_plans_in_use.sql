-- +goose Up
-- How many accounts have a plan, and which version of it, is counted up to a bound from this alone.
CREATE INDEX subscriptions_plan ON subscriptions (root_id, plan_id, plan_number, partner_id, cancelled_at);
