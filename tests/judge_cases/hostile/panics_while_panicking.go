// expect: runtime_error
package main

type endless struct{ inner error }

func (e endless) Error() string {
	panic(endless{e})
}

func solve(n int) int {
	defer panic("twice")
	panic(endless{})
}
