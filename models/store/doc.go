// Package store keeps the rows. It is the only room that knows gorm and the two databases,
// SQLite and PostgreSQL.
//
// There are two doors. Look reads: one consistent picture, and nothing writes inside it, because
// a View has no method that could. Do writes: one transaction, tried again as a whole when another
// writer got in its way. Both name an actor and one instant.
//
// Three things hold for every statement, so that no query has to remember them. The wall adds what
// the actor may see to every read, change and deletion, and refuses a statement without an actor or
// of a form it could not enclose. The tripwire looks at every loaded row again. The toll counts what
// a transaction changed and recorded: a change without an event is rolled back.
//
// What is legal and what it means is said in models; this package only finds and keeps.
package store
