// expect: wrong_answer
import java.util.*;

class Solution {
    static List<String> missingGloves(List<String> gloves) {
        Map<String, Integer> lefts = new TreeMap<>();
        for (String glove : gloves) {
            int hyphen = glove.lastIndexOf('-');
            String side = glove.substring(hyphen + 1);
            lefts.merge(glove.substring(0, hyphen), side == "L" ? 1 : -1, Integer::sum);
        }
        List<String> missing = new ArrayList<>();
        lefts.forEach((colour, over) -> {
            String label = colour + (over > 0 ? "-R" : "-L");
            missing.addAll(Collections.nCopies(Math.abs(over), label));
        });
        return missing;
    }
}
