// expect: wrong_answer runtime_error kind: values
package main

import (
	"os"
	"syscall"
)

func solve(n int) int {
	syscall.Write(3, []byte(`{"value":-1e999}`))
	os.Exit(0)
	return n
}
