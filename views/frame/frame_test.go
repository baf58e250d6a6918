package frame

import "testing"

func TestAPageFindsItsFrameAndAPageWithoutOneStillStands(t *testing.T) {
	ctx := With(t.Context(), Frame{Portal: "Halden Partners", Dir: "rtl", FormKey: func(a string) string { return "k" + a }})
	f := From(ctx)
	if f.Portal != "Halden Partners" || f.Direction() != "rtl" || f.Language() != "en" || f.Key("/x") != "k/x" {
		t.Errorf("%+v", f)
	}
	if none := From(t.Context()); none.Direction() != "ltr" || none.Key("/x") != "" {
		t.Errorf("%+v", none)
	}
}
