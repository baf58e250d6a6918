// Package customers holds the list of customers and the page of one of them.
package customers
