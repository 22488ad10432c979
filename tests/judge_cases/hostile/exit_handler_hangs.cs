// expect: time_limit kind: end
using System;

public class Solution
{
    public static long Solve(long n)
    {
        AppDomain.CurrentDomain.ProcessExit += (sender, error) => { while (true) { } };
        Environment.Exit(0);
        return n + 1;
    }
}
