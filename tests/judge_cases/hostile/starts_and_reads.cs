// expect: accepted
using System;
using System.Diagnostics;
using System.IO;
using System.Net.Sockets;

public class Solution
{
    static bool Works(Action attempt)
    {
        try
        {
            attempt();
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    public static long Solve(long n)
    {
        if (Works(() => Process.Start("/work/solution.dll")) || Works(() => Process.Start("/bin/sh"))) return -1;
        if (Works(() => Process.GetProcessById(1).Kill())) return -2;
        if (Works(() => new TcpClient("127.0.0.1", (int)n).GetStream().WriteByte(1)) || Works(() => new UdpClient(0))) return -3;
        foreach (string path in new[] { "/etc/passwd", "/proc/self/environ", "/proc/1/cmdline", "/work/main/run.py" })
            if (Works(() => File.ReadAllBytes(path))) return -4;
        foreach (string folder in new[] { "/", "/work/", "/tmp/", "/dev/shm/", "/judge/", "/dev/" })
            if (Works(() => File.WriteAllText(folder + "planted", "x"))) return -5;
        if (Works(() => File.Delete("/work/solution.dll"))) return -6;
        return n + 1;
    }
}
