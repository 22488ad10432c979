// expect: compile_error
package main

const (
	a = 1 << 500
	b = a * a * a * a * a * a * a * a * a * a * a * a * a * a * a * a * a * a
	c = "" + string(rune(b>>9000))
)

type grows[T any] struct{ inner *grows[grows[T]] }

func solve(n int) int {
	var x grows[int]
	_ = x
	return n + b
}
