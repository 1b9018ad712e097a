package history

import "claimbench/internal/store"

// veilRow is a veil that was lifted. A veil that has no row hides its events, so that a forgotten one shows nothing.
type veilRow struct {
	Veil int64 `gorm:"column:veil;primaryKey;autoIncrement:false"`
}

func (veilRow) TableName() string { return "veils" }

// Lift shows the events of a veil to everybody who may read their collection, from this Write on and for ever. The room
// that veils events lifts the veil in the Write, and with the event, that ends the secret. Lifting twice is an error.
func Lift(tx *store.Tx, veil int64) error {
	return tx.Gorm().Create(&veilRow{Veil: veil}).Error
}

// Lifted reads the veils that were lifted, in order, one by one.
func Lifted(rx *store.Rx, each func(veil int64) error) error {
	return scan(rx, "SELECT veil FROM veils ORDER BY veil", nil, func(scan func(...any) error) error {
		var veil int64
		if err := scan(&veil); err != nil {
			return err
		}
		return each(veil)
	})
}
