package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"claimbench/internal/auth"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// defaultDatabase is where the database is when neither --database nor WORKBENCH_DATABASE says otherwise.
const defaultDatabase = "sqlite:var/claimbench.db"

// databaseFlag adds --database to a command.
func databaseFlag(cmd *cobra.Command) *string {
	fallback := defaultDatabase
	if env := os.Getenv("WORKBENCH_DATABASE"); env != "" {
		fallback = env
	}
	return cmd.Flags().String("database", fallback,
		"the database: sqlite:PATH or postgres://…; also WORKBENCH_DATABASE")
}

// asFlag adds --as to a command that writes.
func asFlag(cmd *cobra.Command) *string {
	return cmd.Flags().String("as", "", "the user who acts; the history says so")
}

// readsNote marks a command that changes nothing: it asks --as for who reads.
const readsNote = "reads"

// readerFlag adds --as to a command that shows what somebody may read, and changes nothing.
func readerFlag(cmd *cobra.Command) *string {
	if cmd.Annotations == nil {
		cmd.Annotations = map[string]string{}
	}
	cmd.Annotations[readsNote] = "yes"
	return cmd.Flags().String("as", "", "the user who reads; what they may not read is left out")
}

// withDatabase opens a database that is there and up to date, runs f and closes it.
func withDatabase(cmd *cobra.Command, url string, f func(*store.DB) error) error {
	db, err := store.Open(contextOf(cmd), url, store.Options{})
	if err != nil {
		return err
	}
	defer db.Close()
	if err := db.Ready(contextOf(cmd)); err != nil {
		return err
	}
	return f(db)
}

// actorOf is the person whom --as names.
func actorOf(cmd *cobra.Command, users *auth.Service, as string) (auth.Actor, error) {
	if as == "" && cmd.Annotations[readsNote] != "" {
		return auth.Actor{}, usageError{fmt.Errorf("%s shows what a user may read, and changes nothing: say who reads "+
			"with --as USER", cmd.CommandPath())}
	}
	if as == "" {
		return auth.Actor{}, usageError{fmt.Errorf("%s changes the database: say who acts with --as USER",
			cmd.CommandPath())}
	}
	return users.ActorFor(contextOf(cmd), as, history.CLI)
}

// logKeyFile is where the key that signs checkpoints is when --log-key does not say: beside the SQLite file, and not
// inside it.
func logKeyFile(flag, url string) (string, error) {
	if flag != "" {
		return flag, nil
	}
	if path, ok := strings.CutPrefix(url, "sqlite:"); ok {
		return strings.TrimSuffix(path, ".db") + ".log.key", nil
	}
	return "", usageError{fmt.Errorf(
		"say where the key that signs checkpoints lies with --log-key FILE; it is made on first use")}
}
