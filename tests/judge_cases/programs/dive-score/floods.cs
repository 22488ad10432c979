// expect: output_limit
// says: printed more than 1 MiB
using System;
using System.Collections.Generic;

public class Solution
{
    public static double DiveScore(List<double> marks, double difficulty)
    {
        for (int line = 0; line < 64; line++) Console.WriteLine(new string('*', 1 << 15));
        return 0;
    }
}
