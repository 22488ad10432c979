// expect: accepted
class Solution {
    static int[] longestCalm(int[] winds, int limit) {
        int[] best = {-1, 0};
        int length = 0;
        for (int hour = 0; hour < winds.length; hour++) {
            length = winds[hour] <= limit ? length + 1 : 0;
            if (length > best[1]) best = new int[] {hour - length + 1, length};
        }
        return best;
    }
}
