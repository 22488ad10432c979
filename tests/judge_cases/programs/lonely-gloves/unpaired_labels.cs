// expect: wrong_answer
using System.Collections.Generic;
using System.Linq;

public class Solution
{
    public static List<string> MissingGloves(List<string> gloves)
    {
        // The gloves that are there in the place of those that are missing.
        return gloves
            .GroupBy(glove => glove.Remove(glove.LastIndexOf('-')))
            .SelectMany(colour =>
            {
                int lefts = colour.Count(glove => glove.EndsWith("-L")), rights = colour.Count() - lefts;
                string over = colour.Key + (lefts > rights ? "-L" : "-R");
                return Enumerable.Repeat(over, System.Math.Abs(lefts - rights));
            })
            .ToList();
    }
}
