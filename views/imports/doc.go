// Package imports holds the pages that bring a file of customers in: the one that asks for it, and the
// one that says what it would do and then what it did.
package imports
