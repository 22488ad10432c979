// expect: runtime_error time_limit
package main

func solve(n int) int {
	select {}
}
