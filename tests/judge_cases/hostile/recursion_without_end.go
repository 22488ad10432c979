// expect: memory_limit runtime_error
package main

func solve(n int) int {
	return solve(n+1) + solve(n+2)
}
