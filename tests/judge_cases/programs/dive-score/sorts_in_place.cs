// expect: accepted
using System.Collections.Generic;
using System.Linq;

public static class Solution
{
    public static double DiveScore(List<double> marks, double difficulty)
    {
        marks.Sort();
        if (marks.Count > 2)
        {
            marks.RemoveAt(marks.Count - 1);
            marks.RemoveAt(0);
        }
        return marks.DefaultIfEmpty(0).Average() * difficulty;
    }
}
