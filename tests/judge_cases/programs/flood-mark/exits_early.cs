// expect: runtime_error
// says: exited before its function returned
using System;
using System.Collections.Generic;
using System.Linq;

public class Solution
{
    public static long CountNewMarks(long mark, List<long> levels)
    {
        Console.WriteLine(levels.Count(level => level > mark));
        Environment.Exit(0);
        return 0;
    }
}
