// expect: runtime_error wrong_answer accepted kind: names
// Whatever it does to the harness in its own process, a wrong answer does not become right, and nobody else's changes.
using System;
using System.Reflection;

public class Solution
{
    public static long Solve(long n)
    {
        const BindingFlags any = BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public;
        foreach (Type type in Assembly.GetEntryAssembly().GetTypes())
        {
            if (type.ContainsGenericParameters) continue;
            foreach (FieldInfo field in type.GetFields(any))
            {
                try
                {
                    if (!field.FieldType.IsValueType) field.SetValue(null, null);
                }
                catch (FieldAccessException)
                {
                }
            }
        }
        return n + 1;
    }
}
