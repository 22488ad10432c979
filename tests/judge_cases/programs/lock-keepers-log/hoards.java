// expect: memory_limit
// says: The program ran out of memory.
import java.util.*;

class Solution {
    static List<List<Long>> stretchesWith(List<List<Long>> shifts, long crews) {
        List<long[]> timeline = new ArrayList<>();
        while (true) {
            long[] working = new long[1 << 20];
            Arrays.fill(working, crews);
            timeline.add(working);
        }
    }
}
