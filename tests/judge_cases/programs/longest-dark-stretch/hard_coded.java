// expect: wrong_answer
import java.util.List;
import java.util.Map;

class Solution {
    static final Map<Integer, Double> KNOWN = Map.of(2, 1.0, 4, 2.0, 3, 1.6875);

    static double expectedDarkStretch(List<Double> lit) {
        return KNOWN.getOrDefault(lit.size(), 0.0);
    }
}
