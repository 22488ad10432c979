// expect: runtime_error
// says: exited before its function returned
import java.util.List;

class Solution {
    static long countNewMarks(long mark, List<Long> levels) {
        System.out.println(levels.stream().filter(level -> level > mark).count());
        System.exit(0);
        return 0;
    }
}
