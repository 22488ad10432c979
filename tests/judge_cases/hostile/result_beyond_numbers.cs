// expect: wrong_answer runtime_error kind: values
using System;
using System.IO;
using System.Text;
using Microsoft.Win32.SafeHandles;

public class Solution
{
    public static long Solve(long n)
    {
        for (int number = 1; number < 20; number++)
        {
            try
            {
                using (var answers = new FileStream(new SafeFileHandle((IntPtr)number, false), FileAccess.Write))
                {
                    byte[] said = Encoding.ASCII.GetBytes("{\"value\":1e999}");
                    answers.Write(said, 0, said.Length);
                }
            }
            catch (Exception refused) when (refused is IOException || refused is ArgumentException)
            {
            }
        }
        Environment.Exit(0);
        return n;
    }
}
