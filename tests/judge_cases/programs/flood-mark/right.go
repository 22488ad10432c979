// expect: accepted
package main

func countNewMarks(mark int, levels []int) int {
	moves := 0
	for _, level := range levels {
		if level > mark {
			mark = level
			moves++
		}
	}
	return moves
}
