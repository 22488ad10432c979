// expect: time_limit
using System;
using System.Collections.Generic;
using System.Linq;

public class Solution
{
    struct Crate
    {
        public long Weight, Strength, Value;
    }

    static Crate[] crates;

    static long Best(int next, long load, long worth, bool stands)
    {
        if (next == crates.Length) return stands ? worth : 0;
        Crate crate = crates[next];
        bool bears = stands && load <= crate.Strength;
        long with = Best(next + 1, load + crate.Weight, worth + crate.Value, bears);
        return Math.Max(with, Best(next + 1, load, worth, stands));
    }

    public static long BestTower(List<long> weights, List<long> strengths, List<long> values)
    {
        crates = weights
            .Select((weight, i) => new Crate { Weight = weight, Strength = strengths[i], Value = values[i] })
            .OrderBy(crate => crate.Weight + crate.Strength)
            .ToArray();
        return Best(0, 0, 0, true);
    }
}
