// expect: output_limit
// says: printed more than 1 MiB
import java.util.List;

class Solution {
    static double diveScore(List<Double> marks, double difficulty) {
        String line = "score ".repeat(1000);
        for (int i = 0; i < 400; i++) System.out.println(line);
        return 0;
    }
}
