// Package gallery shows every component and every page in every state worth seeing. It is two lists:
// Examples are the components of the kit, States are the pages, each found by an address of the demo
// world or, where no address leads there, drawn from its values. The lists feed the pages under /gallery,
// the golden HTML, the contract of states and the pictures. A new page is one line in States, a new
// component one in Examples.
package gallery
