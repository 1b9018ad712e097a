package auth

import (
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// Past says how this room's rows are read as they were. A password is in no event, and as it is now.
func Past() []history.Versioned {
	n, t, bit := history.NumberField, history.TextField, history.BitField
	return []history.Versioned{
		{Table: "users", Object: "'user:' || b.id", Kind: "user", Kept: []string{"id", "password_hash"},
			Whole: map[string]history.Field{"name": t("name"), "enabled": bit("enabled"), "demo": bit("demo"),
				"at": n("at"), "password_at": n("password_at"), "version": n("version"), "reads": t("reads").Or("")},
			Texts: map[string]string{"display": "display"}, Marks: map[string]string{"display": ""}},
		{Table: "role_grants", Object: "'role:' || b.id", Kind: "role", Kept: []string{"id"},
			Whole: map[string]history.Field{"user_id": n("user"), "role": t("role"), "collection_id": n("collection"),
				"at": n("at")},
			Gone: map[string]string{"id": "CAST(substr(v.object, 6) AS BIGINT)"}},
	}
}

// Worded says where texts of this room stand that have no past.
func Worded() []history.Versioned {
	return []history.Versioned{{Table: "tokens", Object: "'token:' || b.id", Kind: "token",
		Texts: map[string]string{"name": "name"}, Marks: map[string]string{"name": ""}}}
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
		{Kind: "token", List: func(rx *store.Rx, yield func(string, history.Fields, history.Texts) error) error {
			var rows []tokenRow
			if err := rx.Gorm().Order("id").Find(&rows).Error; err != nil {
				return err
			}
			for _, r := range rows {
				if err := yield(r.object(), r.fields(), history.Texts{"name": r.Name}); err != nil {
					return err
				}
			}
			return nil
		}},
		{Kind: "machine", List: func(rx *store.Rx, yield func(string, history.Fields, history.Texts) error) error {
			var rows []machineRow
			if err := rx.Gorm().Order("user_id").Find(&rows).Error; err != nil {
				return err
			}
			raw, err := store.Select[struct{ Collections string }](rx, "SELECT collections FROM machines "+
				"ORDER BY user_id")
			if err != nil {
				return err
			}
			for n, r := range rows {
				is := r.fields()
				is["collections"] = raw[n].Collections // as it stands: reading it as numbers forgives a space
				if err := yield(r.object(), is, nil); err != nil {
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
