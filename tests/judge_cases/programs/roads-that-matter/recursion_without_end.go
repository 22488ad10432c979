// expect: runtime_error
// says: stack overflow
package main

func pairsCut(villages int, roads [][]int) []int {
	beside := make([][]int, villages)
	for _, road := range roads {
		beside[road[0]] = append(beside[road[0]], road[1])
		beside[road[1]] = append(beside[road[1]], road[0])
	}
	var size func(village int) int
	size = func(village int) int {
		sum := 1
		for _, other := range beside[village] {
			sum += size(other)
		}
		return sum
	}
	weights := make([]int, len(roads))
	for i, road := range roads {
		weights[i] = size(road[0]) * size(road[1])
	}
	return weights
}
