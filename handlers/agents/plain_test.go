package agents

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"mooring/models"
)

var messages = []string{
	`{"sequence":17}`, `{ "sequence" : 17 , "version" : "14.0.2" }`, `{"version":"é ü","sequence":1,"clock":"2026-03-12T09:41:00+01:00"}`,
	`{"sequence":0}`, `{"sequence":01}`, `{"sequence":-1}`, `{"sequence":1.0}`, `{"sequence":1e3}`, `{"sequence":999999999999999999}`,
	`{"sequence":9223372036854775807}`, `{"sequence":1,"sequence":2}`, `{"sequence":"1"}`, `{"sequence":null}`, `{"Sequence":1}`, `{"sequence":1,}`,
	`{"sequence":1}{}`, `{"sequence":1}}`, `{}`, `[]`, `{"sequence":1,"version":"\u0041"}`, `{"sequence":1,"version":"a"b"}`, `{"sequence":1,"clock":"noon"}`,
	`{"sequence":1,"clock":null}`, `{"sequence":1,"token":"x"}`, "{\"sequence\":1,\"version\":\"a\tb\"}", `{"sequence":1 "version":"x"}`, "\ufeff{\"sequence\":1}",
}

// What the quick reader takes, the thorough one reads in the same way: it may be slower to say yes, never
// more lenient.
func TestThePlainReaderTakesOnlyWhatTheOtherTakes(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	taken := 0
	for _, whole := range messages {
		for range 3000 {
			text := []byte(whole)
			for range r.IntN(3) {
				at, c := r.IntN(len(text)), charset[r.IntN(len(charset))]
				switch r.IntN(3) {
				case 0:
					text = slices.Insert(text, at, c)
				case 1:
					text = slices.Delete(text, at, at+1)
				case 2:
					text[at] = c
				}
				if len(text) == 0 {
					break
				}
			}
			if !utf8.Valid(text) {
				continue
			}
			quick, ok := plainCheckIn(text)
			if !ok {
				continue
			}
			taken++
			var thorough models.CheckIn
			if err := decode(text, checkInFields(&thorough)); err != nil {
				t.Fatalf("%q is taken, and should not be: %v", text, err)
			}
			if diff := cmp.Diff(thorough, quick); diff != "" {
				t.Fatalf("%q is read in two ways: %s", text, diff)
			}
		}
	}
	if taken < 1000 {
		t.Errorf("only %d messages were plain", taken)
	}
}

const charset = `{}[]:,"\ 0123456789abcdefsequencT+-.` + "\n\t\x01"

func TestThePlainReaderTakesARelayAsTheOtherDoes(t *testing.T) {
	one := `{"token":"mrg_agt_x","sequence":4,"version":"14.0.3"}`
	for _, c := range []struct {
		text string
		want bool
	}{
		{`{"agents":[` + one + `]}`, true},
		{` { "agents" : [ ` + one + ` , ` + one + ` ] } `, true},
		{`{"agents":[]}`, false},
		{`{"agents":[` + one + `,]}`, false},
		{`{"agents":[` + one + `],"agents":[]}`, false},
		{`{"agents":[` + one + `]}]`, false},
		{`{"agents":[` + one + strings.Repeat(","+one, models.MaxRelayed-1) + `]}`, true},
		{`{"agents":[` + one + strings.Repeat(","+one, models.MaxRelayed) + `]}`, false},
		{`{"agents":[{"sequence":1,"token":"a","token":"b"}]}`, false},
	} {
		all, ok := plainRelay([]byte(c.text))
		if ok != c.want {
			t.Errorf("%.80s: %t", c.text, ok)
			continue
		}
		var entries []json.RawMessage
		if !ok {
			continue
		}
		if err := decode([]byte(c.text), fields{"agents": &entries}); err != nil || len(entries) != len(all) {
			t.Fatalf("%.80s: %v", c.text, err)
		}
		for i, entry := range entries {
			var other models.TokenCheckIn
			if err := readEntry(bytes.TrimSpace(entry), &other); err != nil || other != all[i] {
				t.Errorf("%.80s: entry %d is %+v or %+v, %v", c.text, i, all[i], other, err)
			}
		}
	}
}
