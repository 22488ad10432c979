// expect: accepted runtime_error
using System;
using System.Runtime.InteropServices;

public class Solution
{
    [DllImport("libc")]
    static extern long syscall(long number, long a, long b, long c, long d);

    [DllImport("libc")]
    static extern int sched_setaffinity(int pid, UIntPtr size, ref long mask);

    public static long Solve(long n)
    {
        try
        {
            long[][] calls = {
                new[] { 57L, 0, 0 }, new[] { 56L, 17, 0 }, new[] { 435L, 0, 88 }, new[] { 41L, 1, 1 }, new[] { 62L, 1, 9 },
                new[] { 62L, -1, 9 }, new[] { 272L, 0x10000000, 0 }, new[] { 101L, 16, 1 }, new[] { 434L, 1, 0 },
                new[] { 302L, 1, 7 }, new[] { 310L, 1, 0 }, new[] { 319L, 0, 0 }, new[] { 425L, 8, 0 }, new[] { 157L, 4, 1 },
            };
            foreach (long[] call in calls)
                if (syscall(call[0], call[1], call[2], 0, 0) != -1) return -call[0];
            long one = 1;
            if (sched_setaffinity(1, (UIntPtr)8, ref one) == 0) return -203;
        }
        catch (Exception refused)
        {
            Console.WriteLine(refused.GetType());
        }
        return n + 1;
    }
}
