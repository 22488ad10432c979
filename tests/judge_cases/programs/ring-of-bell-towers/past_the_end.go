// expect: runtime_error
// says: index out of range [4] with length 4
package main

func towersReached(heights []int) []int {
	reached := make([]int, len(heights))
	for i, height := range heights {
		for next := i + 1; heights[next] <= height; next++ {
			reached[i]++
		}
	}
	return reached
}
