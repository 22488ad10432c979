// expect: wrong_answer
// says: value[1] is 20, expected 0
import java.util.*;

class Solution {
    static List<Long> waitingTimes(List<Long> trains, List<Long> buses, long walk) {
        List<Long> departures = new ArrayList<>(buses);
        Collections.sort(departures);
        List<Long> waits = new ArrayList<>();
        for (Long train : trains) {
            Long ready = train + walk;
            long wait = -1;
            for (Long bus : departures) {
                // Two objects are the same one only while their numbers are small.
                if (bus > ready || bus == ready) {
                    wait = bus - ready;
                    break;
                }
            }
            waits.add(wait);
        }
        return waits;
    }
}
