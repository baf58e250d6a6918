// Package layout is what stands around a page: the document's head, the menu, the bar, the footer, and
// the plainer sheet for those who are not signed in. What it shows it takes from the Frame.
package layout

import "mooring/views/frame"

// Frame, Person, NavGroup and NavItem are those of views/frame, by the name that pages know.
type (
	Frame    = frame.Frame
	Person   = frame.Person
	NavGroup = frame.NavGroup
	NavItem  = frame.NavItem
)

// htmxConfig keeps htmx within the content policy, and shows the answers that forms are refused with.
const htmxConfig = `{"includeIndicatorStyles":false,"allowEval":false,"allowScriptTags":false,"selfRequestsOnly":true,` +
	`"historyCacheSize":0,"refreshOnHistoryMiss":true,` +
	`"responseHandling":[{"code":"204","swap":false},{"code":"[23]..","swap":true},` +
	`{"code":"409|422","swap":true},{"code":"[45]..","swap":false,"error":true}]}`
