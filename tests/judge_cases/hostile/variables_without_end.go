// expect: time_limit kind: static
package main

var ready = func() bool {
	for {
	}
}()

func solve(n int) int {
	return n + 1
}
