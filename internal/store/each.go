package store

import (
	"reflect"

	"gorm.io/gorm"
)

const eachPage = 500

// Each reads every row of T's table in the order of its id column, a page at a time. T must have a field ID.
func Each[T any](r *Rx, do func(T) error) error {
	return EachWhere(r, func(g *gorm.DB) *gorm.DB { return g }, do)
}

// EachWhere is Each over the rows that a condition lets through.
func EachWhere[T any](r *Rx, where func(*gorm.DB) *gorm.DB, do func(T) error) error {
	after := func(g *gorm.DB) *gorm.DB { return g } // a row may go by a number below zero: somebody may have put it in
	for {
		page, err := readRows[T](after(where(r.Gorm())).Order("id").Limit(eachPage))
		if err != nil {
			return err
		}
		for _, row := range page {
			if err := do(row); err != nil {
				return err
			}
		}
		if len(page) < eachPage {
			return nil
		}
		last := reflect.ValueOf(page[len(page)-1]).FieldByName("ID").Int()
		after = func(g *gorm.DB) *gorm.DB { return g.Where("id > ?", last) }
	}
}
