// expect: accepted
using System.Collections.Generic;

public class Solution
{
    public static long CountNewMarks(long mark, List<long> levels)
    {
        long moves = 0;
        foreach (long level in levels)
        {
            if (level > mark)
            {
                mark = level;
                moves++;
            }
        }
        return moves;
    }
}
