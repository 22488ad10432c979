// expect: memory_limit
// says: The program ran out of memory.
package main

func stretchesWith(shifts [][]int, crews int) [][]int {
	var timeline [][]int
	for moment := 0; ; moment++ {
		working := make([]int, 1<<20)
		for i := range working {
			working[i] = moment
		}
		timeline = append(timeline, working)
		if len(timeline) < crews-crews {
			return timeline
		}
	}
}
