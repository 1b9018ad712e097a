package history

import (
	"slices"

	"claimbench/internal/store"
)

// guardsOf names the append-only triggers that the migration makes on an engine.
func guardsOf(dialect string) []string {
	if dialect == store.Postgres {
		return []string{
			"events_no_change", "events_no_truncate", "events_next", "event_texts_only_erase", "event_texts_no_delete",
			"event_texts_no_truncate", "log_hashes_no_change", "log_hashes_no_truncate", "log_head_grows",
			"log_head_no_delete",
			"log_head_no_truncate", "checkpoints_no_change", "checkpoints_no_truncate",
		}
	}
	return []string{
		"events_no_update", "events_no_delete", "events_next", "event_texts_only_erase", "event_texts_no_delete",
		"event_texts_no_replace", "log_hashes_no_update", "log_hashes_no_delete", "log_hashes_no_replace",
		"log_head_grows",
		"log_head_no_delete", "log_head_one", "checkpoints_no_update", "checkpoints_no_delete",
		"checkpoints_no_replace",
	}
}

// guards notes which triggers are gone or switched off. That is no tampering yet, but somebody prepared for it.
func (v *verifier) guards() error {
	query := "SELECT name FROM sqlite_master WHERE type = 'trigger'"
	if v.rx.Dialect() == store.Postgres {
		query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
	}
	var have []string
	if err := v.rx.Gorm().Raw(query).Scan(&have).Error; err != nil {
		return err
	}
	for _, name := range guardsOf(v.rx.Dialect()) {
		if !slices.Contains(have, name) {
			v.report.Unguarded = append(v.report.Unguarded, name)
		}
	}
	return nil
}
