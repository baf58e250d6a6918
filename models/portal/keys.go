package portal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"strings"

	"mooring/models"
)

// Keys derives a key for each purpose from the one secret of the installation.
type Keys struct {
	secret []byte
	sealer cipher.AEAD
	finder []byte // the key of indexes
	mover  []byte // the key of tokens for other accounts
	renew  []byte // the key of tokens after tokens
	agents []byte // the key of the seals of tokens
	madeUp []byte // the key of tokens in made-up worlds
}

// MinSecret is the least length of a secret, in bytes.
const MinSecret = 32

// NewKeys takes the secret.
func NewKeys(secret []byte) (Keys, error) {
	if len(secret) < MinSecret {
		return Keys{}, errors.New("the secret key needs at least 32 bytes")
	}
	k := Keys{secret: secret}
	block, err := aes.NewCipher(k.For("seal"))
	if err != nil {
		return Keys{}, err
	}
	k.sealer, err = cipher.NewGCM(block)
	k.finder, k.mover, k.renew = k.For("index"), k.For("move"), k.For("renew")
	k.agents, k.madeUp = k.For("agents"), k.For("made-up")
	return k, err
}

// For is the key for one purpose: 32 bytes.
func (k Keys) For(purpose string) []byte {
	key, err := hkdf.Key(sha256.New, k.secret, nil, "mooring/"+purpose, 32)
	if err != nil {
		panic("portal: deriving a key: " + err.Error())
	}
	return key
}

// sealPrefix names the key and the form of a sealed text, so that both can change later.
const sealPrefix = "1."

// seal encrypts a text that must be shown again.
func (k Keys) seal(plain string) string {
	nonce := randomBytes(k.sealer.NonceSize())
	return sealPrefix + base64.RawURLEncoding.EncodeToString(k.sealer.Seal(nonce, nonce, []byte(plain), nil))
}

// unseal gives back what was sealed.
func (k Keys) unseal(sealed string) (string, error) {
	raw, err := base64.RawURLEncoding.DecodeString(strings.TrimPrefix(sealed, sealPrefix))
	if err != nil || !strings.HasPrefix(sealed, sealPrefix) || len(raw) < k.sealer.NonceSize() {
		return "", errors.New("portal: not a sealed text")
	}
	plain, err := k.sealer.Open(nil, raw[:k.sealer.NonceSize()], raw[k.sealer.NonceSize():], nil)
	if err != nil {
		return "", errors.New("portal: sealed with another secret key")
	}
	return string(plain), nil
}

// index is how a secret that people type is found again without being readable.
func (k Keys) index(secret string) string {
	return hex.EncodeToString(mac(k.finder, []byte(secret)))
}

// hashed is how a random token is found again: so much randomness needs no key.
func hashed(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// A token of an agent is random and ends in its seal, which a portal with the same secret made. What somebody
// made up is so told apart without asking the database.
const (
	tokenBytes = 24
	tokenSeal  = 8
	tokenChars = 43 // both, as text
)

// newToken is 256 bits of randomness.
func newToken() string {
	return base64.RawURLEncoding.EncodeToString(randomBytes(32))
}

func randomBytes(n int) []byte {
	raw := make([]byte, n)
	if _, err := rand.Read(raw); err != nil {
		panic("portal: no randomness: " + err.Error())
	}
	return raw
}

// newAgentToken is a token that nobody can guess: 192 bits are random.
func (k Keys) newAgentToken() string {
	return k.agentToken(randomBytes(tokenBytes))
}

// agentToken seals what a token is made of.
func (k Keys) agentToken(raw []byte) string {
	token := append(raw[:tokenBytes:tokenBytes], mac(k.agents, raw[:tokenBytes])[:tokenSeal]...)
	return models.AgentTokenPrefix + base64.RawURLEncoding.EncodeToString(token)
}

// sealedToken reports whether a token was made with this secret. Those that were made before tokens had a seal,
// or with another secret, may be an agent's all the same.
func (k Keys) sealedToken(token string) bool {
	raw, err := base64.RawURLEncoding.DecodeString(strings.TrimPrefix(token, models.AgentTokenPrefix))
	return err == nil && len(raw) == tokenBytes+tokenSeal && hmac.Equal(raw[tokenBytes:], mac(k.agents, raw[:tokenBytes])[:tokenSeal])
}

// carryToken is the token that an agent of a carry is offered for the other account. It is the same
// however often the agent is told, and by whichever portal.
func (k Keys) carryToken(carryID, agentID string) string {
	return k.agentToken(mac(k.mover, []byte(carryID+"\x00"+agentID)))
}

// nextToken is the token that an agent is offered after the one with this hash.
func (k Keys) nextToken(hash string) string { return k.agentToken(mac(k.renew, []byte(hash))) }

// AgentToken is the token that an agent of a made-up world reports with. It follows from the agent's id and the
// secret, so that a load generator that has these can report for it.
func (k Keys) AgentToken(agentID string) string {
	return k.agentToken(mac(k.madeUp, []byte(agentID)))
}

func mac(key, of []byte) []byte {
	m := hmac.New(sha256.New, key)
	m.Write(of)
	return m.Sum(nil)
}
