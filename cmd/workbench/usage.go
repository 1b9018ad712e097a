package main

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// helpWidth is how many columns a help text takes at most.
const helpWidth = 100

// usageError is a wrong command line. run adds where the help is.
type usageError struct{ err error }

func (e usageError) Error() string { return e.err.Error() }
func (e usageError) Unwrap() error { return e.err }

// wrongUsage makes a usageError.
func wrongUsage(format string, a ...any) error { return usageError{fmt.Errorf(format, a...)} }

// strict makes a command and all below it refuse what they do not know, and say what they do know. cobra by itself
// takes an unknown word after a group such as “workbench user” for a wish to read its help, and ends with 0.
func strict(cmd *cobra.Command) {
	cmd.SetFlagErrorFunc(flagError)
	cmd.DisableFlagsInUseLine = true
	cmd.Long = wrapped(cmd.Long, helpWidth)
	cmd.SuggestionsMinimumDistance = 2
	if cmd.HasSubCommands() {
		cmd.Use = cmd.Name() + " COMMAND"
		cmd.Args = knownCommand
		cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	}
	for _, sub := range cmd.Commands() {
		strict(sub)
	}
}

// knownCommand refuses a word after a group that is none of its commands.
func knownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return wrongUsage("unknown command “%s”; %s", args[0], meant(cmd, args[0]))
}

// meant says which command of a group a word may stand for, or all that there are.
func meant(group *cobra.Command, word string) string {
	var near []string
	for _, name := range group.SuggestionsFor(word) {
		near = append(near, "“"+group.CommandPath()+" "+name+"”")
	}
	if len(near) > 0 {
		return "did you mean " + strings.Join(near, " or ") + "?"
	}
	var all []string
	for _, sub := range group.Commands() {
		if sub.IsAvailableCommand() {
			all = append(all, sub.Name())
		}
	}
	return "“" + group.CommandPath() + "” has: " + strings.Join(all, ", ")
}

// newHelpCommand is “workbench help COMMAND”, which refuses what is no command.
func newHelpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]…",
		Short: "Say what a command does",
		Long:  "Say what a command does: “workbench help user add” is “workbench user add --help”.",
		Args:  func(*cobra.Command, []string) error { return nil },
		RunE: func(cmd *cobra.Command, args []string) error {
			about, rest, err := cmd.Root().Find(args)
			if err == nil && len(rest) > 0 && about.HasSubCommands() {
				err = knownCommand(about, rest)
			}
			if err != nil {
				return err
			}
			return about.Help()
		},
	}
}

// flagError says of a flag that cannot be read what is wrong, and what could stand there.
func flagError(cmd *cobra.Command, err error) error {
	if cmd.HasSubCommands() && cmd.Flags().NArg() > 0 { // the flag is that of a command which is not there
		return knownCommand(cmd, cmd.Flags().Args())
	}
	var unknown *pflag.NotExistError
	var bare *pflag.ValueRequiredError
	var bad *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown) && utf8.RuneCountInString(unknown.GetSpecifiedName()) > 1:
		return wrongUsage("unknown flag --%s; %s", unknown.GetSpecifiedName(),
			meantFlag(cmd, unknown.GetSpecifiedName()))
	case errors.As(err, &unknown):
		return wrongUsage("unknown flag -%s; %s", unknown.GetSpecifiedName(), meantFlag(cmd, ""))
	case errors.As(err, &bare):
		return wrongUsage("a value is missing after %s", flagWords(bare.GetFlag()))
	case errors.As(err, &bad):
		return wrongUsage("“%s” is no %s; give it with %s", bad.GetValue(), kindOf(bad.GetFlag()),
			flagWords(bad.GetFlag()))
	}
	return usageError{err}
}

// meantFlag says which flag of a command a word may stand for, or all that it has.
func meantFlag(cmd *cobra.Command, word string) string {
	names := &cobra.Command{SuggestionsMinimumDistance: 2}
	var all []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		names.AddCommand(&cobra.Command{Use: f.Name, Run: func(*cobra.Command, []string) {}})
		all = append(all, "--"+f.Name)
	})
	if near := names.SuggestionsFor(word); word != "" && len(near) > 0 {
		return "did you mean --" + strings.Join(near, " or --") + "?"
	}
	return "“" + cmd.CommandPath() + "” has: " + strings.Join(all, ", ")
}

// flagWords names a flag with its value and what it is for: --as USER (the user who acts).
func flagWords(f *pflag.Flag) string {
	name, usage := pflag.UnquoteUsage(f)
	return fmt.Sprintf("--%s %s (%s)", f.Name, name, usage)
}

func kindOf(f *pflag.Flag) string {
	switch f.Value.Type() {
	case "int", "int64":
		return "whole number"
	case "bool":
		return "true or false"
	}
	return "value for it"
}

// need marks a flag without which a command does nothing.
func need(cmd *cobra.Command, names ...string) {
	for _, name := range names {
		if err := cmd.MarkFlagRequired(name); err != nil {
			panic(err) // the flag is not there: a fault of the program
		}
	}
}

// needed refuses a command line that lacks a flag which need marks; an empty value is none.
func needed(cmd *cobra.Command, _ []string) error {
	var missing []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if _, must := f.Annotations[cobra.BashCompOneRequiredFlag]; must && (!f.Changed || f.Value.String() == "") {
			missing = append(missing, flagWords(f))
		}
	})
	if len(missing) == 0 {
		return nil
	}
	return wrongUsage("“%s” needs %s", cmd.CommandPath(), strings.Join(missing, " and "))
}

// exactArgs takes n arguments, which the command's Use names.
func exactArgs(n int) cobra.PositionalArgs { return argsBetween(n, n) }

// argsBetween takes at least so many arguments and at most so many; most < 0: any number.
func argsBetween(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			return wrongUsage("an argument is missing; write: %s", cmd.UseLine())
		case most == 0 && len(args) > 0:
			return wrongUsage("“%s” takes no arguments, and got “%s”", cmd.CommandPath(), args[0])
		case most >= 0 && len(args) > most:
			return wrongUsage("the argument “%s” is too much; write: %s", args[most], cmd.UseLine())
		}
		return nil
	}
}

// oneOf refuses a flag's value that is none of those there are.
func oneOf(flag, value string, there ...string) error {
	for _, v := range there {
		if v == value {
			return nil
		}
	}
	return wrongUsage("--%s “%s” is not known; use %s", flag, value, strings.Join(there, " or "))
}

// between refuses a flag's number outside of its bounds.
func between(flag string, n, least, most int) error {
	if n >= least && n <= most {
		return nil
	}
	return wrongUsage("--%s %d is out of bounds; give a number from %d to %d", flag, n, least, most)
}

// wrapped breaks the lines of a text that are longer than so many columns.
func wrapped(text string, columns int) string {
	var out []string
	for line := range strings.SplitSeq(text, "\n") {
		var b strings.Builder
		width := 0
		for word := range strings.FieldsSeq(line) {
			n := utf8.RuneCountInString(word)
			switch {
			case width == 0:
			case width+1+n > columns:
				b.WriteByte('\n')
				width = 0
			default:
				b.WriteByte(' ')
				width++
			}
			b.WriteString(word)
			width += n
		}
		out = append(out, b.String())
	}
	return strings.Join(out, "\n")
}

// usageTemplate is cobra's with the flags' lines broken.
func usageTemplate(cmd *cobra.Command) string {
	return strings.ReplaceAll(cmd.UsageTemplate(), ".FlagUsages ", fmt.Sprintf(".FlagUsagesWrapped %d ", helpWidth))
}
