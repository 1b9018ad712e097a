//go:build !linux

package main

// releaseProgram does nothing where the system has no way to say what of a file is mapped.
func releaseProgram() {}
