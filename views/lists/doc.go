// Package lists prints what stands around the rows of a list: its saved views, the filters, what they
// come to, and the way to its neighbours. The rows belong to the pages.
package lists
