// expect: wrong_answer
// says: value[0] is 3, expected 4
import java.util.List;

class Solution {
    static List<Long> longestCalm(List<Long> winds, long limit) {
        long start = -1, longest = 0, length = 0;
        for (int hour = 0; hour < winds.size(); hour++) {
            length = winds.get(hour) <= limit ? length + 1 : 0;
            if (length > longest) {
                longest = length;
                start = hour - length;
            }
        }
        return List.of(start, longest);
    }
}
