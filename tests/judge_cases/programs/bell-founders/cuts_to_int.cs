// expect: wrong_answer
using System;
using System.Collections.Generic;
using System.Linq;

public class Solution
{
    public static long FoundersFinish(List<long> cast, List<long> streak, List<long> rest, long bells)
    {
        Func<long, long> finished = minute => Enumerable.Range(0, cast.Count).Sum(i =>
        {
            long cycle = cast[i] * streak[i] + rest[i];
            return minute / cycle * streak[i] + Math.Min(streak[i], minute % cycle / cast[i]);
        });
        long low = -1, high = 4000000000000000;
        while (high - low > 1)
        {
            long middle = (low + high) / 2;
            if (finished(middle) >= bells) high = middle;
            else low = middle;
        }
        return unchecked((int)high);
    }
}
