package agents_test

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"mooring/handlers/agents"
	"mooring/models/demo"
	"mooring/models/portal/portaltest"
)

// visit is one request, raw, as a program of somebody else might send it.
type visit struct {
	method, path, kind, token, body string
	header                          http.Header
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   map[string]any
}

func handler(w *portaltest.World) http.Handler {
	return agents.Handler(agents.Options{Portal: w.Portal, Address: echo.ExtractIPDirect(), Real: time.Now, Log: slog.New(slog.DiscardHandler)})
}

func send(t testing.TB, h http.Handler, v visit) answer {
	t.Helper()
	if v.method == "" {
		v.method = http.MethodPost
	}
	if v.kind == "" {
		v.kind = "application/json"
	}
	r := httptest.NewRequest(v.method, agents.Prefix+v.path, strings.NewReader(v.body))
	r.Header.Set("Content-Type", v.kind)
	if v.token != "" {
		r.Header.Set("Authorization", "Bearer "+v.token)
	}
	for name, values := range v.header {
		r.Header[name] = values
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	a := answer{status: w.Code, header: w.Result().Header}
	if err := json.Unmarshal(w.Body.Bytes(), &a.body); err != nil {
		t.Fatalf("%s %s answered %q: %v", v.method, v.path, w.Body, err)
	}
	armoured(t, a)
	return a
}

// armoured holds what every answer has.
func armoured(t testing.TB, a answer) {
	t.Helper()
	for name, want := range map[string]string{
		"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store",
	} {
		if got := a.header.Get(name); got != want {
			t.Errorf("%s is %q, not %q", name, got, want)
		}
	}
	if len(a.header.Values("Set-Cookie")) > 0 {
		t.Error("an agent was given a cookie")
	}
	if a.status == http.StatusOK {
		return
	}
	if a.header.Get("Content-Type") != "application/problem+json" || a.body["type"] != "about:blank" ||
		a.body["title"] != http.StatusText(a.status) || a.body["status"] != float64(a.status) || a.body["code"] == "" || a.body["detail"] == "" {
		t.Errorf("not a problem as RFC 9457 tells it: %d %v", a.status, a.body)
	}
}

func wantCode(t testing.TB, a answer, status int, code string) {
	t.Helper()
	if a.status != status || a.body["code"] != code {
		t.Errorf("answered %d %v, want %d %q", a.status, a.body, status, code)
	}
}

func keyOf(t testing.TB, account string) string {
	t.Helper()
	for _, a := range demo.At(demo.Now).Accounts {
		if a.ID == account {
			return a.EnrolmentKey
		}
	}
	t.Fatalf("the demo world has no account %s", account)
	return ""
}

func enrolment(key, device string) string {
	return fmt.Sprintf(`{"key":%q,"device_id":%q,"device_name":"FRONTDESK-09","group":"Reception","os":"Windows 11 24H2","version":"14.0.2"}`, key, device)
}

// door is the handler on the demo world.
func door(t *testing.T) (*portaltest.World, http.Handler) {
	t.Helper()
	w := portaltest.New(t)
	return w, handler(w)
}

func TestAnAgentEnrolsAndChecksIn(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		h := handler(w)
		a := send(t, h, visit{path: "enrol", body: enrolment(keyOf(t, demo.BramleyAccount), "device-new-1")})
		token, _ := a.body["token"].(string)
		if a.status != http.StatusOK || a.body["account_id"] != demo.BramleyAccount || a.body["every_seconds"] != 600.0 || !strings.HasPrefix(token, "mrg_agt_") {
			t.Fatalf("answered %d %v", a.status, a.body)
		}
		for range 2 { // the second is a repeat
			a = send(t, h, visit{path: "check-in", token: token, body: `{"sequence":1,"version":"14.0.3"}`})
			if a.status != http.StatusOK || a.body["account_id"] != demo.BramleyAccount || a.body["every_seconds"] != 600.0 || a.body["now"] != "2026-03-12T08:41:00Z" || len(a.body) != 3 {
				t.Errorf("answered %d %v", a.status, a.body)
			}
		}
	})
}

func TestAnAgentOfAReplacedAccountIsToldOfTheSuccessor(t *testing.T) {
	_, h := door(t)
	a := send(t, h, visit{path: "enrol", body: enrolment(keyOf(t, demo.ReplacedAccount), "device-new-1")})
	a = send(t, h, visit{path: "check-in", token: fmt.Sprint(a.body["token"]), body: `{"sequence":1}`})
	if a.status != http.StatusOK || a.body["replaced_by"] != demo.SuccessorAccount {
		t.Errorf("answered %d %v", a.status, a.body)
	}
}

func TestMessagesThatCouldBeReadInTwoWaysAreRefused(t *testing.T) {
	_, h := door(t)
	good := enrolment(keyOf(t, demo.BramleyAccount), "device-new-1")
	for name, c := range map[string]struct {
		body   string
		status int
		code   string
	}{
		"nothing":                        {"", 400, "malformed"},
		"not JSON":                       {"key=1", 400, "malformed"},
		"a list":                         {"[" + good + "]", 400, "malformed"},
		"a text":                         {`"key"`, 400, "malformed"},
		"null":                           {"null", 400, "malformed"},
		"cut short":                      {good[:len(good)-1], 400, "malformed"},
		"cut in a value":                 {good[:20], 400, "malformed"},
		"something behind it":            {good + "{}", 400, "malformed"},
		"a bracket behind it":            {good + "}", 400, "malformed"},
		"a member twice":                 {`{"key":"x",` + good[1:], 400, "malformed"},
		"a member twice, once escaped":   {`{"\u006bey":"x",` + good[1:], 400, "malformed"},
		"an unknown member twice":        {`{"x":1,"x":2,` + good[1:], 400, "malformed"},
		"not UTF-8":                      {strings.Replace(good, "FRONT", "FR\xffNT", 1), 400, "malformed"},
		"a comma too many":               {strings.Replace(good, `"}`, `",}`, 1), 400, "malformed"},
		"an unknown member":              {`{"admin":true,` + good[1:], 422, "invalid"},
		"a column of the table":          {`{"account_id":"A-1",` + good[1:], 422, "invalid"},
		"a member in another case":       {strings.Replace(good, `"device_id"`, `"Device_ID"`, 1), 422, "invalid"},
		"a number for a text":            {strings.Replace(good, `"Reception"`, `7`, 1), 422, "invalid"},
		"null for a text":                {strings.Replace(good, `"Reception"`, `null`, 1), 422, "invalid"},
		"a control character":            {strings.Replace(good, "FRONT", `FR\u0000NT`, 1), 422, "invalid"},
		"half a character":               {strings.Replace(good, "FRONT", `FR\ud800NT`, 1), 422, "invalid"},
		"a device id that is a path":     {enrolment(keyOf(t, demo.BramleyAccount), "../../etc/passwd"), 422, "invalid"},
		"something that cannot be a key": {enrolment("mrg_agt_x", "device-new-1"), 422, "invalid"},
	} {
		t.Run(name, func(t *testing.T) { wantCode(t, send(t, h, visit{path: "enrol", body: c.body}), c.status, c.code) })
	}
	if a := send(t, h, visit{path: "enrol", body: " \n" + good + "\n"}); a.status != http.StatusOK {
		t.Errorf("space around a message: %d %v", a.status, a.body)
	}
}

func TestAComplaintNamesItsField(t *testing.T) {
	_, h := door(t)
	a := send(t, h, visit{path: "enrol", body: `{"key":"EK-7K3Q9-XW2AB-CDEFG-HJKMN-PQRST","device_id":"short","device_name":"A"}`})
	said, _ := json.Marshal(a.body["fields"])
	if want := `[{"field":"device_id","message":"The device id is 8 to 64 letters, digits, dots, dashes or underscores."}]`; string(said) != want {
		t.Errorf("got %s", said)
	}
	a = send(t, h, visit{path: "enrol", body: `{"` + strings.Repeat("x", 9000) + `":1}`})
	if said := fmt.Sprint(a.body); a.status != 422 || len(said) > 1000 {
		t.Errorf("a made-up name came back in full: %d, %d characters", a.status, len(said))
	}
}

func TestSequencesAreWholeNumbersFromOne(t *testing.T) {
	w, h := door(t)
	a := send(t, h, visit{path: "enrol", body: enrolment(keyOf(t, demo.BramleyAccount), "device-new-1")})
	token := fmt.Sprint(a.body["token"])
	for _, sequence := range []string{"0", "-1", "1.5", "1e3", `"1"`, "null", "true", "9223372036854775808"} {
		wantCode(t, send(t, h, visit{path: "check-in", token: token, body: `{"sequence":` + sequence + `}`}), 422, "invalid")
	}
	wantCode(t, send(t, h, visit{path: "check-in", token: token, body: `{}`}), 422, "invalid")
	w.Sound(t)
}

func TestWhatIsTooLargeIsRefused(t *testing.T) {
	_, h := door(t)
	good := enrolment(keyOf(t, demo.BramleyAccount), "device-new-1")
	fits := good + strings.Repeat(" ", 16<<10-len(good))
	if a := send(t, h, visit{path: "enrol", body: fits}); a.status != http.StatusOK {
		t.Errorf("16 KiB: %d %v", a.status, a.body)
	}
	for _, path := range []string{"enrol", "check-in"} {
		wantCode(t, send(t, h, visit{path: path, token: portaltest.AgentToken("G-204180001"), body: fits + " "}), 413, "too-large")
	}
}

func TestOnlyPlainJSONIsTaken(t *testing.T) {
	_, h := door(t)
	good := enrolment(keyOf(t, demo.BramleyAccount), "device-new-1")
	for _, kind := range []string{"text/plain", "application/x-www-form-urlencoded", "application/problem+json", "application/json; charset=latin1", ";"} {
		wantCode(t, send(t, h, visit{path: "enrol", body: good, kind: kind}), 415, "not-json")
	}
	zipped := http.Header{"Content-Encoding": {"gzip"}}
	wantCode(t, send(t, h, visit{path: "enrol", body: good, header: zipped}), 415, "not-json")
	if a := send(t, h, visit{path: "enrol", body: good, kind: "application/json; charset=UTF-8"}); a.status != http.StatusOK {
		t.Errorf("%d %v", a.status, a.body)
	}
}

func TestOtherMethodsAndAddressesAreRefused(t *testing.T) {
	_, h := door(t)
	for _, method := range []string{http.MethodGet, http.MethodPut, http.MethodDelete, http.MethodOptions} {
		a := send(t, h, visit{path: "enrol", method: method})
		wantCode(t, a, 405, "method-not-allowed")
		if a.header.Get("Allow") != "POST" {
			t.Errorf("Allow is %q", a.header.Get("Allow"))
		}
	}
	wantCode(t, send(t, h, visit{path: "enrol/more"}), 404, "no-such-address")
	wantCode(t, send(t, h, visit{path: ""}), 404, "no-such-address")
}

func TestStrangersAllGetTheSameAnswer(t *testing.T) {
	_, h := door(t)
	a := send(t, h, visit{path: "enrol", body: enrolment("EK-AAAAA-BBBBB-AAAAA-BBBBB-AAAAA", "device-new-1")})
	wantCode(t, a, 401, "unknown")

	real := portaltest.AgentToken("G-204180001")
	var first map[string]any
	for name, v := range map[string]visit{
		"no token":           {},
		"an unknown token":   {token: "mrg_agt_" + strings.Repeat("x", 43)},
		"a cut token":        {token: real[:20]},
		"an enrolment key":   {token: keyOf(t, demo.BramleyAccount)},
		"another scheme":     {header: http.Header{"Authorization": {"Basic " + real}}},
		"two tokens":         {header: http.Header{"Authorization": {"Bearer " + real, "Bearer " + real}}},
		"a token in cookies": {header: http.Header{"Cookie": {"session=" + real + "; token=" + real}}},
	} {
		v.path, v.body = "check-in", `{"sequence":1}`
		a := send(t, h, v)
		wantCode(t, a, 401, "unknown")
		if a.header.Get("WWW-Authenticate") != "Bearer" {
			t.Errorf("%s: WWW-Authenticate is %q", name, a.header.Get("WWW-Authenticate"))
		}
		if first == nil {
			first = a.body
		}
		if fmt.Sprint(first) != fmt.Sprint(a.body) {
			t.Errorf("%s: %v, others %v", name, a.body, first)
		}
	}
}

func TestStatesAreTold(t *testing.T) {
	_, h := door(t)
	for account, want := range map[string]struct {
		status int
		code   string
	}{
		demo.AwaitingAccount: {409, "not-activated"}, demo.SuspendedAccount: {409, "plan-not-working"}, demo.ClosedAccount: {403, "account-closed"},
	} {
		wantCode(t, send(t, h, visit{path: "enrol", body: enrolment(keyOf(t, account), "device-new-1")}), want.status, want.code)
	}
}

func TestATooBusyAgentIsToldWhenToComeAgain(t *testing.T) {
	_, h := door(t)
	var a answer
	for n := 1; n <= 7; n++ {
		a = send(t, h, visit{path: "check-in", token: portaltest.AgentToken("G-204180001"), body: `{"sequence":` + strconv.Itoa(n) + `}`})
	}
	wantCode(t, a, 429, "too-many")
	if a.header.Get("Retry-After") != "1" {
		t.Errorf("Retry-After is %q", a.header.Get("Retry-After"))
	}
}

func TestOurOwnFaultIsNotQuoted(t *testing.T) {
	w, h := door(t)
	if err := w.Store.Close(); err != nil {
		t.Fatal(err)
	}
	a := send(t, h, visit{path: "check-in", token: portaltest.AgentToken("G-204180001"), body: `{"sequence":1}`})
	wantCode(t, a, 500, "failed")
	if a.body["detail"] != "Something failed on our side." {
		t.Errorf("it said %v", a.body["detail"])
	}
}

func TestAPortalThatIsClosingIsBusy(t *testing.T) {
	w, h := door(t)
	w.Close()
	a := send(t, h, visit{path: "check-in", token: portaltest.AgentToken("G-204180001"), body: `{"sequence":1}`})
	wantCode(t, a, 503, "busy")
	if a.header.Get("Retry-After") == "" {
		t.Error("it does not say when to come again")
	}
}

func TestARefusalNamesTheRequestThatTheLogKnows(t *testing.T) {
	_, h := door(t)
	named := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Request-Id", "r-77")
		w.Header().Set("Content-Security-Policy", "script-src 'self'")
		h.ServeHTTP(w, r)
	})
	a := send(t, named, visit{path: "enrol", body: "{"})
	if a.body["request_id"] != "r-77" {
		t.Errorf("answered %v", a.body)
	}
}

func TestARelayChecksInForMany(t *testing.T) {
	portaltest.Each(t, func(t *testing.T, w *portaltest.World) {
		h := handler(w)
		entry := func(agent string, rest string) string {
			return fmt.Sprintf(`{"token":%q,%s}`, portaltest.AgentToken(agent), rest)
		}
		a := send(t, h, visit{path: "check-ins", body: `{"agents":[` + strings.Join([]string{
			entry("G-204180001", `"sequence":900001`), entry("G-204180002", `"sequence":0`), entry("G-nobody", `"sequence":1`),
			`{"sequence":1}`, `{"token":7,"sequence":1}`, entry("G-204180003", `"sequence":900001,"clock":"2031-01-01T00:00:00Z"`),
		}, ",") + `]}`})
		answers, _ := a.body["answers"].([]any)
		if a.status != http.StatusOK || len(answers) != 6 {
			t.Fatalf("answered %d %v", a.status, a.body)
		}
		for i, want := range []string{"", "invalid", "unknown", "unknown", "invalid", ""} {
			told, _ := answers[i].(map[string]any)
			if want == "" && told["account_id"] != demo.BramleyAccount || want != "" && told["code"] != want {
				t.Errorf("agent %d was told %v, want %q", i, told, want)
			}
		}
		w.Sound(t)
	})
}

func TestABatchIsBounded(t *testing.T) {
	_, h := door(t)
	for _, body := range []string{
		`{"agents":[]}`, `{}`, `{"agents":[` + strings.Repeat(`{"sequence":1},`, 1000) + `{"sequence":1}]}`,
	} {
		wantCode(t, send(t, h, visit{path: "check-ins", body: body}), 422, "invalid")
	}
	wantCode(t, send(t, h, visit{path: "check-ins", body: `{"agents":{}}`}), 422, "invalid")
	wantCode(t, send(t, h, visit{path: "check-ins", body: `{"agents":[` + strings.Repeat(" ", 1<<20) + `]}`}), 413, "too-large")
}

func TestWhatIsOnlyPromisedTakesNoRoom(t *testing.T) {
	_, h := door(t)
	r := httptest.NewRequest(http.MethodPost, "/agents/v1/enrol", strings.NewReader("{"))
	r.Header.Set("Content-Type", "application/json")
	r.ContentLength = 1 << 20
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("a promise of 1 MiB: %d", w.Code)
	}
}

func TestAMessageOfNonsenseIsAnsweredShortly(t *testing.T) {
	_, h := door(t)
	var many strings.Builder
	for i := range 900 {
		fmt.Fprintf(&many, `,"m%d":0`, i)
	}
	a := send(t, h, visit{path: "check-in", token: portaltest.AgentToken("G-204180001"), body: `{"sequence":1` + many.String() + `}`})
	wantCode(t, a, 400, "malformed")
	a = send(t, h, visit{path: "check-ins", body: `{"agents":[` + strings.Repeat("0,", 400_000) + `0]}`})
	wantCode(t, a, 422, "invalid")
}

// tellingRead is a body that says when somebody begins to read it, and then keeps that one waiting.
type tellingRead struct{ began, end chan struct{} }

func (r tellingRead) Read([]byte) (int, error) {
	r.began <- struct{}{}
	<-r.end
	return 0, io.EOF
}

func TestOneAddressCannotTakeEveryPlaceOfRelays(t *testing.T) {
	_, h := door(t)
	slow := tellingRead{make(chan struct{}), make(chan struct{})}
	from := func(address string, body io.Reader) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodPost, "/agents/v1/check-ins", body)
		r.Header.Set("Content-Type", "application/json")
		r.RemoteAddr = address
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() { from("192.0.2.1:4711", slow) })
		<-slow.began
	}
	if w := from("192.0.2.1:4712", strings.NewReader(`{}`)); w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") == "" {
		t.Errorf("one more from there: %d %s", w.Code, w.Body)
	}
	if w := from("192.0.2.2:4711", strings.NewReader(`{}`)); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("from elsewhere: %d %s", w.Code, w.Body)
	}
	for n := range 15 {
		for range 8 {
			all.Go(func() { from(fmt.Sprintf("[2001:db8:0:%d::%d]:4711", n, rand.IntN(9)), slow) })
			<-slow.began
		}
		if w := from(fmt.Sprintf("[2001:db8:0:%d::ffff]:4711", n), strings.NewReader(`{}`)); w.Code != http.StatusTooManyRequests {
			t.Errorf("one more from the same network: %d %s", w.Code, w.Body)
		}
	}
	if w := from("192.0.2.99:4711", strings.NewReader(`{}`)); w.Code != http.StatusTooManyRequests {
		t.Errorf("beyond what there is room for: %d %s", w.Code, w.Body)
	}
	close(slow.end)
	all.Wait()
	if w := from("192.0.2.1:4712", strings.NewReader(`{}`)); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("afterwards: %d %s", w.Code, w.Body)
	}
}
