package store

import (
	"fmt"

	"mooring/models"
)

// Broken runs one invariant's statement and gives the rows that break it.
func (v *View) Broken(sql string) ([]string, error) {
	var rows []string
	err := v.rows(&rows, sql+` LIMIT 21`)
	return rows, err
}

// BrokenChains walks the history of every partner and says where it is not whole: a number that is
// missing, an event that does not follow the one before it, one that was altered, an end that was cut.
func (v *View) BrokenChains() ([]string, error) {
	var heads []eventHead
	if err := v.db.Order("partner_id").Find(&heads).Error; err != nil {
		return nil, err
	}
	var broken []string
	for _, h := range heads {
		where, err := v.walk(h)
		if err != nil {
			return nil, err
		}
		if where != "" {
			broken = append(broken, fmt.Sprintf("%s: %s", h.PartnerID, where))
		}
	}
	return broken, nil
}

// chainStep is how many events are held in memory while a chain is walked.
const chainStep = 1000

func (v *View) walk(h eventHead) (string, error) {
	last, hash := int64(0), genesis(h.PartnerID)
	for {
		var events []models.Event
		err := v.db.Where("partner_id = ? AND seq > ?", h.PartnerID, last).Order("seq").Limit(chainStep).Find(&events).Error
		if err != nil {
			return "", err
		}
		for _, e := range events {
			switch {
			case e.Seq != last+1:
				return fmt.Sprintf("event %d is missing", last+1), nil
			case e.PrevHash != hash:
				return fmt.Sprintf("event %d does not follow the one before it", e.Seq), nil
			case eventHash(e) != e.Hash:
				return fmt.Sprintf("event %d was altered", e.Seq), nil
			}
			last, hash = e.Seq, e.Hash
		}
		if len(events) < chainStep {
			break
		}
	}
	if last != h.Seq || hash != h.Hash {
		return fmt.Sprintf("the end after event %d was cut", last), nil
	}
	return "", nil
}
