// expect: accepted runtime_error kind: signals
using System;
using System.Diagnostics;
using System.Runtime.InteropServices;

public class Solution
{
    [DllImport("libc")]
    static extern int kill(int pid, int number);

    [DllImport("libc")]
    static extern int getpid();

    [DllImport("libc")]
    static extern long syscall(long number, long a, long b, long c);

    public static long Solve(long n)
    {
        try
        {
            int own = getpid();
            for (int pid = -1; pid < own + 20; pid++)
            {
                if (pid == own || pid == 0) continue;
                foreach (int number in new[] { 9, 19 })
                    if (kill(pid, number) == 0 || syscall(234, pid, pid, number) == 0) return -1;
            }
        }
        catch (Exception refused) when (refused is DllNotFoundException || refused is EntryPointNotFoundException)
        {
        }
        foreach (int pid in new[] { 1, 2, 3, 4, 5 })
        {
            try
            {
                Process found = Process.GetProcessById(pid);
                if (found.Id == Process.GetCurrentProcess().Id) continue;
                found.Kill();
                return -2;
            }
            catch (Exception refused)
            {
                Console.WriteLine(refused.GetType());
            }
        }
        return n + 1;
    }
}
