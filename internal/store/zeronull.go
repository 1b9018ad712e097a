package store

import (
	"context"
	"fmt"
	"reflect"

	"gorm.io/gorm/schema"
)

// zeroNull keeps a number that is 0 when there is none as NULL, for a column that names a row of another table: the tag
// is `serializer:zeronull`. A room that wants to tell 0 from nothing uses a pointer.
type zeroNull struct{}

func init() { schema.RegisterSerializer("zeronull", zeroNull{}) }

// UnreadableError says that a column holds what this program never writes there, such as a word for a number.
type UnreadableError struct {
	Column string
	Stored any
	Err    error // what is wrong with it; nil: it is no number
}

func (e *UnreadableError) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("column %s: %v", e.Column, e.Err)
	}
	return fmt.Sprintf("column %s: a number cannot be read from %T", e.Column, e.Stored)
}

// Unwrap gives what is wrong with the value.
func (e *UnreadableError) Unwrap() error { return e.Err }

// Scan reads NULL as 0.
func (zeroNull) Scan(ctx context.Context, field *schema.Field, row reflect.Value, stored any) error {
	into := field.ReflectValueOf(ctx, row)
	switch n := stored.(type) {
	case nil:
		into.SetInt(0)
	case int64:
		into.SetInt(n)
	default:
		return &UnreadableError{Column: field.DBName, Stored: stored}
	}
	return nil
}

// Value writes 0 as NULL.
func (zeroNull) Value(_ context.Context, _ *schema.Field, _ reflect.Value, value any) (any, error) {
	if n := reflect.ValueOf(value).Int(); n != 0 {
		return n, nil
	}
	return nil, nil
}
