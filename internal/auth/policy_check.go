package auth

import (
	"encoding/csv"
	"fmt"
	"slices"
	"strings"

	"claimbench/internal/fault"
)

// checkPolicy refuses what casbin would load in silence: names that nobody knows, and rows too short or too long.
func checkPolicy(text string) error {
	known := Actions()
	for i, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := checkLine(line, known); err != nil {
			return fault.Wrap(fault.Internal, err, "policies/policy.csv:%d: %v", i+1, err)
		}
	}
	return nil
}

func checkLine(line string, known map[Thing][]Action) error {
	r := csv.NewReader(strings.NewReader(line))
	r.TrimLeadingSpace = true
	cells, err := r.Read()
	if err != nil {
		return err
	}
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
	}
	switch {
	case cells[0] == "g" && len(cells) == 3:
		if err := checkRole(cells[1]); err != nil {
			return err
		}
		return checkRole(cells[2])
	case cells[0] == "p" && len(cells) == 4:
		if err := checkRole(cells[1]); err != nil {
			return err
		}
		actions, ok := known[Thing(cells[2])]
		if !ok {
			return fmt.Errorf("there is no thing %q", cells[2])
		}
		if !slices.Contains(actions, Action(cells[3])) {
			return fmt.Errorf("there is no action %q on %q", cells[3], cells[2])
		}
		return nil
	}
	return fmt.Errorf("a line reads “p, role:ROLE, THING, ACTION” or “g, role:ROLE, role:ROLE”, not %q", line)
}

func checkRole(cell string) error {
	name, ok := strings.CutPrefix(cell, "role:")
	if !ok || !slices.Contains(allRoles, Role(name)) {
		return fmt.Errorf("there is no role %q", cell)
	}
	return nil
}
