// expect: runtime_error
// says: (Solution.java:11)
import java.util.*;

class Solution {
    static List<String> regattaTable(List<List<String>> races) {
        Map<String, Integer> total = new HashMap<>();
        for (List<String> race : races) {
            for (int place = 1; place <= race.size(); place++) {
                String boat = race.get(place - 1);
                int before = total.get(boat);
                total.put(boat, before + place);
            }
        }
        List<String> table = new ArrayList<>(total.keySet());
        table.sort(Comparator.comparing(total::get));
        return table;
    }
}
