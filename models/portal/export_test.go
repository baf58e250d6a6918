package portal

// TokenHash lets tests outside store a token as the portal would.
var TokenHash = hashed
