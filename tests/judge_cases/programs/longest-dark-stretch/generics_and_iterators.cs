// expect: accepted
using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;

public interface IChances<T>
{
    T OfRun(int length);
}

public class Lamps : IChances<double>, IEnumerable<double>
{
    readonly IList<double> lit;

    public Lamps(IList<double> lit)
    {
        this.lit = lit;
    }

    public double OfRun(int length)
    {
        var without = new double[lit.Count + 1];
        without[0] = 1;
        for (int end = 1; end <= lit.Count; end++)
        {
            without[end] = without[end - 1];
            if (end < length) continue;
            double run = lit.Skip(end - length).Take(length).Aggregate(1.0, (chance, lamp) => chance * (1 - lamp));
            int before = end - length;
            without[end] -= before == 0 ? run : without[before - 1] * lit[before - 1] * run;
        }
        return 1 - without[lit.Count];
    }

    public IEnumerator<double> GetEnumerator()
    {
        for (int length = 1; length <= lit.Count; length++) yield return OfRun(length);
    }

    IEnumerator IEnumerable.GetEnumerator()
    {
        return GetEnumerator();
    }
}

public class Solution
{
    public static double ExpectedDarkStretch(List<double> lit)
    {
        var lamps = new Lamps(lit);
        Console.WriteLine("{0} lamps", lit.Count);
        Console.Error.WriteLine($"all dark: {lamps.LastOrDefault()}");
        return lamps.Sum();
    }
}
