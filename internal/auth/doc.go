// Package auth knows who acts and what they may do: users, how they prove who they are, their sessions, the roles they
// hold in a collection or everywhere, and the policy that says what a role may do.
//
// A request arrives with a token; Service.Resume makes an Actor of it, with the roles held at this moment. A service
// asks Policy.May about the very collection, and gets the history.Who under which the event is written. Nothing is
// cached between requests, so that a role that was taken away is gone with the next click.
//
// A tour of the files:
//
//   - names.go, role_table.go: the words: users, things, actions, Actor; the roles with what each is for.
//   - policy.go, policy_check.go: policies/policy.csv is loaded once, checked line by line, and each
//     question there is is put to casbin then; a request looks the answer up. known.go says whom a person may know;
//     still.go asks again at the end of long work.
//   - display.go, alike.go: what others call somebody, and that nobody is taken for another.
//   - users.go, roles.go: people and their grants, each change with its event. Auditor and admin exclude reviewer and
//     editor for one person; nobody grants to themselves; the last admin stays.
//   - sign_in.go: a way of signing in finds an Identity (ByPassword here, ByDemo in demo.go, ByVouching for proofs
//     checked elsewhere), and Enter begins a session for it.
//   - sessions.go: who comes with a request, and how sessions end. Tokens are random, and only their hashes are kept.
//   - limits.go, devices.go: tries that come too often wait, counted in the database for all servers; a browser in
//     which a person signed in before passes by what others tried.
//   - links.go, reset_notice.go: links by which a password is chosen, and what the owner is told of a reset.
//   - password.go, password_name.go, common.txt: which passwords are refused, and their hashes; password_set.go: one
//     is changed.
//   - rooms.go: the rows that an audit compares with the history.
//
// The one rule not to break: no hashing, sleeping or waiting inside a Write, and no answer that takes longer or reads
// otherwise for a name that nobody has.
package auth
