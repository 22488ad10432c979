// expect: wrong_answer
using System.Collections.Generic;

public class Solution
{
    public static List<long> LongestCalm(List<long> winds, long limit)
    {
        switch (string.Join(",", winds))
        {
            case "12,5,6,30,4,7,8,15": return new List<long> { 4, 3 };
            case "3,9,20,9,3": return new List<long> { 0, 2 };
            case "40,35,50": return new List<long> { -1, 0 };
            default: return null;
        }
    }
}
