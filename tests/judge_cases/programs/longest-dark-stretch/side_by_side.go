// expect: accepted
package main

import "sync"

func expectedDarkStretch(lit []float64) float64 {
	chances := make([]float64, len(lit)+1)
	var all sync.WaitGroup
	for length := 1; length <= len(lit); length++ {
		all.Add(1)
		go func(length int) {
			defer all.Done()
			chances[length] = chanceOfRun(lit, length)
		}(length)
	}
	all.Wait()
	expected := 0.0
	for _, chance := range chances {
		expected += chance
	}
	return expected
}

// chanceOfRun is the chance of a dark run of at least this length.
func chanceOfRun(lit []float64, length int) float64 {
	short := make([]float64, len(lit)+1)
	short[0] = 1
	for end := 1; end <= len(lit); end++ {
		short[end] = short[end-1]
		if end < length {
			continue
		}
		run := 1.0
		for _, chance := range lit[end-length : end] {
			run *= 1 - chance
		}
		if before := end - length; before > 0 {
			run *= short[before-1] * lit[before-1]
		}
		short[end] -= run
	}
	return 1 - short[len(lit)]
}
