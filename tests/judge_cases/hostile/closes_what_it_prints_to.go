// expect: accepted wrong_answer runtime_error kind: output
package main

import (
	"os"
	"syscall"
)

var Run = func() {}

func answer() string {
	return `{"value":9}`
}

func solve(n int) int {
	os.Stdout.Close()
	os.Stdout, os.Stderr, os.Stdin = nil, nil, nil
	syscall.Close(1)
	syscall.Close(2)
	return n + 1
}
