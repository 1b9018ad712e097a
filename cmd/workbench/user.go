package main

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"claimbench/internal/articles"
	"claimbench/internal/auth"
	"claimbench/internal/fault"
	"claimbench/internal/store"
)

func newUserCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "user", Short: "Add, list, disable and enable users, and make links for them"}
	cmd.AddCommand(newUserAddCommand(), newUserListCommand(), newUserDisableCommand(), newUserEnableCommand(),
		newUserLinkCommand())
	return cmd
}

// withUsers opens the database and its users.
func withUsers(cmd *cobra.Command, database string, f func(*auth.Service) error) error {
	return withDatabase(cmd, database, func(db *store.DB) error {
		policy, err := auth.LoadPolicy()
		if err != nil {
			return err
		}
		return f(auth.New(db, policy, auth.Options{HasCollection: articles.HasCollection}))
	})
}

// withUser is withUsers with who acts and, by name, on whom.
func withUser(cmd *cobra.Command, database, as, name string, f func(*auth.Service, auth.Actor, auth.User) error) error {
	return withUsers(cmd, database, func(users *auth.Service) error {
		actor, err := actorOf(cmd, users, as)
		if err != nil {
			return err
		}
		all, err := users.Users(contextOf(cmd), actor)
		if err != nil {
			return err
		}
		for _, u := range all {
			if u.Name == auth.FoldName(name) {
				return f(users, actor, u)
			}
		}
		return fault.New(fault.NotFound, "There is no user “%s”; see “workbench user list”.", name)
	})
}

func newUserAddCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "add NAME [--display NAME] [--role ROLE[:COLLECTION]]… [--base-url URL] --as USER",
		Short: "Add a user and print the link by which they choose a password",
		Args:  exactArgs(1),
	}
	database, as, base := databaseFlag(cmd), asFlag(cmd), baseFlag(cmd)
	display := cmd.Flags().String("display", "",
		"what others call the user, a `NAME` (default: the one by which they sign in)")
	roles := cmd.Flags().StringArray("role", nil,
		"a `ROLE`: "+strings.Join(auth.Roles.Words(), ", ")+"; ROLE:NUMBER in one collection, else everywhere; "+
			"again for more")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		grants, err := parseGrants(*roles)
		if err != nil {
			return err
		}
		public, err := publicAddress("base-url", *base)
		if err != nil {
			return err
		}
		return withUsers(cmd, *database, func(users *auth.Service) error {
			actor, err := actorOf(cmd, users, *as)
			if err != nil {
				return err
			}
			u, err := users.CreateUser(contextOf(cmd), actor, auth.NewUser{Name: args[0], Display: *display,
				Grants: grants})
			if err != nil {
				return err
			}
			link, err := users.MakeLink(contextOf(cmd), actor, auth.Invite, u.ID)
			if err != nil {
				return err
			}
			return printLink(cmd.OutOrStdout(), public, link)
		})
	}
	return cmd
}

// parseGrants reads ROLE or ROLE:COLLECTION.
func parseGrants(roles []string) ([]auth.Grant, error) {
	var out []auth.Grant
	for _, r := range roles {
		name, in, limited := strings.Cut(r, ":")
		g := auth.Grant{Role: auth.Role(name)}
		if err := auth.Roles.Check("role", g.Role); err != nil {
			return nil, wrongUsage("--role %s: %w", r, err)
		}
		if limited {
			id, err := strconv.ParseInt(in, 10, 64)
			if err != nil || id < 1 {
				return nil, wrongUsage("--role %s: “%s” is no collection's number; “workbench collection list” "+
					"shows them", r, in)
			}
			g.Collection = auth.CollectionID(id)
		}
		out = append(out, g)
	}
	return out, nil
}

func baseFlag(cmd *cobra.Command) *string {
	return cmd.Flags().String("base-url", "http://127.0.0.1:8080",
		"the `URL` under which people reach the server, for links: what serve was given as --public-url, or printed")
}

func printLink(w io.Writer, base string, link auth.UserLink) error {
	_, err := fmt.Fprintf(w, "%s%s\n(%s; may be used once, until %s)\n", base, link.Path(), link.Kind,
		link.Expires.UTC().Format("2006-01-02 15:04 UTC"))
	return err
}

func newUserListCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "list", Short: "List users with their roles", Args: exactArgs(0)}
	database := databaseFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return withUsers(cmd, *database, func(users *auth.Service) error {
			all, err := users.Everybody(contextOf(cmd))
			if err != nil {
				return err
			}
			if err := printUsers(cmd.OutOrStdout(), all); err != nil {
				return err
			}
			alike := auth.Alike(all)
			for _, u := range all {
				if why, ok := alike[u.ID]; ok {
					fmt.Fprintf(cmd.ErrOrStderr(), "%s, called %s: %s; ask them to change it in their settings\n",
						u.Name, strconv.QuoteToGraphic(u.Display), why)
				}
			}
			return nil
		})
	}
	return cmd
}

func printUsers(w io.Writer, all []auth.User) error {
	t := tabwriter.NewWriter(w, 0, 8, 2, ' ', 0)
	fmt.Fprintln(t, "ID\tNAME\tDISPLAY\tSTATE\tROLES")
	for _, u := range all {
		fmt.Fprintf(t, "%d\t%s\t%s\t%s\t%s\n", u.ID, u.Name, u.Display, stateOf(u), grantList(u.Grants))
	}
	return t.Flush()
}

func stateOf(u auth.User) string {
	switch {
	case !u.Enabled:
		return "disabled"
	case u.Demo:
		return "demo"
	case !u.HasPassword:
		return "invited"
	}
	return "enabled"
}

func grantList(grants []auth.Grant) string {
	names := make([]string, len(grants))
	for i, g := range grants {
		names[i] = string(g.Role)
		if g.Collection != 0 {
			names[i] += fmt.Sprintf(":%d", g.Collection)
		}
	}
	return strings.Join(names, ", ")
}

func newUserDisableCommand() *cobra.Command {
	return newUserSwitch("disable", "Shut a user out at once", "%s is disabled; their sessions have ended.\n",
		(*auth.Service).DisableUser)
}

func newUserEnableCommand() *cobra.Command {
	return newUserSwitch("enable", "Let a disabled user in again, with the roles they had",
		"%s is enabled, with the roles they had.\n", (*auth.Service).EnableUser)
}

// newUserSwitch is a command that opens or shuts the door for one user; done is what it prints of them.
func newUserSwitch(name, short, done string,
	change func(*auth.Service, context.Context, auth.Actor, auth.UserID, string) error) *cobra.Command {
	cmd := &cobra.Command{Use: name + " NAME [--reason WHY] --as USER", Short: short, Args: exactArgs(1)}
	database, as := databaseFlag(cmd), asFlag(cmd)
	reason := cmd.Flags().String("reason", "", "`WHY`, for the history")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		return withUser(cmd, *database, *as, args[0], func(users *auth.Service, actor auth.Actor, u auth.User) error {
			if err := change(users, contextOf(cmd), actor, u.ID, *reason); err != nil {
				return err
			}
			_, err := fmt.Fprintf(cmd.OutOrStdout(), done, u.Name)
			return err
		})
	}
	return cmd
}

func newUserLinkCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "link (NAME --as USER | --first-admin) [--base-url URL]",
		Short: "Print a link by which a user chooses a password, or the first admin is made",
		Args:  argsBetween(0, 1),
	}
	database, base := databaseFlag(cmd), baseFlag(cmd)
	as := cmd.Flags().String("as", "", "the `USER` who acts; the history says so")
	first := cmd.Flags().Bool("first-admin", false,
		"make the link of the first admin, in nobody's name; only while no admin can sign in")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		public, err := publicAddress("base-url", *base)
		switch {
		case err != nil:
			return err
		case *first == (len(args) == 1):
			return wrongUsage("name one user, or give --first-admin; write: %s", cmd.UseLine())
		case *first:
			return withUsers(cmd, *database, func(users *auth.Service) error { return firstAdmin(cmd, users, public) })
		case *as == "":
			return wrongUsage("say who acts with --as USER")
		}
		return withUser(cmd, *database, *as, args[0], func(users *auth.Service, actor auth.Actor, u auth.User) error {
			link, err := users.MakeLink(contextOf(cmd), actor, "", u.ID)
			if err != nil {
				return err
			}
			return printLink(cmd.OutOrStdout(), public, link)
		})
	}
	return cmd
}

func firstAdmin(cmd *cobra.Command, users *auth.Service, base string) error {
	link, needed, err := users.FirstAdminLink(contextOf(cmd))
	if err != nil {
		return err
	}
	if !needed {
		return fault.New(fault.Conflict, "There is an admin already, who makes the links: “workbench user link NAME "+
			"--as ADMIN”.")
	}
	return printLink(cmd.OutOrStdout(), base, link)
}
