// expect: wrong_answer
// says: value is -1, expected null
import java.util.*;

class Solution {
    record Tile(int y, int x) {}

    static final int[][] STEPS = {{0, 0}, {0, 1}, {0, -1}, {1, 0}, {-1, 0}};

    static Long minutesToCross(List<String> chart) {
        Set<Tile> here = new HashSet<>();
        for (int y = 0; y < chart.size(); y++) {
            int x = chart.get(y).indexOf('S');
            if (x >= 0) here.add(new Tile(y, x));
        }
        long most = 3L * chart.size() * chart.get(0).length();
        for (long minute = 1; minute <= most; minute++) {
            Set<Tile> then = new HashSet<>();
            for (Tile from : here) {
                for (int[] step : STEPS) {
                    int y = from.y() + step[0], x = from.x() + step[1];
                    if (y < 0 || y >= chart.size() || x < 0 || x >= chart.get(y).length()) continue;
                    char kind = chart.get(y).charAt(x);
                    if (kind == 'G') return minute;
                    if (kind == 'S' || kind == '.' || kind == '0' + minute % 3) then.add(new Tile(y, x));
                }
            }
            here = then;
        }
        return -1L;
    }
}
