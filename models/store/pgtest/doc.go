// Package pgtest gives tests a real PostgreSQL: a private cluster in a temporary folder, one for the
// whole test process or one shared by many, and a fresh database for each test. Nothing listens on
// the network, nothing is durable, and the cluster ends when the process that started it does,
// however it ends.
//
// Tests get two roles: portal_owner, who owns the tables, and portal_app, who is neither superuser
// nor owner, as in production.
//
//	PG_BIN                  the folder of initdb and postgres, if they are nowhere usual
//	MOORING_TEST_POSTGRES   a superuser's URL of a private cluster that is already running
//	MOORING_NEED_POSTGRES   1 turns the skip without PostgreSQL into a failure
package pgtest
