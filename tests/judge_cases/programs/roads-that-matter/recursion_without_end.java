// expect: runtime_error
// says: java.lang.StackOverflowError
import java.util.*;

class Solution {
    static long reached(long village, List<List<Long>> roads) {
        long sum = 1;
        for (List<Long> road : roads) {
            if (road.get(0) == village) sum += reached(road.get(1), roads);
            if (road.get(1) == village) sum += reached(road.get(0), roads);
        }
        return sum;
    }

    static List<Long> pairsCut(long villages, List<List<Long>> roads) {
        List<Long> weights = new ArrayList<>();
        for (List<Long> road : roads) weights.add(reached(road.get(0), roads) * reached(road.get(1), roads));
        return weights;
    }
}
