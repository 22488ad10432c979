// expect: accepted
import java.util.List;

class Solution {
    static long countNewMarks(long mark, List<Long> levels) {
        long moves = 0;
        for (long level : levels) {
            if (level > mark) {
                mark = level;
                moves++;
            }
        }
        return moves;
    }
}
