// Package policies embeds the casbin model and policy: what each role may do. internal/auth loads and checks them.
package policies

import _ "embed"

// Model is the casbin model.
//
//go:embed model.conf
var Model string

// Policy is the casbin policy, one rule a line.
//
//go:embed policy.csv
var Policy string
