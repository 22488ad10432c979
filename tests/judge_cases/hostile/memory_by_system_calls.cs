// expect: accepted within: 5000
// Memory that the limit on private memory does not count: shared, or growing downwards.
using System;
using System.Runtime.InteropServices;

public class Solution
{
    [DllImport("libc")]
    static extern IntPtr mmap(IntPtr at, UIntPtr size, int protection, int flags, int file, IntPtr offset);

    [DllImport("libc")]
    static extern int open(string path, int flags);

    public static long Solve(long n)
    {
        try
        {
            int zero = open("/dev/zero", 2);
            int[][] attempts = { new[] { 0x21, -1 }, new[] { 0x01, zero }, new[] { 0x122, -1 }, new[] { 0x20122, -1 } };
            for (int i = 0; i < attempts.Length; i++)
            {
                IntPtr block = mmap(IntPtr.Zero, (UIntPtr)(1000L << 20), 3, attempts[i][0], attempts[i][1], IntPtr.Zero);
                if (block != (IntPtr)(-1)) return -1 - i;
            }
        }
        catch (Exception refused)
        {
            Console.WriteLine(refused.GetType());
        }
        return n + 1;
    }
}
