package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"mooring/handlers/agents"
	"mooring/static"
	"mooring/views/link"
)

// Handler serves the site: every address, in the order of the navigation.
func (s *Site) Handler() http.Handler {
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.HTTPErrorHandler = s.fail
	e.IPExtractor = s.addressOf()

	e.Pre(s.agentsFirst(agents.Handler(agents.Options{Portal: s.portal, Address: s.addressOf(), Real: s.real, Log: s.log})))
	e.Use(identify, s.logged, s.armour, middleware.RecoverWithConfig(middleware.RecoverConfig{LogErrorFunc: s.panicked}))
	e.Use(echo.WrapMiddleware(http.NewCrossOriginProtection().Handler))

	e.Match([]string{http.MethodGet, http.MethodHead}, "/livez", s.livez)
	e.Match([]string{http.MethodGet, http.MethodHead}, "/readyz", s.readyz)
	e.GET(static.Prefix+"*", echo.WrapHandler(static.Handler()))
	e.POST("/-/csp", s.reported)

	e.Match([]string{http.MethodGet, http.MethodHead}, "/downloads/agents/:file", s.sendBuild)

	site := e.Group("", bound, s.recognise, s.proven)
	site.GET("/sign-in", s.newSession)
	site.POST("/sign-in", s.createSession)
	site.POST("/sign-out", s.endSession)
	site.GET("/welcome/:token", s.newPassword)
	site.POST("/welcome/:token", s.createPassword)

	s.gallery(site)

	in := site.Group("", s.private)
	in.GET("/", s.showHome)
	in.GET("/customers", s.listCustomers)
	in.GET("/customers.csv", s.exportCustomers)
	in.GET("/customers/new", s.newCustomer)
	in.POST("/customers/new", s.createCustomer)
	in.GET("/customers/:customer", s.showCustomer)
	in.GET("/customers/:customer/edit", s.editCustomer)
	in.POST("/customers/:customer/edit", s.saveCustomer)
	in.GET("/customers/:customer/archive", s.newArchive)
	in.POST("/customers/:customer/archive", s.createArchive)
	in.POST("/customers/:customer/restore", s.endArchive)
	in.GET("/customers/:customer/plans/assign", s.newAssignment)
	in.POST("/customers/:customer/plans/assign", s.createAssignment)
	in.GET("/watch", s.showWatch)
	in.GET("/accounts", s.listAccounts)
	in.GET("/accounts.csv", s.exportAccounts)
	in.GET("/accounts/:account", s.showAccount)
	in.GET("/accounts/:account/agents", s.listAccountAgents)
	in.GET("/accounts/:account/agents.csv", s.exportAccountAgents)
	in.GET("/accounts/:account/plan", s.newModification)
	in.POST("/accounts/:account/plan", s.createModification)
	in.GET("/accounts/:account/reassign", s.chooseReassignment)
	in.GET("/accounts/:account/reassign/:plan", s.newReassignment)
	in.POST("/accounts/:account/reassign/:plan", s.createReassignment)
	in.GET("/accounts/:account/seats", s.showSeats)
	in.POST("/accounts/:account/seats", s.releaseSeats)
	in.GET("/accounts/:account/created", s.showReassigned)
	in.GET("/accounts/:account/enrolment", s.showEnrolment)
	in.POST("/accounts/:account/enrolment/showing", s.showKey)
	in.GET("/accounts/:account/enrolment/rotation", s.newRotation)
	in.POST("/accounts/:account/enrolment/rotation", s.createRotation)
	in.POST("/accounts/:account/enrolment/ending", s.createKeyEnd)
	in.GET("/accounts/:account/undo", s.newUndo)
	in.POST("/accounts/:account/undo", s.createUndo)
	in.GET("/accounts/:account/carry", s.newCarry)
	in.POST("/accounts/:account/carry", s.createCarry)
	in.GET("/carries/:carry", s.showCarry)
	in.GET("/carries/:carry/events", s.followCarry)
	in.GET("/carries/:carry/missing", s.listMissing)
	in.GET("/carries/:carry/missing.csv", s.exportMissing)
	in.GET("/carries/:carry/cancellation", s.newCallOff)
	in.POST("/carries/:carry/cancellation", s.createCallOff)
	in.POST("/carries/:carry/retry", s.retryCarry)
	in.GET("/accounts/:account/retirement", s.newRetirementOfAccount)
	in.POST("/accounts/:account/retirement", s.createRetirementOfAccount)
	in.GET("/accounts/:account/suspension", s.newSuspension)
	in.POST("/accounts/:account/suspension", s.createSuspension)
	in.GET("/accounts/:account/resumption", s.newResumption)
	in.POST("/accounts/:account/resumption", s.createResumption)
	in.GET("/accounts/:account/cancellation", s.newCancellation)
	in.POST("/accounts/:account/cancellation", s.createCancellation)
	in.GET("/accounts/:account/restoration", s.newRestoration)
	in.POST("/accounts/:account/restoration", s.createRestoration)

	in.GET("/agents", s.listAgents)
	in.GET("/agents.csv", s.exportAgents)
	in.GET("/agents/orphans", s.listOrphans)
	in.GET("/agents/:agent", s.showAgent)
	in.GET("/agents/:agent/merge", s.newMerge)
	in.POST("/agents/:agent/merge", s.createMerge)

	in.GET("/plans", s.listPlans)
	in.GET("/plans/new", s.newPlan)
	in.POST("/plans/new", s.createPlan)
	in.GET("/plans/:plan", s.showPlan)
	in.GET("/plans/:plan/edit", s.newEdit)
	in.POST("/plans/:plan/edit", s.createEdit)
	in.GET("/plans/:plan/retire", s.newRetirement)
	in.POST("/plans/:plan/retire", s.createRetirement)
	in.GET("/plans/:plan/restore", s.newReturn)
	in.POST("/plans/:plan/restore", s.createReturn)
	in.GET(link.ImportCustomers(), s.newImport)
	in.POST(link.ImportCustomers(), s.createImport)
	in.GET("/imports/template.csv", s.importTemplate)
	in.GET("/imports/:import", s.showImport)
	in.POST("/imports/:import", s.doImport)
	in.GET("/imports/:import/refused.csv", s.refusedRows)

	site.RouteNotFound("/*", func(echo.Context) error { return echo.ErrNotFound })
	return e
}
