// expect: wrong_answer
// says: value[0] is 15, expected 5
package main

func waitingTimes(trains []int, buses []int, walk int) []int {
	waits := []int{}
	for _, train := range trains {
		wait := -1
		for _, bus := range buses {
			if bus >= train+walk {
				wait = bus - train - walk
				break
			}
		}
		waits = append(waits, wait)
	}
	return waits
}
