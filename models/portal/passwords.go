package portal

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"runtime"
	"time"

	"golang.org/x/crypto/argon2"

	"mooring/models"
)

// Hashing is the cost of one argon2id hash.
type Hashing struct {
	MemoryKiB uint32
	Passes    uint32
	Lanes     uint8
}

// DefaultHashing is the second choice of RFC 9106. LowestHashing is the least that OWASP accepts; the
// demo world, whose password everybody knows, uses it.
var (
	DefaultHashing = Hashing{64 * 1024, 3, 4}
	LowestHashing  = Hashing{19 * 1024, 2, 1}
)

// passwords hashes and compares. A semaphore bounds memory and processors against many sign-ins at
// the same moment; the pepper is a key outside the database.
type passwords struct {
	cost   Hashing
	pepper []byte
	places chan struct{}
	dummy  string
}

func newPasswords(cost Hashing, keys Keys) *passwords {
	p := &passwords{cost: cost, pepper: keys.For("pepper"), places: make(chan struct{}, min(4, runtime.NumCPU()))}
	p.dummy = p.write(make([]byte, 16), make([]byte, 32))
	return p
}

// hash makes what is stored of a password.
func (p *passwords) hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, 16)
	if _, err := rand.Read(salt); err != nil {
		return "", err
	}
	var out string
	err := p.withPlace(ctx, func() { out = p.write(salt, p.derive(password, salt, p.cost, 32)) })
	return out, err
}

// matches compares a password with what is stored. For a user who is not there it does the same work
// and answers no, so that time tells nothing.
func (p *passwords) matches(ctx context.Context, stored, password string) (bool, error) {
	known := stored != ""
	if !known {
		stored = p.dummy
	}
	cost, salt, want, err := read(stored)
	if err != nil {
		return false, err
	}
	var same bool
	err = p.withPlace(ctx, func() {
		same = subtle.ConstantTimeCompare(p.derive(password, salt, cost, uint32(len(want))), want) == 1
	})
	return same && known, err
}

func (p *passwords) derive(password string, salt []byte, c Hashing, size uint32) []byte {
	mac := hmac.New(sha256.New, p.pepper)
	mac.Write([]byte(password))
	return argon2.IDKey(mac.Sum(nil), salt, c.Passes, c.MemoryKiB, c.Lanes, size)
}

// withPlace waits up to two seconds for its turn.
func (p *passwords) withPlace(ctx context.Context, work func()) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	select {
	case p.places <- struct{}{}:
		defer func() { <-p.places }()
		work()
		return nil
	case <-ctx.Done():
		return &models.Problem{Kind: models.Throttled, Message: "Many people are signing in at the moment. Try again in a few seconds.", RetryAfter: 3}
	}
}

func (p *passwords) write(salt, sum []byte) string {
	b := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, p.cost.MemoryKiB, p.cost.Passes, p.cost.Lanes,
		b.EncodeToString(salt), b.EncodeToString(sum))
}

func read(stored string) (c Hashing, salt, sum []byte, err error) {
	var version int
	var saltText, sumText string
	_, err = fmt.Sscanf(replaceDollars(stored), " argon2id v=%d m=%d,t=%d,p=%d %s %s", &version, &c.MemoryKiB, &c.Passes, &c.Lanes, &saltText, &sumText)
	if err != nil || version != argon2.Version {
		return c, nil, nil, errors.New("portal: a password hash of an unknown form")
	}
	if salt, err = base64.RawStdEncoding.DecodeString(saltText); err != nil {
		return c, nil, nil, err
	}
	sum, err = base64.RawStdEncoding.DecodeString(sumText)
	return c, salt, sum, err
}

func replaceDollars(s string) string {
	b := []byte(s)
	for i := range b {
		if b[i] == '$' {
			b[i] = ' '
		}
	}
	return string(b)
}
