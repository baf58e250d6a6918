package models

import (
	"slices"
	"strings"
)

// Likeness is a customer that is likely the one that somebody is about to add, and why.
type Likeness struct {
	Customer Customer
	Why      []string // "the same name and city"
	Held     []HeldPlan
}

// FewLikenesses is how many likely duplicates are shown.
const FewLikenesses = 10

// Alike says why a customer with these contacts is likely the one that is wished; nothing if it is not.
// The name counts as it is compared, with the city; a mail domain counts unless everybody can have an
// address there; a reference counts however its letters are written.
func (w CustomerWish) Alike(c Customer, contacts []Contact) (why []string) {
	if w.ExternalRef != "" && strings.EqualFold(w.ExternalRef, c.ExternalRef) {
		why = append(why, "the same reference "+c.ExternalRef)
	}
	if PlainName(w.Name) == PlainName(c.Name) && plainCity(w.City) == plainCity(c.City) {
		why = append(why, "the same name and city")
	}
	domains := w.MailDomains()
	for _, k := range contacts {
		if d := mailDomain(k.Email); slices.Contains(domains, d) {
			return append(why, "contacts at "+d)
		}
	}
	return why
}

func plainCity(city string) string { return PlainName(city) }

// MailDomains are the domains of the wished contacts that say something about their company.
func (w CustomerWish) MailDomains() []string {
	var domains []string
	for _, k := range w.Contacts {
		if d := mailDomain(k.Email); d != "" && !k.Gone() && !slices.Contains(domains, d) {
			domains = append(domains, d)
		}
	}
	return domains
}

// mailDomain is the domain of an address in lower case; empty for one that anybody may have.
func mailDomain(address string) string {
	domain := strings.ToLower(address[strings.LastIndexByte(address, '@')+1:])
	if domain == strings.ToLower(address) || freeMailers[domain] {
		return ""
	}
	return domain
}

// Unshown are the likely duplicates that the wish does not name as shown.
func (w CustomerWish) Unshown(likely []Likeness) []Likeness {
	return slices.DeleteFunc(slices.Clone(likely), func(l Likeness) bool { return slices.Contains(w.Anyway, l.Customer.ID) })
}

// freeMailers give addresses to anybody, so two people there need not work for the same company.
var freeMailers = func() map[string]bool {
	known := map[string]bool{}
	for _, domain := range strings.Fields(freeMailDomains) {
		known[domain] = true
	}
	return known
}()

const freeMailDomains = `
126.com 163.com aol.com arcor.de att.net bigpond.com bk.ru bluewin.ch btinternet.com centrum.cz comcast.net cox.net
duck.com fastmail.com fastmail.fm free.fr freenet.de gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.net googlemail.com
hey.com hotmail.co.uk hotmail.com hotmail.de hotmail.es hotmail.fr hotmail.it hushmail.com icloud.com inbox.ru
interia.pl laposte.net libero.it list.ru live.co.uk live.com live.de live.fr live.nl mac.com mail.com mail.ru
mailbox.org me.com msn.com naver.com o2.pl onet.pl op.pl orange.fr outlook.com outlook.de outlook.es outlook.fr
pm.me posteo.de posteo.net proton.me protonmail.com protonmail.ch qq.com rediffmail.com rocketmail.com seznam.cz
sfr.fr sina.com sky.com t-online.de talktalk.net telia.com terra.com.br tuta.com tutanota.com tutanota.de
uol.com.br virgilio.it virginmedia.com vp.pl wanadoo.fr web.de wp.pl yahoo.ca yahoo.co.in yahoo.co.jp yahoo.co.uk
yahoo.com yahoo.com.br yahoo.de yahoo.es yahoo.fr yahoo.it yandex.com yandex.ru ymail.com zoho.com zohomail.com`
