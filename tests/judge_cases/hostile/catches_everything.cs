// expect: time_limit runtime_error
using System;

public class Solution
{
    ~Solution()
    {
        while (true) { }
    }

    public static long Solve(long n)
    {
        while (true)
        {
            try
            {
                throw new OutOfMemoryException();
            }
            catch
            {
                new Solution();
            }
        }
    }
}
