// Package handlers turns visits into questions to the portal and answers into pages. A handler reads
// the request, makes one call, and shows one page or redirects. It has no rule of the domain, no
// query, no loop over records and no clock. routes.go is the site map.
package handlers
