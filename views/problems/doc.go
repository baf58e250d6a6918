// Package problems holds the page that stands in for one that could not be shown. What may be told was
// decided before: an error of the portal's own comes here without its words.
package problems
