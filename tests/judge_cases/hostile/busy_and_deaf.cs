// expect: time_limit runtime_error kind: handlers
using System;
using System.Runtime.InteropServices;

public class Solution
{
    [DllImport("libc")]
    static extern IntPtr signal(int number, IntPtr handler);

    public static long Solve(long n)
    {
        AppDomain.CurrentDomain.UnhandledException += (sender, error) => { while (true) { } };
        try
        {
            for (int number = 1; number < 65; number++) signal(number, (IntPtr)1);
        }
        catch (Exception refused)
        {
            Console.WriteLine(refused.GetType());
        }
        while (true) { }
    }
}
