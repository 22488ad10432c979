// expect: compile_error
// says: solution.go:6
package main

func minutesToCross(chart []string) *int {
	height, width := len(chart), len(chart[0])
	minutes := height
	return &minutes
}
