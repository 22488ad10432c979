// expect: wrong_answer
package main

import "sort"

func diveScore(marks []float64, difficulty float64) float64 {
	sort.Float64s(marks)
	if len(marks) > 2 {
		marks = marks[1 : len(marks)-1]
	}
	sum := 0.0
	for _, mark := range marks {
		sum += mark
	}
	// Without marks this is 0 / 0.
	return sum / float64(len(marks)) * difficulty
}
