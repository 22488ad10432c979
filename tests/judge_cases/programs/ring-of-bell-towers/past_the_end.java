// expect: runtime_error
// says: Index 4 out of bounds for length 4
import java.util.*;

class Solution {
    static List<Long> towersReached(List<Long> heights) {
        long[] row = heights.stream().mapToLong(Long::longValue).toArray();
        List<Long> reached = new ArrayList<>();
        for (int i = 0; i < row.length; i++) {
            int next = i + 1;
            while (row[next] <= row[i]) next++;
            reached.add((long) next - i - 1);
        }
        return reached;
    }
}
