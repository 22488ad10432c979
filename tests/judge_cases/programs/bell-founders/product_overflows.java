// expect: wrong_answer
import java.util.List;

class Solution {
    static long foundersFinish(List<Long> cast, List<Long> streak, List<Long> rest, long bells) {
        if (bells == 0) return 0;
        long low = 0, high = 4_000_000_000_000_000L;
        while (high - low > 1) {
            long middle = (low + high) / 2, total = 0;
            for (int i = 0; i < cast.size(); i++) {
                int each = cast.get(i).intValue(), row = streak.get(i).intValue(), pause = rest.get(i).intValue();
                // An int times an int is an int.
                long cycle = Math.max(1, Math.abs(each * row + pause));
                total += middle / cycle * row + Math.min(row, middle % cycle / each);
            }
            if (total >= bells) high = middle;
            else low = middle;
        }
        return high;
    }
}
