// expect: accepted
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class Solution {
    static Map<String, Long> settlePantry(List<String> entries) {
        Map<String, Long> stock = new HashMap<>();
        for (String entry : entries) {
            int space = entry.indexOf(' ');
            long amount = Long.parseLong(entry.substring(1, space));
            String item = entry.substring(space + 1);
            switch (entry.charAt(0)) {
                case '+' -> stock.merge(item, amount, Long::sum);
                case '=' -> stock.put(item, amount);
                default -> stock.computeIfPresent(item, (name, here) -> here < amount ? here : here - amount);
            }
        }
        stock.values().removeIf(here -> here == 0);
        return stock;
    }
}
