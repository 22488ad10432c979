// expect: accepted kind: names
// Names of the language and of the judge, and a beginning of its own.
namespace System
{
    public class Console
    {
        static Console()
        {
            while (true) { }
        }
    }

    namespace Reflection
    {
        public class Assembly { }
    }
}

internal static partial class Harness
{
    private static readonly int early = Wait();

    private static int Wait()
    {
        while (true) { }
    }

    private static void Main(string[] words)
    {
    }
}

internal static class Answer { }

#line 1 "Harness.cs"
public class Solution
{
    public static long Solve(long n)
    {
        return n + 1;
    }
}
