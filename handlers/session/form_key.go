package session

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"time"
)

// FormLife is how long a form can be sent after it was drawn.
const FormLife = 12 * time.Hour

// FormKeys makes and checks the keys of forms. A key proves that this portal drew the form for this
// session and this address, and it is the form's name: sent twice, it is the same form.
type FormKeys struct {
	Key []byte
	Now func() time.Time
}

const (
	nonceSize  = 16
	issuedSize = 8
)

// Make is the key of a form, for a session and an address.
func (f FormKeys) Make(session, action string) string {
	body := make([]byte, nonceSize+issuedSize, nonceSize+issuedSize+sha256.Size)
	if _, err := rand.Read(body[:nonceSize]); err != nil {
		panic("session: no randomness: " + err.Error())
	}
	binary.BigEndian.PutUint64(body[nonceSize:], uint64(f.Now().Unix()))
	return base64.RawURLEncoding.EncodeToString(append(body, f.sum(body, session, action)...))
}

// Holds reports whether a key was made for this session and address, and not too long ago.
func (f FormKeys) Holds(key, session, action string) bool {
	raw, err := base64.RawURLEncoding.DecodeString(key)
	if err != nil || len(raw) != nonceSize+issuedSize+sha256.Size {
		return false
	}
	body, sum := raw[:nonceSize+issuedSize], raw[nonceSize+issuedSize:]
	issued := time.Unix(int64(binary.BigEndian.Uint64(body[nonceSize:])), 0)
	age := f.Now().Sub(issued)
	return hmac.Equal(sum, f.sum(body, session, action)) && age >= -time.Minute && age <= FormLife
}

func (f FormKeys) sum(body []byte, session, action string) []byte {
	mac := hmac.New(sha256.New, f.Key)
	mac.Write(body)
	mac.Write([]byte(session + "\x00" + action))
	return mac.Sum(nil)
}
