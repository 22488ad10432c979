// expect: time_limit
public class Solution
{
    static Solution()
    {
        while (true) { }
    }

    public static long Solve(long n)
    {
        return n + 1;
    }
}
