// expect: runtime_error
// says: solution.cs:14
using System.Collections.Generic;

public class Solution
{
    public static List<long> TowersReached(List<long> heights)
    {
        long[] row = heights.ToArray();
        var reached = new List<long>();
        for (int i = 0; i < row.Length; i++)
        {
            int next = i + 1;
            while (row[next] <= row[i]) next++;
            reached.Add(next - i - 1);
        }
        return reached;
    }
}
