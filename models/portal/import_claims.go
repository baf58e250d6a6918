package portal

import "crypto/sha256"

// claim stands for something that only one row of a file may speak of: a reference, a company with a
// contact, a customer. It is a hash, so that a hundred thousand of them take little room.
type claim [16]byte

// claims are those of the rows so far, with the line that made each.
type claims map[claim]int32

var noClaim claim

func newClaim(kind, of string) claim {
	sum := sha256.Sum256([]byte(kind + "\x00" + of))
	return claim(sum[:16])
}

func refClaim(ref string) claim {
	if ref == "" {
		return noClaim
	}
	return newClaim("reference", ref)
}

func contactClaim(plain, email string) claim {
	if email == "" {
		return noClaim
	}
	return newClaim("contact", plain+"\x00"+email)
}

func customerClaim(id string) claim { return newClaim("customer", id) }

// at is the line that made a claim before.
func (c claims) at(one claim) (int, bool) {
	line, taken := c[one]
	return int(line), taken && one != noClaim
}

// take notes claims that are still free.
func (c claims) take(line int, all ...claim) {
	for _, one := range all {
		if _, taken := c[one]; !taken && one != noClaim {
			c[one] = int32(line)
		}
	}
}
