// expect: time_limit
package main

import "sort"

type crate struct{ weight, strength, value int }

func bestTower(weights []int, strengths []int, values []int) int {
	crates := make([]crate, len(weights))
	for i := range crates {
		crates[i] = crate{weights[i], strengths[i], values[i]}
	}
	sort.Slice(crates, func(i, j int) bool {
		return crates[i].weight+crates[i].strength < crates[j].weight+crates[j].strength
	})
	return best(crates, 0, 0, true)
}

func best(crates []crate, load, worth int, stands bool) int {
	if len(crates) == 0 {
		if stands {
			return worth
		}
		return 0
	}
	first := crates[0]
	with := best(crates[1:], load+first.weight, worth+first.value, stands && load <= first.strength)
	without := best(crates[1:], load, worth, stands)
	if with > without {
		return with
	}
	return without
}
