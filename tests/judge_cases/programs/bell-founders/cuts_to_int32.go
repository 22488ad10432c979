// expect: wrong_answer
package main

import "sort"

func foundersFinish(cast []int, streak []int, rest []int, bells int) int {
	if bells == 0 {
		return 0
	}
	minute := sort.Search(4e15, func(minute int) bool {
		total := 0
		for i, each := range cast {
			cycle := each*streak[i] + rest[i]
			left := minute % cycle / each
			if left > streak[i] {
				left = streak[i]
			}
			total += minute/cycle*streak[i] + left
		}
		return total >= bells
	})
	return int(int32(minute))
}
