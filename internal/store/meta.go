package store

import (
	"errors"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// metaRow is one fact about the database itself, such as which program made it. Facts are no domain rows and have no
// history.
type metaRow struct {
	Name  string `gorm:"column:name;primaryKey"`
	Value string `gorm:"column:value"`
}

func (metaRow) TableName() string { return "store_meta" }

// Meta reads a fact about the database; "" when it was never set.
func (r *Rx) Meta(name string) (string, error) {
	var row metaRow
	err := r.g.Where("name = ?", name).Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return "", nil
	}
	return row.Value, err
}

// MetaOnce sets a fact about the database unless it is set already, and gives the one that stands: of several servers
// that begin at once, all get the same.
func (t *Tx) MetaOnce(name, value string) (string, error) {
	if err := t.g.Clauses(clause.OnConflict{DoNothing: true}).Create(&metaRow{Name: name, Value: value}).
		Error; err != nil {
		return "", err
	}
	return t.Meta(name)
}

// SetMeta sets a fact about the database.
func (t *Tx) SetMeta(name, value string) error {
	return t.g.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "name"}}, DoUpdates: clause.AssignmentColumns(
		[]string{"value"})}).
		Create(&metaRow{Name: name, Value: value}).Error
}
