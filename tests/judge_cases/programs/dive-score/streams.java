// expect: accepted
import java.util.*;
import java.util.stream.*;

public class Solution {
    public double diveScore(List<Double> marks, double difficulty) {
        Collections.sort(marks);
        int out = marks.size() > 2 ? 1 : 0;
        DoubleStream counting = marks.stream().skip(out).limit(marks.size() - 2 * out).mapToDouble(mark -> mark);
        return difficulty * counting.average().orElse(0);
    }
}
