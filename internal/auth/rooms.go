package auth

import (
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// Worded says where texts of this room stand.
func Worded() []history.Versioned {
	return []history.Versioned{{Table: "users", Object: "'user:' || b.id", Kind: "user",
		Texts: map[string]string{"display": "display"}, Marks: map[string]string{"display": ""}}}
}

// HistoryRows lets users and roles be compared with their events.
func HistoryRows() []history.Rows {
	return []history.Rows{
		{Kind: "user", List: func(rx *store.Rx, yield func(string, history.Fields, history.Texts) error) error {
			var rows []userRow
			if err := rx.Gorm().Order("id").Find(&rows).Error; err != nil {
				return err
			}
			for _, u := range rows {
				if err := yield(Object(u.ID), u.fields(), history.Texts{"display": u.Display}); err != nil {
					return err
				}
			}
			return nil
		}},
		{Kind: "role", List: func(rx *store.Rx, yield func(string, history.Fields, history.Texts) error) error {
			var rows []grantRow
			if err := rx.Gorm().Order("id").Find(&rows).Error; err != nil {
				return err
			}
			for _, g := range rows {
				if err := yield(g.object(), g.fields(), nil); err != nil {
					return err
				}
			}
			return nil
		}},
	}
}
