// expect: accepted
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

class Solution {
    static List<Long> waitingTimes(List<Long> trains, List<Long> buses, long walk) {
        TreeSet<Long> departures = new TreeSet<>(buses);
        List<Long> waits = new ArrayList<>(trains.size());
        for (long train : trains) {
            long ready = train + walk;
            Long bus = departures.ceiling(ready);
            waits.add(bus == null ? -1 : bus - ready);
        }
        return waits;
    }
}
