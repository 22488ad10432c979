// expect: accepted
using System.Collections.Generic;

public class Solution
{
    public static List<long> WaitingTimes(List<long> trains, List<long> buses, long walk)
    {
        buses.Sort();
        return trains.ConvertAll(train =>
        {
            long ready = train + walk;
            int next = buses.BinarySearch(ready);
            if (next < 0) next = ~next;
            return next < buses.Count ? buses[next] - ready : -1;
        });
    }
}
