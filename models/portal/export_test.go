package portal

import (
	"context"

	"mooring/models"
)

// TokenHash lets tests outside store a token as the portal would.
var TokenHash = hashed

// BeginBySignIn lets an account that awaits the customer's first sign-in become active.
func (p *Portal) BeginBySignIn(ctx context.Context, accountID string) error {
	return p.activate(ctx, models.Clock(), models.FirstSignIn, accountID)
}

// Doubts reports whether the portal takes a token for one that may have been made up.
func (p *Portal) Doubts(token string) bool {
	return !p.keys.sealedToken(token) || p.strays.has(hashed(token))
}
