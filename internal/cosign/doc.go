// Package cosign sends the checkpoints of the history to witnesses, and keeps what they sign of them beside the
// checkpoints. It waits beside everything else: a witness that is down, lies or answers late holds up nothing, and is
// named. The one rule not to break: what a witness answers is kept only when its signature over our own checkpoint
// holds.
package cosign
