// Package demo holds a small named world as plain values: two distributors, their resellers, and the
// customers of Halden Partners, one for every state worth seeing. It stands at one morning, [Now];
// [At] moves it to another moment, at which everything is in the state it was in. Tests, the gallery,
// the pictures and the demo itself all use it, so its ids and names stay as they are.
//
// All people and companies are invented. Nothing here is random, and nothing knows a database:
// whoever loads a world hashes the passwords, seals the enrolment keys and writes the memberships.
package demo
