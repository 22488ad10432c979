// expect: time_limit
package main

func again() {
	defer func() {
		recover()
	}()
	panic("again")
}

func solve(n int) int {
	for {
		again()
	}
}
