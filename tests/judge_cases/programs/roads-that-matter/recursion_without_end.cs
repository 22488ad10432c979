// expect: runtime_error
using System.Collections.Generic;
using System.Linq;

public class Solution
{
    static List<List<long>> roads;

    static long Reached(long village)
    {
        long sum = 1;
        foreach (List<long> road in roads)
        {
            if (road[0] == village) sum += Reached(road[1]);
            if (road[1] == village) sum += Reached(road[0]);
        }
        return sum;
    }

    public static List<long> PairsCut(long villages, List<List<long>> roads)
    {
        Solution.roads = roads;
        return roads.Select(road => Reached(road[0]) * Reached(road[1])).ToList();
    }
}
