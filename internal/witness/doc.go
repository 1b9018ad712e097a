// Package witness is a second pair of eyes on a log: a witness signs a checkpoint only when it continues what it signed
// before, so a log that shows some people another history than others is found out (C2SP tlog-witness).
//
// A tour of the files:
//
//   - cosignature.go: the keys of witnesses, and how their signatures are checked (C2SP tlog-cosignature, Ed25519).
//   - key.go: the key file of a witness.
//   - request.go: the body of an add-checkpoint request, written and read.
//   - witness.go: Witness, which answers such requests.
//   - state.go: the file with what it signed last of each log.
//
// The log's side is package cosign.
//
// The one rule not to break: a witness writes down what it signs before anybody reads the signature, and never goes
// back. This package opens no connection; the doors do.
package witness
