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
	nonce := make([]byte, k.sealer.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		panic("portal: no randomness: " + err.Error())
	}
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
	mac := hmac.New(sha256.New, k.finder)
	mac.Write([]byte(secret))
	return hex.EncodeToString(mac.Sum(nil))
}

// hashed is how a random token is found again: 256 bits of randomness need no key.
func hashed(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// tokenChars is how many characters of a token are random.
const tokenChars = 43

// newToken is 256 bits of randomness with a prefix that scanners recognise.
func newToken(prefix string) string {
	raw := make([]byte, 32)
	if _, err := rand.Read(raw); err != nil {
		panic("portal: no randomness: " + err.Error())
	}
	return prefix + base64.RawURLEncoding.EncodeToString(raw)
}

// carryToken is the token that an agent of a carry is offered for the other account. It is the same
// however often the agent is told, and by whichever portal.
func (k Keys) carryToken(carryID, agentID string) string {
	return derivedToken(k.mover, carryID+"\x00"+agentID)
}

// nextToken is the token that an agent is offered after the one with this hash.
func (k Keys) nextToken(hash string) string { return derivedToken(k.renew, hash) }

func derivedToken(key []byte, from string) string {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(from))
	return models.AgentTokenPrefix + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}
