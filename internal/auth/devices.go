package auth

import (
	"errors"
	"time"

	"gorm.io/gorm"

	"claimbench/internal/store"
)

const (
	// DeviceLife is how long a browser is known after its last sign-in.
	DeviceLife = 180 * 24 * time.Hour
	// maxDevices is how many browsers of one person are known; the one that was not used longest is forgotten.
	maxDevices = 20
)

// deviceRow is a browser in which a person signed in before. Its token opens nothing: it only lets tries from there
// pass by what others tried.
type deviceRow struct {
	ID        int64        `gorm:"column:id;primaryKey"`
	TokenHash []byte       `gorm:"column:token_hash"`
	UserID    UserID       `gorm:"column:user_id"`
	At        store.Micros `gorm:"column:at"`
	SeenAt    store.Micros `gorm:"column:seen_at"`
}

func (deviceRow) TableName() string { return "known_devices" }

// knownTo finds the browser with this token, if the person signed in there within DeviceLife; ID 0 if not.
func knownTo(g *gorm.DB, token string, id UserID, now store.Micros) (deviceRow, error) {
	var d deviceRow
	if token == "" || id == 0 {
		return d, nil
	}
	err := g.Where("token_hash = ? AND user_id = ? AND seen_at > ?", tokenHash(token), id,
		now-store.Micros(DeviceLife.Microseconds())).Take(&d).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return deviceRow{}, nil
	}
	return d, err
}

// knowDevice notes that a person signed in in a browser, and gives the token that it keeps: its own, or a new one.
func knowDevice(tx *store.Tx, token string, id UserID) (string, error) {
	d, err := knownTo(tx.Gorm(), token, id, tx.Now())
	if err != nil {
		return "", err
	}
	if d.ID != 0 {
		return token, tx.Gorm().Model(&deviceRow{}).Where("id = ?", d.ID).Update("seen_at", tx.Now()).Error
	}
	token = newToken()
	d = deviceRow{TokenHash: tokenHash(token), UserID: id, At: tx.Now(), SeenAt: tx.Now()}
	if err := tx.Gorm().Create(&d).Error; err != nil {
		return "", err
	}
	return token, tx.Gorm().Exec("DELETE FROM known_devices WHERE user_id = ? AND id NOT IN (SELECT id FROM "+
		"known_devices WHERE user_id = ? ORDER BY seen_at DESC, id DESC LIMIT ?)", id, id, maxDevices).Error
}

// forgetDevices makes every browser of a person a strange one.
func forgetDevices(tx *store.Tx, id UserID) error {
	return tx.Gorm().Delete(&deviceRow{}, "user_id = ?", id).Error
}
