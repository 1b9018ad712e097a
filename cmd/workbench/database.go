package main

import (
	"os"
	"strings"

	"github.com/spf13/cobra"

	"claimbench/internal/auth"
	"claimbench/internal/history"
	"claimbench/internal/store"
)

// defaultDatabase is where the database is when neither --database nor WORKBENCH_DATABASE says otherwise.
const defaultDatabase = store.DefaultURL

// databaseFlag adds --database to a command.
func databaseFlag(cmd *cobra.Command) *string {
	fallback := defaultDatabase
	if env := os.Getenv("WORKBENCH_DATABASE"); env != "" {
		fallback = env
	}
	flag := cmd.Flags().String("database", fallback,
		"the database's `URL`, sqlite:PATH or postgres://…; WORKBENCH_DATABASE may hold it instead")
	cmd.Flags().Lookup("database").DefValue = defaultDatabase // and no password that the variable holds
	filesFlag(cmd)
	return flag
}

// asFlag adds --as to a command that changes what has an author. It does nothing without.
func asFlag(cmd *cobra.Command) *string {
	as := cmd.Flags().String("as", "", "the `USER` who acts; the history says so")
	need(cmd, "as")
	return as
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
	closing, err := useFiles(cmd, db)
	if err != nil {
		return err
	}
	defer closing()
	return f(db)
}

// actorOf is the person whom --as names.
func actorOf(cmd *cobra.Command, users *auth.Service, as string) (auth.Actor, error) {
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
	return "", wrongUsage("say where the key that signs checkpoints lies with --log-key FILE; it is made on first use")
}

// publicKeyBeside is the public key of a database whose key lies in its usual place, for reports that name it; "" where
// there is none.
func publicKeyBeside(url string) string {
	path, err := logKeyFile("", url)
	if err != nil {
		return ""
	}
	public, err := os.ReadFile(path + ".pub")
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(public))
}
