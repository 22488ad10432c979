// expect: compile_error
// says: solution.cs(10,
using System.Collections.Generic;

public class Solution
{
    public static long? MinutesToCross(List<string> chart)
    {
        int height = chart.Count;
        return height * width;
    }
}
