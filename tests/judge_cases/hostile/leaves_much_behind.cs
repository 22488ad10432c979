// expect: accepted kind: output end
// It answers, and whatever it has left to run is not waited for.
using System;
using System.IO;
using System.Threading;

public class Solution
{
    ~Solution()
    {
        while (true) { }
    }

    public static long Solve(long n)
    {
        new Solution();
        Console.Out.Close();
        Console.SetOut(TextWriter.Null);
        AppDomain.CurrentDomain.UnhandledException += (sender, error) => { while (true) { } };
        AppDomain.CurrentDomain.ProcessExit += (sender, error) => { while (true) { } };
        new Thread(() => { while (true) { } }) { IsBackground = false }.Start();
        return n + 1;
    }
}
