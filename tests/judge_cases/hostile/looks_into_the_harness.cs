// expect: accepted runtime_error wrong_answer kind: stack output
// Calls whatever of its callers can be called, and prints where nobody reads.
using System;
using System.Diagnostics;
using System.IO;
using System.Reflection;

public class Solution
{
    static int depth;

    public static long Solve(long n)
    {
        if (depth++ > 0) return -1;
        var hole = new StringWriter();
        hole.Dispose();
        Console.SetOut(hole);
        Console.SetError(hole);
        foreach (StackFrame frame in new StackTrace(false).GetFrames())
        {
            MethodBase method = frame.GetMethod();
            if (method == null || !method.IsStatic || method.DeclaringType == null) continue;
            if (method.DeclaringType.Assembly == typeof(Solution).Assembly) continue;
            if (method.DeclaringType.Assembly == typeof(object).Assembly) continue;
            object[] given = new object[method.GetParameters().Length];
            try
            {
                method.Invoke(null, given);
            }
            catch (Exception refused)
            {
                GC.KeepAlive(refused);
            }
        }
        return n + 1;
    }
}
