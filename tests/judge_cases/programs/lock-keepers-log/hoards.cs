// expect: memory_limit
// says: The program ran out of memory.
using System.Collections.Generic;

public class Solution
{
    public static List<List<long>> StretchesWith(List<List<long>> shifts, long crews)
    {
        var timeline = new List<long[]>();
        while (true)
        {
            var working = new long[1 << 17];
            for (int moment = 0; moment < working.Length; moment++) working[moment] = moment + crews;
            timeline.Add(working);
        }
    }
}
