// expect: accepted
package main

import "sort"

func waitingTimes(trains []int, buses []int, walk int) []int {
	sort.Ints(buses)
	waits := make([]int, len(trains))
	for i, train := range trains {
		ready := train + walk
		waits[i] = -1
		if next := sort.SearchInts(buses, ready); next < len(buses) {
			waits[i] = buses[next] - ready
		}
	}
	return waits
}
