// expect: time_limit kind: static
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
