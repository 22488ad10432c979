// expect: compile_error
package main

var hoard = [1 << 30]byte{1<<30 - 1: 1}

func solve(n int) int {
	return n + 1 + int(hoard[n])
}
