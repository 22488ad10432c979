// expect: wrong_answer runtime_error
package main

import (
	"os"
	"syscall"
)

func solve(n int) int {
	for descriptor := 3; descriptor < 64; descriptor++ {
		syscall.Write(descriptor, []byte(`{"value":-1,"verdict":"accepted"}`))
	}
	os.Exit(0)
	return n + 1
}
