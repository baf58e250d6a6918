package main

import (
	"bytes"
	"fmt"
	"image"
	"image/png"

	"github.com/orisano/pixelmatch"
)

// threshold is by how much a pixel may differ before anybody would see it. No pixel may differ more.
const threshold = 0.1

// compare says how an actual picture differs from the accepted one, and draws where. Nothing is said of
// pictures that look the same. Equal bytes are the common case; smoothed corners may differ in bytes.
func compare(accepted, actual []byte) (says string, diff []byte, err error) {
	if bytes.Equal(accepted, actual) {
		return "", nil, nil
	}
	was, err := png.Decode(bytes.NewReader(accepted))
	if err != nil {
		return "", nil, fmt.Errorf("the accepted picture: %w", err)
	}
	is, err := png.Decode(bytes.NewReader(actual))
	if err != nil {
		return "", nil, fmt.Errorf("the actual picture: %w", err)
	}
	if a, b := was.Bounds().Size(), is.Bounds().Size(); a != b {
		return fmt.Sprintf("it is %dx%d large, accepted was %dx%d", b.X, b.Y, a.X, a.Y), nil, nil
	}
	var marked image.Image
	n, err := pixelmatch.MatchPixel(was, is, pixelmatch.Threshold(threshold), pixelmatch.WriteTo(&marked))
	if err != nil || n == 0 {
		return "", nil, err
	}
	var b bytes.Buffer
	if err := png.Encode(&b, marked); err != nil {
		return "", nil, err
	}
	return fmt.Sprintf("%d pixels differ", n), b.Bytes(), nil
}
