// expect: time_limit
import java.util.*;

class Solution {
    record Crate(long weight, long strength, long value) {}

    static List<Crate> crates = new ArrayList<>();

    static long bestTower(List<Long> weights, List<Long> strengths, List<Long> values) {
        for (int i = 0; i < weights.size(); i++) {
            crates.add(new Crate(weights.get(i), strengths.get(i), values.get(i)));
        }
        crates.sort(Comparator.comparingLong(crate -> crate.weight() + crate.strength()));
        return best(0, 0, 0, true);
    }

    static long best(int next, long load, long worth, boolean stands) {
        if (next == crates.size()) return stands ? worth : 0;
        Crate crate = crates.get(next);
        long with = best(next + 1, load + crate.weight(), worth + crate.value(), stands && load <= crate.strength());
        return Math.max(with, best(next + 1, load, worth, stands));
    }
}
