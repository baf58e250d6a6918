-- +goose Up
-- SQLite has one writer, so two transactions always see each other here.
SELECT 1;
